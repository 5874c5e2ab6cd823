// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <compare>
#include <utility>

namespace clipkiln {

/// A text that identifies one thing of one kind; ids of different kinds cannot be mixed up.
template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) {}

    /// A new random id (RFC 4122 version 4, no braces).
    [[nodiscard]] static Id create() { return Id(QUuid::createUuid().toString(QUuid::WithoutBraces)); }

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] const QString& toString() const { return m_text; }

    friend bool operator==(const Id& a, const Id& b) = default;
    friend std::strong_ordering operator<=>(const Id& a, const Id& b) { return a.m_text.compare(b.m_text) <=> 0; }
    friend size_t qHash(const Id& id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    QString m_text;
};

using JobId = Id<struct JobTag>;
/// Shared by the jobs of one submit.
using GroupId = Id<struct GroupTag>;
using ClipId = Id<struct ClipTag>;
/// The service's id of a request: opaque text, UUID-like but not a valid UUID (CONTRACT.md 3.4).
using RequestId = Id<struct RequestTag>;

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::JobId)
Q_DECLARE_METATYPE(clipkiln::GroupId)
Q_DECLARE_METATYPE(clipkiln::ClipId)
Q_DECLARE_METATYPE(clipkiln::RequestId)
