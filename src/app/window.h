// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace clipkiln {

class Session;

/// The name of the .desktop file without its ending: by it the desktop finds icon and name of our windows.
inline constexpr char desktopFileId[] = "org.clipkiln.Clipkiln";

/// Opens the window on a session and runs until it is closed; the program's exit code: 0 after the window was closed,
/// by a person or by SIGINT, SIGTERM or SIGHUP, or when another window came to the front; 2 when it cannot be opened.
[[nodiscard]] int runWindow(Session& session, QApplication& application);

} // namespace clipkiln
