// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/droppedcontent.h"

#include "core/bulklist.h"
#include "core/clipmime.h"

#include <QMimeData>
#include <QMimeDatabase>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

bool isWebAddress(const QUrl& url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

bool namesVideo(const QUrl& url)
{
    return url.path().endsWith(".mp4"_L1, Qt::CaseInsensitive);
}

/// A lone address in a text is one only when it names an image or a video; any other may well be part of a prompt.
QUrl inputAddressIn(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.contains(u' ') || trimmed.contains(u'\n'))
        return {};
    const QUrl url(trimmed, QUrl::StrictMode);
    const QString path = url.path().toLower();
    const bool namesImage =
        path.endsWith(".jpg"_L1) || path.endsWith(".jpeg"_L1) || path.endsWith(".png"_L1) || path.endsWith(".webp"_L1);
    return (namesImage || namesVideo(url)) && isWebAddress(url) ? url : QUrl();
}

/// Files decide over all else: file managers add their names as text.
DroppedContent fromFiles(const QStringList& paths)
{
    const QMimeDatabase types;
    QStringList images;
    QStringList videos;
    QStringList lists;
    for (const QString& path : paths) {
        const QMimeType type = types.mimeTypeForFile(path, QMimeDatabase::MatchExtension);
        if (type.name().startsWith("image/"_L1) || type.isDefault())
            images.append(path);
        if (type.name().startsWith("video/"_L1))
            videos.append(path);
        if (isBulkListName(path))
            lists.append(path);
    }
    if (!images.isEmpty())
        return {DroppedContent::Kind::Images, images, {}, {}};
    if (!videos.isEmpty())
        return {DroppedContent::Kind::Videos, videos, {}, {}};
    if (!lists.isEmpty())
        return {DroppedContent::Kind::Lists, lists, {}, {}};
    return {DroppedContent::Kind::OtherFiles, {}, {}, {}};
}

} // namespace

QString encodedImageFormat(const QMimeData& data)
{
    for (const QString& format : {u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s}) {
        if (data.hasFormat(format))
            return format;
    }
    return {};
}

DroppedContent droppedContentFrom(const QMimeData& data)
{
    QStringList paths;
    QUrl address;
    // A clip of the library comes as itself, whatever other programs get of it.
    QList<QUrl> urls;
    const auto own = data.data(clipFilesFormat()).split('\n');
    for (const QByteArray& url : own) {
        if (!url.isEmpty())
            urls.append(QUrl::fromEncoded(url));
    }
    if (urls.isEmpty())
        urls = data.urls();
    for (const QUrl& url : std::as_const(urls)) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
        else if (address.isEmpty() && isWebAddress(url))
            address = url;
    }
    if (!paths.isEmpty())
        return fromFiles(paths);

    // Office programs put a picture beside the text that was copied; browsers put an address beside the picture.
    const QString text = data.text();
    if (address.isEmpty())
        address = inputAddressIn(text);
    const bool textIsAddress = !address.isEmpty();
    const bool hasPixels = data.hasImage() || !encodedImageFormat(data).isEmpty();
    if (hasPixels && (textIsAddress || text.trimmed().isEmpty()))
        return {DroppedContent::Kind::Pixels, {}, {}, {}};
    if (textIsAddress)
        return {
            namesVideo(address) ? DroppedContent::Kind::VideoAddress : DroppedContent::Kind::Address, {}, address, {}};
    if (!text.trimmed().isEmpty())
        return {DroppedContent::Kind::Text, {}, {}, text};
    return {};
}

} // namespace clipkiln
