// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"

#include "core/files.h"
#include "core/sourcerules.h"
#include "core/text.h"
#include "media/prepare/imagefit.h"
#include "media/prepare/metadatastripper.h"
#include "media/read/exif.h"
#include "media/read/inputfile.h"
#include "media/read/picturereader.h"
#include "media/write/newfile.h"

#include <QColorSpace>
#include <QFile>
#include <QFileInfo>
#include <QImageWriter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

/// Pixels in memory; a larger picture is scaled down while it is read. 26 megapixels: four times what any clip has.
constexpr qint64 mostDecodedBytes = 100 * 1024 * 1024;
constexpr qint64 mostPixels = mostDecodedBytes / 4;
/// Bytes. A larger file has to be scaled down anyway.
constexpr qint64 mostStrippedBytes = 64 * 1024 * 1024;
constexpr int jpegQuality = 93;

QSize scaledBy(QSize size, double factor)
{
    return (QSizeF(size) * factor).toSize().expandedTo({1, 1});
}

bool hasClearPixels(const QImage& picture)
{
    if (!picture.hasAlphaChannel())
        return false;
    for (int y = 0; y < picture.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        if (std::any_of(line, line + picture.width(), [](QRgb pixel) { return qAlpha(pixel) != 255; }))
            return true;
    }
    return false;
}

