// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <QString>

#include <memory>
#include <vector>

namespace clipkiln::simulator {

/// Reads a video from its beginning to its end, as 24 frames a second whatever it has itself.
class VideoReader
{
public:
    VideoReader();
    ~VideoReader();
    VideoReader(const VideoReader&) = delete;
    VideoReader& operator=(const VideoReader&) = delete;

    /// False: no video that can be read.
    bool open(const QString& path);
    QSize size() const; ///< upright, as the frames are
    double seconds() const;

    /// The next frame in Format_RGB32, scaled to size; null at the end.
    QImage nextFrame(QSize size);

    /// The whole sound of a file as VideoWriter takes it, of at most so many seconds; empty when it has none.
    static std::vector<float> sound(const QString& path, double seconds);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace clipkiln::simulator
