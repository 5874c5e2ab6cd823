// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace clipkiln {

/// The stable names of an enum's values, for files and arguments, in the order of the enum.
template <typename Enum, std::size_t count>
struct EnumNames
{
    std::array<QLatin1StringView, count> names;

    [[nodiscard]] QString toName(Enum value) const { return QString(names.at(static_cast<std::size_t>(value))); }
    [[nodiscard]] std::optional<Enum> fromName(const QString& name) const
    {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            return std::nullopt;
        return static_cast<Enum>(std::distance(names.begin(), found));
    }
};

} // namespace clipkiln
