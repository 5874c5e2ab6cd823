// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/money.h"

#include <QDateTime>

/// Numbers and values as the window shows them, in the person's locale: one place, so that they look alike everywhere.
namespace clipkiln {

/// "0:31", "1:02:03".
[[nodiscard]] QString formatClock(std::chrono::seconds time);
/// A clip's length rounded to whole seconds: "0:06".
[[nodiscard]] QString formatClock(double seconds);
/// A position in a clip to hundredths of a second, cut off rather than rounded: "0:03.21".
[[nodiscard]] QString formatPosition(double seconds);
/// A sum of times in words: "12 s", "5 min 12 s", "2 h 5 min".
[[nodiscard]] QString formatSpan(double seconds);
/// A requested length, with a decimal only when there is one: "6 s", "7.7 s".
[[nodiscard]] QString formatSeconds(double seconds);
/// A time to hundredths of a second, with no more decimals than it has: "2.33 s", "4 s".
[[nodiscard]] QString formatHundredths(double seconds);
/// A measured length, always with one decimal: "5.0 s".
[[nodiscard]] QString formatMeasured(double seconds);

/// A length to hundredths: "8.71 s".
[[nodiscard]] QString formatExact(double seconds);

/// Decimal units, a decimal only below ten: "3.1 MB", "61 GB".
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "3.1 of 8.0 MB"; with an unknown total (0) only the first: "3.1 MB".
[[nodiscard]] QString formatBytesOf(qint64 done, qint64 total);
[[nodiscard]] QString formatPercent(int percent); ///< "42 %"

/// "1280 × 720".
[[nodiscard]] QString formatSize(const QSize& size);
/// The nearest common ratio within one per cent ("16:9"), else the exact one as a number ("1.85:1").
[[nodiscard]] QString formatRatio(const QSize& size);

/// An estimate: "about $0.42"; rounded up to a tenth of a cent, because the length of a source makes odd sums.
[[nodiscard]] QString formatAbout(Money money);
/// A moment in local time, short.
[[nodiscard]] QString formatMoment(const QDateTime& utc);

/// What a request asks for, in one line: "image · 6 s · 720p", "extend · +6 s", "edit · 7.7 s".
[[nodiscard]] QString formatSettings(const GenerationRequest& request);

} // namespace clipkiln
