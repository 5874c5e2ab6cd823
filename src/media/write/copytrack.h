// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/sourcestream.h"
#include "media/write/track.h"

namespace clipkiln {

/// Whether the frames of a span can be taken over as they are coded: the first is a key frame, none needs one behind
/// the end, every one has a time, and none is one that the file itself hides. Reads the file to the end of the span.
[[nodiscard]] bool canCopyVideo(const QString& path, const Span& span);

/// Takes the packets of a stream over as they are.
class CopyTrack final : public Track
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Track>> open(const QString& path, AVMediaType type, const Span& span);

    std::optional<Error> addTo(Mp4Writer& writer) override;
    std::optional<Error> step(Mp4Writer& writer) override;

private:
    explicit CopyTrack(SourceStream source, const Span& span);

    [[nodiscard]] bool belongs(const AVPacket& packet) const;

    SourceStream m_source;
    Span m_span;
    ffmpeg::PacketPtr m_packet;
    std::optional<std::int64_t> m_zero; ///< what the result begins with, in the stream's time
    int m_number = 0;                   ///< in the result
};

} // namespace clipkiln
