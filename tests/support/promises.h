// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/ledger.h"

#include <QStringList>

namespace clipkiln::test {

/// What one or several runs of the program left behind, to be held against what the service saw of them.
struct Traces
{
    QList<simulator::LedgerEntry> ledger; ///< all of it: an entry that was cleared away is no evidence
    QString profile;                      ///< its folder; the program is over, or between two steps
    QStringList clipsFolders;             ///< where finished clips went
    QByteArray said;                      ///< what was printed
};

/// A sentence for each promise that was broken:
/// - a job is sent whole once; once more only after a complete 429, or the 404 of a file the service forgot;
/// - each accepted submit has its row, and its request id is on disk or was printed;
/// - a clip with a row is on disk and begins with what the service served;
/// - no file with a clip's name is cut.
/// Reads the database by itself, so that a mistake of the program's own reading is seen too.
[[nodiscard]] QStringList brokenPromises(const Traces& traces);

/// Fails the test function for each of them.
void verifyPromises(const Traces& traces);

} // namespace clipkiln::test
