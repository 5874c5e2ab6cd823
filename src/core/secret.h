// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QMetaType>

#include <utility>

namespace clipkiln {

/// An API key. It cannot be printed: only reveal() returns the text.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray text) : m_text(std::move(text)) {}

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] const QByteArray& reveal() const { return m_text; }

    friend bool operator==(const Secret&, const Secret&) = default;
    friend QDebug operator<<(QDebug debug, const Secret&) = delete;

private:
    QByteArray m_text;
};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Secret)
