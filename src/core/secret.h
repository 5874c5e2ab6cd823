// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QMetaType>

namespace clipkiln {

/// An API key. It cannot be printed: only reveal() returns the text. A dump of the crashed program leaves its memory
/// out.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray text);

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] const QByteArray& reveal() const { return m_text; }

    friend bool operator==(const Secret&, const Secret&) = default;
    friend QDebug operator<<(QDebug debug, const Secret&) = delete;

private:
    QByteArray m_text;
};

/// Has dumps of the crashed program leave out the memory of these bytes, and what shares its pages. Linux alone can.
void keepFromDumps(const QByteArray& bytes);

/// Switches off dumps of the crashed program; a system that hands them to another program may not care (Linux with
/// systemd), so that secrets are kept from them besides. Not PR_SET_DUMPABLE, without which portals refuse to answer.
void switchOffDumps();

/// Takes a variable out of the environment, so that programs we start (players, browsers) do not inherit it, and out of
/// the memory that it was handed over in. Call it before anything starts a thread or a program.
[[nodiscard]] QByteArray takeFromEnvironment(const char* name);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Secret)
