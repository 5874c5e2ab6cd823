// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/tintedicon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString name, IconTint tint) : m_name(std::move(name)), m_tint(std::move(tint)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : qApp->devicePixelRatio();
        painter->drawPixmap(rect.topLeft(), tintedPixmap(m_name, rect.size(), m_tint(mode, state), ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return tintedPixmap(m_name, size, m_tint(mode, state), 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return tintedPixmap(m_name, size, m_tint(mode, state), 1.0);
    }

    QIconEngine* clone() const override { return new TintedIconEngine(*this); }

private:
    QString m_name;
    IconTint m_tint;
};

} // namespace

QIcon tintedIcon(const QString& name, IconTint tint)
{
    return QIcon(new TintedIconEngine(name, std::move(tint)));
}

QPixmap tintedPixmap(const QString& name, QSize size, const QColor& color, qreal devicePixelRatio)
{
    const QSize pixels = (QSizeF(size) * devicePixelRatio).toSize();
    const QString key = u"clipkiln-%1-%2x%3-%4-%5"_s.arg(name)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(color.rgba(), 0, 16)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(u":/clipkiln/icons/%1.svg"_s.arg(name));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();

    pixmap = QPixmap::fromImage(std::move(image));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace clipkiln
