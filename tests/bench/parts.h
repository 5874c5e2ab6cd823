// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/table.h"

#include <QJsonObject>
#include <QStringList>

#include <chrono>

/// Runs of this program in a process of their own, so that no figure is coloured by what ran before it. A part is named
/// by the first argument and prints its figures as one line of JSON.
namespace clipkiln::bench {

constexpr char uploadPart[] = "--part-upload"; ///< arguments: base address, file or nothing to stay idle, milliseconds
constexpr char dropPart[] = "--part-drop";     ///< argument: "drop", or "idle" to do nothing
constexpr char windowPart[] = "--part-window"; ///< arguments: base address or nothing to stay idle, milliseconds

int runUploadPart(int argc, char* argv[]);
int runDropPart(int argc, char* argv[]);
int runWindowPart(int argc, char* argv[]);

/// What a part prints and what reads it back; throws Trouble with the part's own words when it failed.
void printFigures(const QJsonObject& figures);
[[nodiscard]] QJsonObject runPart(const char* part, const QStringList& arguments);

/// Lets the event loop run for so long.
void wait(std::chrono::milliseconds time);

/// Adds a figure of ours and one of the baseline, where the system gives it.
void note(Measured& measured, const QJsonObject& ours, const QJsonObject& baseline, const QString& figure);

} // namespace clipkiln::bench
