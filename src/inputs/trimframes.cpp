// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/trimframes.h"

#include "inputs/preparationpool.h"
#include "media/read/frames.h"

#include <utility>

namespace clipkiln {

namespace {

constexpr QSize frameSize(640, 640);

QImage scaledInto(const QImage& picture, QSize size)
{
    if (picture.width() <= size.width() && picture.height() <= size.height())
        return picture;
    return picture.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

TrimFrames::TrimFrames(PreparationPool& pool, QObject* parent) : QObject(parent), m_pool(pool) {}

TrimFrames::~TrimFrames()
{
    stop();
}

void TrimFrames::setVideo(const QString& path)
{
    stop();
    m_path = path;
}

void TrimFrames::stop()
{
    m_next.reset();
    for (auto** watcher : {&m_strip, &m_frame}) {
        if (*watcher) {
            (*watcher)->cancel();
            std::exchange(*watcher, nullptr)->deleteLater();
        }
    }
}

void TrimFrames::readStrip(const QList<double>& seconds, QSize fit)
{
    if (m_strip) {
        m_strip->cancel();
        m_strip->deleteLater();
    }
    m_strip = new QFutureWatcher<QImage>(this);
    connect(m_strip, &QFutureWatcherBase::resultReadyAt, this, [this, strip = m_strip](int index) {
        if (strip == m_strip)
            Q_EMIT stripRead(index, strip->resultAt(index));
    });
    m_strip->setFuture(m_pool.run<QImage>([path = m_path, seconds, fit](QPromise<QImage>& strip) {
        // A video that cannot be decoded leaves its places empty.
        (void)framesAt(path, seconds, fit, [&strip](qsizetype place, const QImage& picture) {
            strip.addResult(picture, static_cast<int>(place));
            return !strip.isCanceled();
        });
    }));
}

void TrimFrames::readFrame(double seconds)
{
    m_next = seconds;
    if (!m_frame)
        readNextFrame();
}

void TrimFrames::readNextFrame()
{
    m_frame = new QFutureWatcher<QImage>(this);
    connect(m_frame, &QFutureWatcherBase::finished, this, [this, frame = m_frame] {
        if (frame != m_frame)
            return;
        m_frame = nullptr;
        frame->deleteLater();
        if (frame->isCanceled())
            return; // the program is closing
        if (const QImage picture = frame->result(); !picture.isNull())
            Q_EMIT frameRead(picture);
        if (m_next)
            readNextFrame();
    });
    m_frame->setFuture(m_pool.run<QImage>([path = m_path, seconds = *std::exchange(m_next, {})](auto& frame) {
        const auto picture = frameAt(path, seconds);
        frame.addResult(picture ? scaledInto(*picture, frameSize) : QImage());
    }));
}

} // namespace clipkiln
