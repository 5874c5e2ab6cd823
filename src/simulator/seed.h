// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QString>
#include <QtEndian>

#include <cstddef>

namespace clipkiln::simulator {

/// A number for a text, the same in every run and on every machine; qHash() with a seed differs from run to run.
inline size_t seedOf(const QString& text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1);
    return qFromBigEndian<quint32>(hash.constData());
}

} // namespace clipkiln::simulator
