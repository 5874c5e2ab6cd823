// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>

#include <functional>

namespace clipkiln {

/// One record of a table.
struct CsvRecord
{
    int line = 0; ///< where it begins in the text, from 1
    QStringList cells;

    friend bool operator==(const CsvRecord&, const CsvRecord&) = default;
};

/// Reads comma separated values (RFC 4180) and calls `onRecord` with one record after the other, so that the caller
/// keeps only what it needs. Quoted cells may contain separators, line ends and doubled quotes. A quote inside an
/// unquoted cell is an ordinary character; empty lines are skipped; line ends inside cells become '\n'. InvalidRequest
/// with a sentence when a quote is never closed.
[[nodiscard]] std::optional<Error> readCsv(QStringView text, QChar separator,
                                           const std::function<void(const CsvRecord&)>& onRecord);

} // namespace clipkiln
