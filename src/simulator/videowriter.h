// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

#include <memory>
#include <span>

class QImage;

namespace clipkiln::simulator {

inline constexpr int framesPerSecond = 24;
inline constexpr int samplesPerSecond = 48000;
inline constexpr int samplesPerFrame = samplesPerSecond / framesPerSecond;

/// Writes an MP4 file of H.264 and, if wanted, AAC. Every call but the constructor may fail; after that only
/// destruction is left.
class VideoWriter
{
public:
    VideoWriter();
    ~VideoWriter();
    VideoWriter(const VideoWriter&) = delete;
    VideoWriter& operator=(const VideoWriter&) = delete;

    /// size: of even numbers.
    bool open(const QString& path, QSize size, bool sound);
    /// The next frame: of that size, in Format_RGB32.
    bool addFrame(const QImage& image);
    /// The samples that follow: left and right by turns, 48000 of each a second.
    bool addSound(std::span<const float> samples);
    /// Writes what is left; the file is whole when this succeeds.
    bool finish();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace clipkiln::simulator
