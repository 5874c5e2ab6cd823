// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>

#include <functional>

namespace clipkiln {

/// One record of a table.
struct CsvRecord
{
    int line = 0; ///< of the text that it begins on, from 1
    QStringList cells;

    friend bool operator==(const CsvRecord&, const CsvRecord&) = default;
};

/// Hands on one record after the other, so that a caller keeps no more than it needs; reads comma separated values (RFC
/// 4180): quoted cells may hold separators, line ends and doubled quotes. A quote inside an unquoted cell is a plain
/// character; lines with nothing on them are left out. Every end of a line is kept as '\n'. InvalidRequest with a
/// sentence when a quote is never closed.
[[nodiscard]] std::optional<Error> readCsv(QStringView text, QChar separator,
                                           const std::function<void(const CsvRecord&)>& take);

} // namespace clipkiln
