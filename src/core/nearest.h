// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

#include <optional>

/// Replacements for choices that a model does not offer.
namespace clipkiln {

/// The largest resolution offered that is not above the wanted one ("1080p"), else the smallest; `usual` where the
/// wanted one is no number of lines. Nothing when none is offered.
[[nodiscard]] std::optional<QString> nearestResolution(const QString& wanted, const QStringList& offered,
                                                       const QString& usual);
/// The ratio offered whose shape is most like the wanted one ("21:9"); `usual` where that is no ratio. Nothing when
/// none is offered.
[[nodiscard]] std::optional<QString> nearestRatio(const QString& wanted, const QStringList& offered,
                                                  const QString& usual);
/// The whole third of a second, counted in thirds, nearest to a time, strictly inside a clip of that length and not
/// among the occupied ones; nothing when none is free.
[[nodiscard]] std::optional<qint64> nearestFreeThird(double seconds, qint64 length, const QList<qint64>& occupied);

} // namespace clipkiln
