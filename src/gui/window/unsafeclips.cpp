// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/unsafeclips.h"

#include "core/text.h"
#include "gui/models/jobmodel.h"

#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// "41 min", rounded down: nobody comes a minute too late for believing it.
QString spanText(std::chrono::seconds time)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    return minutes < 120 ? Text::tr("%1 min").arg(minutes) : Text::tr("%1 h").arg(minutes / 60);
}

QList<Job> unsafeIn(const QList<Job>& jobs)
{
    QList<Job> unsafe;
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(unsafe), isUnsafe);
    return unsafe;
}

} // namespace

bool isUnsafe(const Job& job)
{
    return job.state() == State::Downloading && !job.origin.isSimulated();
}

std::chrono::seconds timeLeft(const Job& job, const QDateTime& now)
{
    const auto* downloading = std::get_if<Downloading>(&job.phase);
    const qint64 age = downloading && downloading->since.isValid() ? downloading->since.secsTo(now) : 0;
    return std::clamp<std::chrono::seconds>(addressLife - std::chrono::seconds(age), std::chrono::seconds(0),
                                            addressLife);
}

QString unsafeText(const QList<Job>& jobs, const QDateTime& now)
{
    const QList<Job> unsafe = unsafeIn(jobs);
    if (unsafe.isEmpty())
        return {};
    const auto first = std::min_element(unsafe.begin(), unsafe.end(), [&now](const Job& a, const Job& b) {
        return timeLeft(a, now) < timeLeft(b, now);
    });
    const auto count = static_cast<int>(unsafe.size());
    const QString left = spanText(timeLeft(*first, now));
    return count == 1 ? Text::tr("1 paid clip is not safe yet, %1 left").arg(left)
                      : Text::tr("%n paid clips are not safe yet, %1 left", nullptr, count).arg(left);
}

Dialogs::Question quitQuestion(const QList<Job>& jobs, const QDateTime& now)
{
    Dialogs::Question question{Text::tr("Quit while a clip is being saved?"),
                               Text::tr("A finished clip is still on its way to your disk."),
                               Text::tr("It is fetched again at the next start, as long as the service still has it."),
                               Text::tr("Quit"), Text::tr("Keep working")};
    const QList<Job> unsafe = unsafeIn(jobs);
    if (unsafe.isEmpty())
        return question;
    constexpr int mostLines = 5;
    constexpr int promptLength = 40;
    QStringList lines;
    for (const Job& job : unsafe.first(std::min<qsizetype>(mostLines, unsafe.size())))
        lines << Text::tr("%1: %2 left")
                     .arg(job.request.prompt.simplified().left(promptLength), spanText(timeLeft(job, now)));
    question.text = unsafeText(jobs, now) + u'.';
    question.detail = question.detail + u"\n\n"_s + lines.join(u'\n');
    return question;
}

UnsafeTitle::UnsafeTitle(const JobModel& jobs, QWidget* window) : QObject(window), m_jobs(jobs), m_window(window)
{
    constexpr std::chrono::seconds untilTheNextLook(20);
    m_timer.setInterval(untilTheNextLook);
    connect(&m_timer, &QTimer::timeout, this, &UnsafeTitle::show);
    connect(&jobs, &QAbstractItemModel::dataChanged, this, &UnsafeTitle::show);
    connect(&jobs, &QAbstractItemModel::rowsInserted, this, &UnsafeTitle::show);
    connect(&jobs, &QAbstractItemModel::rowsRemoved, this, &UnsafeTitle::show);
    connect(&jobs, &QAbstractItemModel::modelReset, this, &UnsafeTitle::show);
    show();
}

void UnsafeTitle::show()
{
    const QString unsafe = unsafeText(m_jobs.jobs(), m_jobs.now());
    m_window->setWindowTitle(unsafe.isEmpty() ? u"Clipkiln"_s : u"Clipkiln – "_s + unsafe);
    if (unsafe.isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

} // namespace clipkiln
