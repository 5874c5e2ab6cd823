// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QString>

namespace clipkiln::simulator {

/// Moves the data URIs that stand as "url" in a JSON body into files named by their content below folder, and puts
/// short addresses of their own into the body: what is left is small enough to be parsed and kept as it is.
QByteArray withoutDataUris(const QByteArray& body, const QDir& folder);

/// Whether an address in such a body stands for a file below the folder.
bool isInputUrl(const QString& url);
/// Whether the data URI could not be decoded.
bool isBrokenInputUrl(const QString& url);
/// The file that it stands for.
QString inputFile(const QString& url, const QDir& folder);
/// The MIME type that its data URI named; empty for other addresses.
QString inputType(const QString& url);

} // namespace clipkiln::simulator
