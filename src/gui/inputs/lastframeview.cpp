// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/lastframeview.h"

#include "gui/look/listpainting.h"
#include "gui/look/theme.h"
#include "media/read/frames.h"

#include <QPainter>
#include <QStyle>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize keptSize(640, 640);
constexpr int mostHeight = 160;

QImage lastFrameOf(const QString& path)
{
    const auto frame = lastFrame(path);
    if (!frame || (frame->width() <= keptSize.width() && frame->height() <= keptSize.height()))
        return frame ? *frame : QImage();
    return frame->scaled(keptSize, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

LastFrameView::LastFrameView(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"lastFrameView"_s);
    setAccessibleName(tr("Last frame of the video"));
    setToolTip(tr("The new part begins with this picture."));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (m_watcher.future().isResultReadyAt(0)) // not when the video was taken away
            setPicture(QPixmap::fromImage(m_watcher.result()));
    });
}

void LastFrameView::setVideo(const QString& path)
{
    if (path == m_path)
        return;
    m_path = path;
    setPicture({});
    m_watcher.setFuture(path.isEmpty() ? QFuture<QImage>() : QtConcurrent::run(lastFrameOf, path));
}

void LastFrameView::setPicture(const QPixmap& picture)
{
    m_picture = picture;
    updateGeometry();
    update();
}

int LastFrameView::heightForWidth(int width) const
{
    const QSize shape = m_picture.isNull() ? QSize(16, 9) : m_picture.size();
    return std::min(mostHeight, width * shape.height() / std::max(1, shape.width()));
}

QSize LastFrameView::sizeHint() const
{
    constexpr int width = Theme::createWidth - 2 * Theme::gap3;
    return {width, heightForWidth(width)};
}

void LastFrameView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QRect place = rect();
    if (!m_picture.isNull())
        place = QStyle::alignedRect(layoutDirection(), Qt::AlignLeading | Qt::AlignTop,
                                    m_picture.size().scaled(size(), Qt::KeepAspectRatio), rect());
    paintCover(painter, place, m_picture, Theme::thumbnailRadius, m_theme, u"film"_s);
}

} // namespace clipkiln
