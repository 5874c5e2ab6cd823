// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <span>

namespace clipkiln::test {

/// Something that reads what comes from outside. It must take any bytes whatever: run() ends the program when a promise
/// about its result is broken, the sanitizers when its memory is.
struct FuzzTarget
{
    const char* name; ///< also the folder of its corpus in tests/data/fuzz
    void (*run)(const QByteArray& input);
};

[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

} // namespace clipkiln::test
