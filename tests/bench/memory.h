// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace clipkiln::bench {

/// How far this process's resident memory rises above where it stood at the start.
class MemoryMeter
{
public:
    void start();
    /// In MB (10^6 bytes); nothing on systems without /proc.
    [[nodiscard]] std::optional<double> rise() const;

private:
    std::optional<double> m_before;
};

} // namespace clipkiln::bench
