// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

QT_BEGIN_NAMESPACE
class QLocalServer;
QT_END_NAMESPACE

namespace clipkiln {

/// One window per profile: the first listens on the profile's socket, a second asks it to come to the front and leaves.
/// Who is first is not decided here but by the profile's lock.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// Listens; call it while holding the profile's lock.
    explicit SingleInstance(const QString& socketName, QObject* parent = nullptr);

    /// Asks the window that listens there to come to the front; false when none answers. Waits a moment for one that
    /// has just started.
    [[nodiscard]] static bool askToRaise(const QString& socketName);

Q_SIGNALS:
    void raiseAsked();

private:
    QLocalServer* m_server;
};

} // namespace clipkiln
