// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QMetaType>
#include <QString>
#include <QUrl>

namespace clipkiln {

/// The service that a job was made for; the job is never sent to another.
class Origin
{
public:
    enum class Kind { Simulator, Service, Other };

    /// The embedded simulator; without an address, because its port changes with every start.
    [[nodiscard]] static Origin simulator() { return Origin(Kind::Simulator, {}); }
    /// The real service, https://api.x.ai/v1 (CONTRACT.md 1).
    [[nodiscard]] static Origin service();
    /// Another address of the API, its "/v1" included: https, or http on loopback; else AddressRefused.
    /// The real service's own address gives service().
    [[nodiscard]] static Result<Origin> fromAddress(const QString& address);
    /// What toString() wrote.
    [[nodiscard]] static Result<Origin> fromString(const QString& text);

    Origin() = default;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isSimulated() const { return m_kind == Kind::Simulator; }
    /// The base address; empty for the simulator.
    [[nodiscard]] QUrl address() const { return m_address; }
    /// "simulator", "service" or the address: the name it is stored under.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Origin&, const Origin&) = default;

private:
    Origin(Kind kind, QUrl address) : m_kind(kind), m_address(std::move(address)) {}

    Kind m_kind = Kind::Simulator;
    QUrl m_address;
};

/// True for 127.0.0.0/8, ::1 and "localhost".
[[nodiscard]] bool isLoopback(const QUrl& url);

/// True for text that begins with http:// or https://, so is no path.
[[nodiscard]] bool isWebAddress(const QString& text);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Origin)
