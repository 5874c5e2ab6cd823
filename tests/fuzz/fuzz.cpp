// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/targets.h"

#include <cstring>

// The entry point that libFuzzer calls, for the target named by the program's own CLIPKILN_FUZZ_TARGET.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    static const auto target = [] {
        for (const auto& each : clipkiln::test::fuzzTargets()) {
            if (std::strcmp(each.name, CLIPKILN_FUZZ_TARGET) == 0)
                return each.run;
        }
        qFatal("there is no target " CLIPKILN_FUZZ_TARGET);
    }();
    target(QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    return 0;
}
