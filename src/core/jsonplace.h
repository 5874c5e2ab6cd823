// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace clipkiln {

/// The line (from 1) of a field by its path as JsonReader names it ("models[0].perImage"), or of what comes nearest to
/// it when the field is not there. The text must be JSON that parses.
[[nodiscard]] qsizetype lineOf(const QByteArray& json, const QString& path);

} // namespace clipkiln
