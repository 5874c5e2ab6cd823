// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace clipkiln::bench {

/// The real `clipkiln serve` as a process of its own on a free port; throws Trouble when it does not answer.
class ServeProcess
{
public:
    ServeProcess();
    ~ServeProcess();

    [[nodiscard]] QString address() const { return m_address; } ///< with its "/v1"
    /// What it answers from now on, as in simulator/script.h.
    void play(const QJsonArray& rules) const;
    /// The address of a finished clip that is `bytes` long on the wire: a small one with empty space behind it.
    [[nodiscard]] QString makeClip(qint64 bytes) const;

private:
    /// The file that the simulator keeps under the clip's own id; empty when there is none.
    [[nodiscard]] QString fileOf(const QString& clipAddress) const;
    /// An exchange with its answer's body as JSON; throws Trouble when it is refused.
    QJsonObject exchange(const QByteArray& verb, const QString& path, const QByteArray& body = {}) const;

    QTemporaryDir m_profile;
    QProcess m_process;
    QString m_address;
};

} // namespace clipkiln::bench