/// Eight bits per colour, in sRGB, which is what a reader without colour management takes every picture for.
QImage inStandardColours(QImage picture)
{
    if (picture.colorSpace().isValid() && picture.colorSpace() != QColorSpace(QColorSpace::SRgb)) {
        if (picture.isGrayscale() || picture.colorCount() > 0)
            picture.convertTo(picture.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
        picture.convertToColorSpace(QColorSpace::SRgb);
    }
    picture.convertTo(picture.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    return picture;
}

/// One picture on its way from the file it came in to the one it goes out in.
class ImageWork
{
public:
    ImageWork(const QString& path, const ImagePreparation& wanted, const QString& folder)
        : m_file(path), m_wanted(wanted), m_folder(folder)
    {
    }

    Result<PreparedInput> run()
    {
        if (const auto error = inspect())
            return *error;
        if (!hasToBeDrawn())
            return m_stripped && m_stripped->hidden != EmbeddedMetadata::None && !m_wanted.keepMetadata
                       ? write([this](const QString& path) { return writeStripped(path); })
                       : PreparedInput{m_source, {}};
        if (const auto error = draw())
            return *error;
        return write([this](const QString& path) { return writeDrawn(path); });
    }

private:
    /// Finds out all that can be known without decoding.
    std::optional<Error> inspect()
    {
        const Result<FileType> type = openAndIdentify(m_file);
        if (!type)
            return type.error();
        m_type = *type;
        m_isSendable = isSendable(InputKind::Image, mimeOf(m_type));
        if (qtFormatOf(m_type).isEmpty() || (!m_isSendable && !PictureReader::isSupported(m_type)))
            return unusable(refusal(m_type));
        Result<LocalFile> source = probePicture(m_file, m_type);
        if (!source)
            return source.error();
        m_source = *source;
        m_file.seek(0);
        m_isTurnedByReading = PictureReader(m_file, m_type).isTurnedByReading();
        if (m_isSendable && m_source.bytes <= mostStrippedBytes) {
            m_file.seek(0);
            m_stripped = stripMetadata(m_type, m_file.readAll());
        }
        m_isTooLarge =
            (m_stripped && !m_wanted.keepMetadata ? m_stripped->bytes.size() : m_source.bytes) > mostImageBytes;
        m_isTurned = m_isTurnedByReading || (m_stripped && m_stripped->orientation != 1);
        if (!m_isTurnedByReading && m_stripped)
            m_source.size = uprightTransform(m_stripped->orientation).mapRect(QRect({}, m_source.size)).size();
        return std::nullopt;
    }

    [[nodiscard]] bool hasToBeDrawn() const
    {
        const bool isFitting = m_wanted.fit.how == ImageFit::How::Keep || hasRatio(m_source.size, m_wanted.fit.ratio);
        if (m_isTurned || !isFitting || m_isTooLarge)
            return true;
        if (m_stripped)
            return m_stripped->isAnimated && m_type == FileType::WebP;
        return !m_isSendable || !m_wanted.keepMetadata; // what is hidden in it is unknown, so only its pixels go out
    }

    std::optional<Error> draw()
    {
        if (m_stripped)
            m_stripped->bytes.clear(); // room for the pixels
        m_file.seek(0);
        PictureReader reader(m_file, m_type);
        const double excess = double(reader.decodedBytes()) / mostDecodedBytes;
        m_picture = reader.read(excess > 1 ? scaledBy(reader.size(), 1 / std::sqrt(excess)) : reader.size());
        if (m_picture.isNull() && excess > 1)
            return unusable(Text::tr("This %1 picture with %2 pixels is too large to be converted here. Save it "
                                     "smaller, or as a JPEG, and use that.")
                                .arg(pictureName(m_type), sizeText(m_source.size)));
        if (m_picture.isNull())
            return unusable(
                Text::tr("This %1 picture is damaged or cut off. Save or copy it again.").arg(pictureName(m_type)));
        m_picture = inStandardColours(std::move(m_picture));
        if (!m_isTurnedByReading && m_isTurned)
            m_picture = m_picture.transformed(uprightTransform(m_stripped->orientation));
        fit();
        if (!hasClearPixels(m_picture))
            m_picture.convertTo(QImage::Format_RGB32);
        return std::nullopt;
    }

    void fit()
    {
        const ImageFit& fit = m_wanted.fit;
        m_fullSize = m_source.size;
        if (fit.how == ImageFit::How::Keep || hasRatio(m_source.size, fit.ratio))
            return;
        const int divisor = std::gcd(fit.ratio.width(), fit.ratio.height()); // it may be the size of another image
        const QString ratio = u"%1:%2"_s.arg(fit.ratio.width() / divisor).arg(fit.ratio.height() / divisor);
        if (fit.how == ImageFit::How::Crop) {
            m_fullSize = croppedPart(m_fullSize, fit.ratio, fit.centre).size();
            m_notes.append(Text::tr("Cropped to %1.").arg(ratio));
        } else {
            m_fullSize = paddedSize(m_fullSize, fit.ratio);
            m_notes.append(Text::tr("Padded to %1.").arg(ratio));
            const QSize size = paddedSize(m_picture.size(), fit.ratio);
            if (const double excess = double(size.width()) * size.height() / mostPixels; excess > 1)
                scaleTo(scaledBy(m_picture.size(), 1 / std::sqrt(excess)));
        }
        m_picture = fitted(m_picture, fit);
    }

    void scaleTo(QSize size) { m_picture = m_picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation); }

    template <typename Writer>
    Result<PreparedInput> write(const Writer& writeTo)
    {
        FileType type = m_type;
        if (!m_picture.isNull())
            type = m_picture.hasAlphaChannel() ? FileType::Png : FileType::Jpeg;
        const QFileInfo name(m_source.name);
        QString suffix = name.suffix();
        if (type != m_type || suffix.isEmpty())
            suffix = type == FileType::Jpeg ? u"jpg"_s : QString::fromLatin1(qtFormatOf(type));
        Result<NewFile> file = NewFile::create(m_folder, name.completeBaseName() + u'.' + suffix);
        if (!file)
            return file.error();
        if (const auto error = writeTo(file->path()))
            return *error;
        PreparedInput prepared{describe(file->path(), type), notes(type)};
        prepared.file.size = m_picture.isNull() ? m_source.size : m_picture.size();
        file->keep();
        return prepared;
    }

    std::optional<Error> writeStripped(const QString& path) const
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_stripped->bytes) != m_stripped->bytes.size() ||
            !file.flush())
            return diskError(path, file.errorString());
        return std::nullopt;
    }

    /// Smaller and smaller until the service takes it.
    std::optional<Error> writeDrawn(const QString& path)
    {
        while (true) {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
                return diskError(path, file.errorString());
            const bool isPng = m_picture.hasAlphaChannel();
            QImageWriter writer(&file, isPng ? "png" : "jpeg");
            if (!isPng)
                writer.setQuality(jpegQuality);
            // Only the pixels: what the reader found in texts and resolutions would be written again.
            QImage bare(m_picture.constBits(), m_picture.width(), m_picture.height(), m_picture.bytesPerLine(),
                        m_picture.format());
            if (!writer.write(bare) || !file.flush())
                return diskError(path, file.errorString());
            if (file.size() <= mostImageBytes)
                return std::nullopt;
            constexpr double mostAtOnce = 0.9;
            scaleTo(scaledBy(m_picture.size(),
                             std::min(mostAtOnce, std::sqrt(double(mostImageBytes) / double(file.size())))));
        }
    }

    [[nodiscard]] QStringList notes(FileType type) const
    {
        QStringList notes;
        if (type != m_type)
            notes.append(Text::tr("Made a %1 from %2.").arg(pictureName(type), pictureName(m_type)));
        if (m_stripped && m_stripped->isAnimated)
            notes.append(Text::tr("Only the first picture of the animation is used."));
        if (m_isTurned)
            notes.append(Text::tr("Turned upright."));
        notes.append(m_notes);
        if (!m_picture.isNull() && m_picture.size() != m_fullSize)
            notes.append(Text::tr("Scaled from %1 to %2.").arg(sizeText(m_fullSize), sizeText(m_picture.size())));
        else if (m_isTooLarge)
            notes.append(Text::tr("Compressed to at most 20 MB."));
        const bool isStripped = !m_wanted.keepMetadata || !m_picture.isNull(); // drawing leaves nothing but pixels
        if (m_stripped && m_stripped->hidden != EmbeddedMetadata::None && isStripped)
            notes.append(removalNote(m_stripped->hidden));
        return notes;
    }

    QFile m_file;
    ImagePreparation m_wanted;
    QString m_folder;

    FileType m_type = FileType::Unknown;
    LocalFile m_source; ///< its size is upright
    std::optional<StrippedPicture> m_stripped;
    bool m_isSendable = false; ///< its type is one that the service takes
    bool m_isTooLarge = false;
    bool m_isTurnedByReading = false;
    bool m_isTurned = false;

    QImage m_picture; ///< null unless it is drawn anew
    QSize m_fullSize; ///< what it would have if nothing were scaled
    QStringList m_notes;
};

} // namespace

Result<PreparedInput> prepareImage(const QString& path, const ImagePreparation& wanted, const QString& folder)
{
    return ImageWork(path, wanted, folder).run();
}

} // namespace clipkiln
