// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace clipkiln::test {

/// The part of a window with this name; stops the program when there is none.
template <typename T>
T* find(const QObject& parent, const char* name)
{
    T* child = parent.findChild<T*>(QString::fromLatin1(name));
    if (!child)
        qFatal("There is no %s", name);
    return child;
}

} // namespace clipkiln::test
