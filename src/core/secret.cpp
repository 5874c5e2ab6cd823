// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#ifdef Q_OS_UNIX
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace clipkiln {

Secret::Secret(QByteArray text) : m_text(std::move(text))
{
    keepFromDumps(m_text);
}

void keepFromDumps([[maybe_unused]] const QByteArray& bytes)
{
#ifdef MADV_DONTDUMP
    if (bytes.isEmpty())
        return;
    const auto page = static_cast<quintptr>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<quintptr>(bytes.constData());
    const quintptr first = begin / page * page;
    ::madvise(reinterpret_cast<void*>(first), begin + static_cast<quintptr>(bytes.size()) - first, MADV_DONTDUMP);
#endif
}

void switchOffDumps()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
}

QByteArray takeFromEnvironment(const char* name)
{
#ifdef Q_OS_UNIX
    // What unsetenv() forgets stays in the memory of the first stack, where /proc/PID/environ and a dump show it.
    char* const value = std::getenv(name);
    const QByteArray text(value);
    if (value)
        std::memset(value, 0, std::strlen(value));
#else
    const QByteArray text = qgetenv(name);
#endif
    qunsetenv(name);
    return text;
}

} // namespace clipkiln
