// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/exifbytes.h"
#include "support/mediafiles.h"

#include <QDir>
#include <QPainter>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtDebug>

/// Pictures whose turns, cuts and colours can be seen, and where the tests of preparing them put them.
namespace clipkiln::test {

/// Red, green above blue, white: every corner can be told.
inline QImage corners(QSize size, QImage::Format format = QImage::Format_RGB32)
{
    QImage picture(size, format);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    const int w = size.width() / 2;
    const int h = size.height() / 2;
    painter.fillRect(0, 0, w, h, Qt::red);
    painter.fillRect(w, 0, size.width() - w, h, Qt::green);
    painter.fillRect(0, h, w, size.height() - h, Qt::blue);
    return picture;
}

inline bool isNear(const QColor& colour, const QColor& expected)
{
    constexpr int tolerance = 12; // what JPEG may change
    return qAbs(colour.red() - expected.red()) < tolerance && qAbs(colour.green() - expected.green()) < tolerance &&
           qAbs(colour.blue() - expected.blue()) < tolerance;
}

enum Corner { TopLeft, TopRight, BottomLeft, BottomRight };

inline QColor colourIn(const QImage& picture, Corner corner)
{
    const int x = corner == TopLeft || corner == BottomLeft ? 4 : picture.width() - 5;
    const int y = corner == TopLeft || corner == TopRight ? 4 : picture.height() - 5;
    return picture.pixelColor(x, y);
}

inline QImage noise(QSize size, bool withAlpha = false)
{
    QImage picture(size, withAlpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    QRandomGenerator generator(7);
    for (int y = 0; y < size.height(); ++y)
        generator.fillRange(reinterpret_cast<quint32*>(picture.scanLine(y)), size.width());
    return picture;
}

inline QImage decoded(const QByteArray& bytes)
{
    return QImage::fromData(bytes);
}

inline bool tellsNothing(const QByteArray& bytes)
{
    for (const QByteArray& secret : {cameraMaker, cameraModel, latitude, QByteArray("Exif"), QByteArray("GPS"),
                                     QByteArray("http://ns.adobe.com"), QByteArray("secret")}) {
        if (bytes.contains(secret)) {
            qWarning() << "found" << secret;
            return false;
        }
    }
    return true;
}

/// Files to be prepared, and a new folder for each test to prepare them into.
class PictureFiles
{
public:
    /// Writes the bytes under a new path.
    QString put(const QByteArray& bytes, const QString& name = QStringLiteral("photo.jpg"))
    {
        const QString folder = m_folder.filePath(QString::number(++m_count));
        QDir().mkpath(folder);
        const QString path = folder + u'/' + name;
        return writeFile(path, bytes) ? path : QString();
    }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Empty at first.
    QString newOutput()
    {
        const QString output = m_folder.filePath(QStringLiteral("out%1").arg(++m_count));
        return QDir().mkpath(output) ? output : QString();
    }

private:
    QTemporaryDir m_folder;
    int m_count = 0;
};

} // namespace clipkiln::test
