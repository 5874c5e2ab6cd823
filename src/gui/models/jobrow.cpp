// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/jobrow.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "core/spend.h"
#include "core/text.h"
#include "gui/models/jobactions.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

/// What an unfinished job waits for, in a word or two.
QString waitingWord(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return Text::tr("Offline");
    case ErrorKind::Timeout:
        return Text::tr("No answer");
    case ErrorKind::TlsFailed:
        return Text::tr("No secure connection");
    case ErrorKind::KeyMissing:
        return Text::tr("Add the key to go on");
    case ErrorKind::KeyRefused:
        return Text::tr("Key refused");
    case ErrorKind::RateLimited:
        return Text::tr("Rate limit");
    case ErrorKind::ServerFault:
    case ErrorKind::BadAnswer:
        return Text::tr("Service trouble");
    case ErrorKind::Disk:
        return Text::tr("Folder trouble");
    case ErrorKind::DiskFull:
        return Text::tr("Disk full");
    case ErrorKind::Unreadable:
        return Text::tr("Unreadable entry");
    default:
        return Text::tr("Waiting");
    }
}

/// "again in 0:12", rounded up, so that it never reads 0:00 before the time has come.
QString againIn(const QDateTime& now, const QDateTime& until)
{
    const qint64 left = std::max<qint64>(0, now.msecsTo(until));
    return Text::tr("again in %1").arg(formatClock(std::chrono::seconds((left + 999) / 1000)));
}

QString percentAfter(const QString& word, const std::optional<int>& percent)
{
    return percent ? Text::tr("%1 %2").arg(word, formatPercent(*percent)) : word;
}

void describe(JobRow& row, const Queued& queued, const QDateTime& now, int ahead, bool isOnHold)
{
    if (queued.waiting) {
        row.state = waitingWord(queued.waiting->kind);
        row.stateColor = Token::Warn;
    }
    if (isOnHold) {
        row.side = Text::tr("on hold");
    } else if (queued.waiting) {
        row.ticks = queued.until.isValid();
        if (row.ticks)
            row.side = againIn(now, queued.until);
    } else {
        row.side = ahead == 0 ? Text::tr("next") : Text::tr("%n ahead", "jobs that go before this one", ahead);
    }
}

void describe(JobRow& row, const Generating& generating, const std::optional<std::chrono::seconds>& time)
{
    row.stateColor = Token::Info;
    if (generating.waiting) {
        row.state = waitingWord(generating.waiting->kind);
        row.stateColor = Token::Warn;
    } else {
        row.state = percentAfter(generating.overdue ? Text::tr("Still running") : row.state, generating.percent);
    }
    if (generating.percent)
        row.progress = *generating.percent / 100.0;
    if (time)
        row.side = formatClock(*time);
    row.ticks = time.has_value();
}

void describe(JobRow& row, qint64 done, qint64 total)
{
    row.stateColor = Token::Info;
    if (done > 0 || total > 0)
        row.side = formatBytesOf(done, total);
    if (total > 0)
        row.progress = static_cast<double>(done) / static_cast<double>(total);
}

} // namespace

QString priceText(const Job& job)
{
    if (job.cost)
        return formatUsd(*job.cost);
    if (!canCost(job.phase))
        return {};
    return job.estimate ? formatAbout(*job.estimate) : Text::tr("price unknown");
}

std::optional<std::chrono::seconds> elapsed(const Job& job, const QDateTime& now)
{
    if (!job.acceptedAt.isValid())
        return std::nullopt;
    const QDateTime end = job.finishedAt.isValid() ? job.finishedAt : now;
    return std::chrono::seconds(std::max<qint64>(0, job.acceptedAt.secsTo(end)));
}

JobRow rowFor(const Job& job, const QDateTime& now, int ahead, bool isOnHold)
{
    JobRow row;
    row.prompt = cleanLine(job.request.prompt).simplified();
    if (row.prompt.isEmpty())
        row.prompt = Text::tr("No prompt");
    row.settings = cleanLine(formatSettings(job.request));
    if (job.takes > 1) {
        const QLocale locale;
        const QString number = locale.toString(job.take);
        const QString all = locale.toString(job.takes);
        row.take = Text::tr("take %1 of %2").arg(number, all);
        row.settings = Text::tr("%1/%2", "take 2 of 4, in a narrow row").arg(number, all) + u" · "_s + row.settings;
    }
    row.price = priceText(job);
    row.state = displayName(job.state());

    switch (job.state()) {
    case State::Queued:
        describe(row, std::get<Queued>(job.phase), now, ahead, isOnHold);
        break;
    case State::Uploading: {
        const auto& uploading = std::get<Uploading>(job.phase);
        describe(row, uploading.sent, uploading.total);
        break;
    }
    case State::Submitting:
        row.stateColor = Token::Info;
        break;
    case State::Generating:
        describe(row, std::get<Generating>(job.phase), elapsed(job, now));
        break;
    case State::Downloading: {
        const auto& downloading = std::get<Downloading>(job.phase);
        describe(row, downloading.received, downloading.total);
        if (downloading.waiting) {
            row.state = waitingWord(downloading.waiting->kind);
            row.stateColor = Token::Warn;
        }
        break;
    }
    case State::Done:
        row.stateColor = Token::Done;
        if (const auto time = elapsed(job, now))
            row.side = formatClock(*time);
        break;
    case State::Unconfirmed:
    case State::Expired:
        row.stateColor = Token::Warn;
        break;
    case State::Moderated:
        row.stateColor = Token::Moderated;
        break;
    case State::Failed:
        row.stateColor = Token::Failed;
        break;
    case State::Held:
    case State::Cancelled:
        break;
    }

    if (const auto error = errorOf(job.phase); error && error->kind == ErrorKind::Unreadable)
        row.state = waitingWord(error->kind);
    if (const auto action = rowActionFor(job)) {
        row.side = actionText(*action, job);
        row.sideIsAction = true;
    }
    return row;
}

QString stateSentence(const Job& job, bool isOnHold)
{
    if (const auto error = errorOf(job.phase)) {
        // What we found wrong ourselves is a sentence already.
        const bool isOurs = error->kind == ErrorKind::InvalidRequest && !error->detail.isEmpty();
        return isOurs ? cleanLine(error->detail) + u' ' + Text::tr("Nothing was sent.") : explain(*error).sentence;
    }
    switch (job.state()) {
    case State::Held:
        return Text::tr("It is held back and not sent until you let it go.");
    case State::Queued:
        return isOnHold ? Text::tr("The queue is on hold. Nothing has been sent or spent.")
                        : Text::tr("It waits for its turn. Nothing has been sent or spent.");
    case State::Uploading:
        return Text::tr("The request is on its way to the service.");
    case State::Submitting:
        return Text::tr("The request is with the service; its answer is awaited.");
    case State::Generating:
        return std::get<Generating>(job.phase).overdue
                   ? Text::tr("It takes longer than usual. Clipkiln keeps asking; you need not wait here.")
                   : Text::tr("The service is working on it.");
    case State::Downloading:
        return Text::tr("The clip is ready and is being saved.");
    case State::Done:
        return Text::tr("The clip is saved.");
    case State::Cancelled:
        if (std::get<Cancelled>(job.phase).unanswered)
            return Text::tr("You cancelled it while the service was taking it. It may still run and be charged for.");
        return requestIdOf(job.phase).isEmpty()
                   ? Text::tr("You cancelled it before the service took it.")
                   : Text::tr("You stopped watching it. The service may still finish it and charge for it.");
    default:
        return {};
    }
}

} // namespace clipkiln
