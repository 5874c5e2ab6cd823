// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/exitcode.h"
#include "core/error.h"
#include "core/job.h"

#include <QByteArray>
#include <QString>

namespace clipkiln {

class ClipStore;

namespace cli {

/// How a job ended that a command has followed, or how it was left.
struct JobEnd
{
    Job job;
    QString file;               ///< of its clip; empty when there is none
    std::optional<Error> error; ///< what it ended with or was left for
    ExitCode code{};
    bool isKept = true; ///< the profile knows all of this
};

/// A line for people, on standard error: standard output belongs to results. Cleaned (core/plaintext.h).
void say(const QString& line);
/// What is wrong and what to do, on standard error.
void reportError(const Error& error);
/// A result, on standard output: a text as a cleaned line (core/plaintext.h), bytes as they are.
void printResult(const QString& line);
void printResult(const QByteArray& bytes);

/// Where a finished job's clip is, empty when it is not there (any more).
[[nodiscard]] QString fileOf(const Job& job, const ClipStore& clips);

/// A job as one line of JSON: always the same fields, with the exact values. `file` is where its clip is, empty without
/// one.
[[nodiscard]] QByteArray toJsonLine(const Job& job, const QString& file, const std::optional<Error>& error);

/// What a job is doing, for a line of progress: "Generating 42 %".
[[nodiscard]] QString progressText(const Job& job);
/// The last line about a job: its result, its cost, and what the person has to know about its file.
[[nodiscard]] QString outcomeText(const JobEnd& end);
/// The job as JSON, or the path of its clip when there is one, on standard output.
void printEnd(const JobEnd& end, bool asJson);
/// A job in a list for people.
[[nodiscard]] QString listLine(const Job& job, const QString& file);

} // namespace cli

} // namespace clipkiln
