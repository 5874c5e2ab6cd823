// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/write/track.h"

namespace clipkiln {

/// A track whose packets come out of an encoder.
class EncoderTrack : public Track
{
public:
    std::optional<Error> addTo(Mp4Writer& writer) override;

protected:
    EncoderTrack();

    /// Takes the encoder, opened. The time base of the packets is the encoder's.
    void setEncoder(ffmpeg::CodecPtr encoder) { m_encoder = std::move(encoder); }
    [[nodiscard]] AVCodecContext& encoder() const { return *m_encoder; }
    /// Encodes a frame, null at the end, and writes what comes of it.
    [[nodiscard]] std::optional<Error> encode(const AVFrame* frame, Mp4Writer& writer);
    /// The sentence for what FFmpeg says when it cannot be encoded.
    [[nodiscard]] static Error encodingError(int code);
    /// A packet on its way out, in the encoder's time base.
    virtual void complete(AVPacket&) {}

private:
    ffmpeg::CodecPtr m_encoder;
    ffmpeg::PacketPtr m_packet;
    int m_number = 0; ///< in the result
};

} // namespace clipkiln
