// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mediafiles.h"

#include <QBuffer>
#include <QDebug>
#include <QFile>
#include <QImageWriter>
#include <QProcess>
#include <QtEndian>

namespace clipkiln::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int bars = 8;
constexpr int barWidth = 16;

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

bool runFfmpeg(const QStringList& arguments)
{
    QProcess ffmpeg;
    ffmpeg.start(u"ffmpeg"_s, QStringList{u"-y"_s, u"-nostdin"_s, u"-loglevel"_s, u"error"_s} + arguments);
    constexpr int patience = 60'000;
    if (ffmpeg.waitForFinished(patience) && ffmpeg.exitStatus() == QProcess::NormalExit && ffmpeg.exitCode() == 0)
        return true;
    qWarning() << "ffmpeg" << arguments << ffmpeg.errorString() << ffmpeg.readAllStandardError();
    return false;
}

bool makeNumberedVideo(const QString& path, int frames, const QStringList& arguments)
{
    const QString picture =
        u"color=black:s=%1x64:r=24,format=gray,geq=lum='235*mod(floor(N/pow(2,floor(X/%2))),2)'"_s.arg(bars * barWidth)
            .arg(barWidth);
    return runFfmpeg(QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s, picture, u"-frames:v"_s, QString::number(frames),
                                 u"-pix_fmt"_s, u"yuv420p"_s} +
                     arguments + QStringList{path});
}

int numberIn(const QImage& frame)
{
    int number = 0;
    for (int bar = 0; bar < bars; ++bar) {
        if (qGray(frame.pixel(bar * barWidth + barWidth / 2, frame.height() / 2)) > 127)
            number |= 1 << bar;
    }
    return number;
}

QByteArray encoded(const QImage& picture, const char* format)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!QImageWriter(&buffer, format).write(picture))
        qWarning() << "no writer for" << format;
    return buffer.data();
}

QByteArray withQuarterTurn(const QByteArray& jpeg)
{
    const QByteArray exif = QByteArray("Exif\0\0", 6) + QByteArray("MM\0*\0\0\0\x08", 8) + QByteArray("\0\x01", 2) +
                            QByteArray("\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 12) + QByteArray(4, '\0');
    const QByteArray length = bigEndian(static_cast<quint32>(exif.size() + 2)).last(2);
    return jpeg.first(2) + QByteArray("\xFF\xE1", 2) + length + exif + jpeg.sliced(2);
}

QByteArray pngThatClaims(quint32 width, quint32 height)
{
    QByteArray png = encoded(QImage(1, 1, QImage::Format_RGB32), "png");
    png.replace(16, 8, bigEndian(width) + bigEndian(height));
    // The header's checksum, so that nothing but the lie is wrong with it.
    quint32 checksum = 0xFFFFFFFF;
    for (const char byte : png.sliced(12, 17)) {
        checksum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            checksum = (checksum >> 1) ^ (checksum & 1 ? 0xEDB88320 : 0);
    }
    png.replace(29, 4, bigEndian(~checksum));
    return png;
}

bool turnMp4(const QString& path)
{
    const QByteArray one = bigEndian(0x00010000);
    const QByteArray none = bigEndian(0);
    const QByteArray minusOne = bigEndian(0xFFFF0000);
    const QByteArray unit = bigEndian(0x40000000);
    const QByteArray upright = one + none + none + none + one + none + none + none + unit;
    const QByteArray turned = none + one + none + minusOne + none + none + none + none + unit;
    QByteArray mp4 = readFile(path);
    const qsizetype track = mp4.indexOf("tkhd");
    const qsizetype at = track < 0 ? -1 : mp4.indexOf(upright, track);
    return at >= 0 && writeFile(path, mp4.replace(at, turned.size(), turned));
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace clipkiln::test
