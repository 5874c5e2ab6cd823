// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace clipkiln {

class Session;

/// Opens the window on a session and runs until it is closed; the program's exit code.
[[nodiscard]] int runWindow(Session& session, QApplication& application);

} // namespace clipkiln
