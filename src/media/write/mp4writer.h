// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/ffmpeg.h"

namespace clipkiln {

/// An MP4 in the making: its index in front, and of its making nothing but the streams.
class Mp4Writer final
{
public:
    /// Writes over the file at `path`.
    [[nodiscard]] static Result<Mp4Writer> create(const QString& path);

    /// Adds a stream before begin(); its packets are given in `timeBase`. Returns its number.
    [[nodiscard]] Result<int> addStream(const AVCodecParameters& parameters, AVRational timeBase);
    /// Says how the stream added last has to be turned to be shown (a display matrix as FFmpeg keeps it).
    void turnLastStream(const std::uint8_t* matrix, std::size_t bytes);

    /// InputUnusable when the streams cannot stand in an MP4.
    [[nodiscard]] std::optional<Error> begin();
    /// Takes what the packet holds.
    [[nodiscard]] std::optional<Error> write(AVPacket& packet, int stream);
    [[nodiscard]] std::optional<Error> finish();

private:
    struct Close
    {
        void operator()(AVFormatContext* format) const;
    };

    Mp4Writer() = default;
    [[nodiscard]] Error failure(int code) const;

    std::unique_ptr<AVFormatContext, Close> m_format;
    QList<AVRational> m_timeBases;
    QString m_path;
};

} // namespace clipkiln
