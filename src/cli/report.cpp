// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/report.h"

#include "core/plaintext.h"
#include "core/text.h"
#include "store/clipstore.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <cstdio>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

void writeLine(std::FILE* stream, const QByteArray& line)
{
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream); // a reader at the other end of a pipe waits for it
}

QString withDetail(const Error& error)
{
    const QString sentence = explain(error).sentence;
    return error.detail.isEmpty() ? sentence : sentence + u" ("_s + error.detail + u')';
}

QJsonValue jsonOrNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue toJsonValue(const std::optional<Error>& error)
{
    if (!error)
        return QJsonValue::Null;
    const Explanation explanation = explain(*error);
    return QJsonObject{{u"kind"_s, toName(error->kind)},
                       {u"message"_s, explanation.sentence},
                       {u"action"_s, toName(explanation.action)},
                       {u"detail"_s, error->detail}};
}

} // namespace

void say(const QString& line)
{
    writeLine(stderr, cleanLine(line).toUtf8());
}

void reportError(const Error& error)
{
    // What we found wrong ourselves is a sentence already.
    const bool isSentence = error.kind == ErrorKind::InvalidRequest || error.kind == ErrorKind::InputUnusable ||
                            error.kind == ErrorKind::KeyMissing;
    say(u"clipkiln: "_s + (isSentence && !error.detail.isEmpty() ? error.detail : withDetail(error)));
}

void printResult(const QString& line)
{
    printResult(cleanLine(line).toUtf8());
}

void printResult(const QByteArray& bytes)
{
    writeLine(stdout, bytes);
}

QString fileOf(const Job& job, const ClipStore& clips)
{
    const auto* done = std::get_if<Done>(&job.phase);
    if (!done)
        return {};
    const Result<Clip> clip = clips.find(done->clip);
    return clip && QFileInfo::exists(clip->path) ? clip->path : QString();
}

QByteArray toJsonLine(const Job& job, const QString& file, const std::optional<Error>& error)
{
    const QJsonValue cost =
        job.cost ? QJsonValue(static_cast<double>(job.cost->ticks) / static_cast<double>(Money::ticksPerDollar))
                 : QJsonValue(QJsonValue::Null);
    QJsonObject line{{u"id"_s, job.id.toString()},
                     {u"request_id"_s, jsonOrNull(requestIdOf(job.phase).toString())},
                     {u"state"_s, toName(job.state())},
                     {u"file"_s, jsonOrNull(file)},
                     {u"cost_usd"_s, cost},
                     {u"simulated"_s, job.origin.isSimulated()},
                     {u"error"_s, toJsonValue(error)}};
    if (!job.group.isEmpty()) {
        line.insert(u"group"_s, job.group.toString());
        line.insert(u"take"_s, job.take);
        line.insert(u"takes"_s, job.takes);
    }
    return cleanJson(QJsonDocument(line).toJson(QJsonDocument::Compact));
}

QString progressText(const Job& job)
{
    const QString state = displayName(job.state());
    if (const auto* generating = std::get_if<Generating>(&job.phase);
        generating && generating->percent && !generating->waiting)
        return Text::tr("%1 %2 %").arg(state, QString::number(*generating->percent));
    if (const std::optional<Error> error = errorOf(job.phase))
        return state + u": "_s + withDetail(*error);
    return state;
}

QString outcomeText(const JobEnd& end)
{
    const auto& [job, file, error, code, isKept] = end;
    const QString state = displayName(job.state());
    QStringList sentences{error ? state + u": "_s + withDetail(*error) : state + u'.'};
    if (job.cost)
        sentences.append(
            (job.origin.isSimulated() ? Text::tr("It would have cost %1 (simulated).") : Text::tr("It cost %1."))
                .arg(formatUsd(*job.cost)));
    const bool hadAName = !job.outputPath.isEmpty() && !job.outputPath.endsWith(u'/');
    if (!file.isEmpty() && hadAName && file != job.outputPath)
        sentences.append(
            Text::tr("%1 was taken meanwhile; the clip is beside it.").arg(QDir::toNativeSeparators(job.outputPath)));
    if (isUnfinished(job.state()) && isKept)
        sentences.append(Text::tr("The job is kept; `clipkiln resume` goes on with it."));
    return sentences.join(u' ');
}

void printEnd(const JobEnd& end, bool asJson)
{
    if (asJson)
        printResult(toJsonLine(end.job, end.file, end.error));
    else if (!end.file.isEmpty())
        printResult(end.file);
}

QString listLine(const Job& job, const QString& file)
{
    const QString cost = job.cost ? formatUsd(*job.cost) : u"-"_s;
    QString text = file.isEmpty() ? job.request.prompt.simplified() : QDir::toNativeSeparators(file);
    if (const auto error = errorOf(job.phase); error && error->kind == ErrorKind::Unreadable) {
        const QString id = requestIdOf(job.phase).toString();
        text = id.isEmpty() ? Text::tr("unreadable entry (%1)").arg(error->detail)
                            : Text::tr("unreadable entry, request id %1 (%2)").arg(id, error->detail);
    }
    QString line = u"%1  %2 %3 %4  %5"_s.arg(
        job.createdAt.toLocalTime().toString(u"yyyy-MM-dd hh:mm"_s), displayName(job.state()).leftJustified(12),
        displayName(job.request.mode()).leftJustified(10), cost.rightJustified(8), text);
    if (job.origin.isSimulated())
        line += u"  "_s + Text::tr("(simulated)");
    return line;
}

} // namespace clipkiln::cli
