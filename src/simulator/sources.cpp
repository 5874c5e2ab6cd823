// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/sources.h"

#include "simulator/bodymedia.h"
#include "simulator/filestore.h"
#include "simulator/loopback.h"
#include "simulator/words.h"

#include <QCryptographicHash>
#include <QImageReader>
#include <QSaveFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr int longestPictureSide = 2560;

Failure unableToDownload(const QString& field, const QString& reason)
{
    return {u"invalid_argument"_s,
            u"Unable to download provided %1_url, please make sure that it is publicly accessible: %2"_s.arg(field,
                                                                                                             reason)};
}

/// What the service accepts (CONTRACT.md 3.2), although we could read more.
const QStringList& imageTypes()
{
    static const QStringList list{u"image/jpeg"_s, u"image/png"_s, u"image/webp"_s};
    return list;
}
constexpr QLatin1StringView videoType("video/mp4");

Failure unsupported(const QString& field, const QString& supported)
{
    return {u"invalid_argument"_s, u"The provided %1 is not of a supported format: %2."_s.arg(field, supported)};
}

Failure undecodable(const QImageReader& reader)
{
    return {u"invalid_argument"_s, u"The provided image could not be decoded: "_s + reader.errorString()};
}

} // namespace

Sources::Sources(const QDir& inputs, const FileStore& files, std::function<QString(const QString&)> clipFile,
                 std::function<QString()> clipBase)
    : m_inputs(inputs), m_files(files), m_clipFile(std::move(clipFile)), m_clipBase(std::move(clipBase))
{
}

std::variant<QImage, Failure> Sources::picture(const Media& media) const
{
    const QUrl url(media.url);
    if (media.fileId.isEmpty() && !isInputUrl(media.url) && !isLoopback(url) && !url.host().isEmpty())
        return cardNaming(url.host());
    const std::variant<QString, Failure> file = localFile(media, u"image"_s);
    if (const auto* failure = std::get_if<Failure>(&file))
        return *failure;
    QImageReader reader(std::get<QString>(file));
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (std::max(size.width(), size.height()) > longestPictureSide)
        reader.setScaledSize(size.scaled(longestPictureSide, longestPictureSide, Qt::KeepAspectRatio));
    if (!reader.canRead())
        return undecodable(reader);
    const QString type = u"image/"_s + QString::fromLatin1(reader.format());
    if (!imageTypes().contains(type))
        return unsupported(u"image"_s, imageTypes().join(u", "_s));
    if (isInputUrl(media.url) && inputType(media.url) != type)
        return Failure{u"invalid_argument"_s,
                       u"The data URI names the type %1, but its content is %2."_s.arg(inputType(media.url), type)};
    const QImage image = reader.read();
    if (image.isNull())
        return undecodable(reader);
    return image;
}

std::variant<QString, Failure> Sources::video(const Media& media) const
{
    if (isInputUrl(media.url) && inputType(media.url) != videoType)
        return unsupported(u"video"_s, videoType);
    return localFile(media, u"video"_s);
}

std::variant<QString, Failure> Sources::localFile(const Media& media, const QString& field) const
{
    if (!media.fileId.isEmpty()) {
        if (m_files.find(media.fileId))
            return m_files.contentPath(media.fileId);
        return Failure{u"invalid_argument"_s, u"File %1 not found."_s.arg(media.fileId)};
    }
    if (isInputUrl(media.url))
        return inputFile(media.url, m_inputs);
    const QUrl url(media.url);
    if (!isLoopback(url))
        return unableToDownload(field, u"the simulator asks nothing of other hosts"_s);
    // One of our own clips, also by the port of an earlier run.
    if (const QString clip = m_clipFile(url.path()); !clip.isEmpty())
        return clip;
    if (url.scheme() != "http"_L1 || url.port() != QUrl(m_clipBase()).port())
        return unableToDownload(field, u"the simulator asks nothing of other programs on this computer"_s);
    const std::variant<QByteArray, QString> content = fetchFromLoopback(url);
    if (const auto* reason = std::get_if<QString>(&content))
        return unableToDownload(field, *reason);
    const auto& data = std::get<QByteArray>(content);
    const QByteArray name = QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex();
    QSaveFile file(m_inputs.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size() || !file.commit())
        return Failure{u"internal_error"_s, file.errorString()};
    return file.fileName();
}

} // namespace clipkiln::simulator
