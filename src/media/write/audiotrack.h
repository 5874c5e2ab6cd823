// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/sourcestream.h"
#include "media/write/encodertrack.h"

namespace clipkiln {

/// Decodes the sound of a span and encodes it as AAC, in stereo at most.
class AudioTrack final : public EncoderTrack
{
public:
    /// NotAClip when the sound cannot be decoded.
    [[nodiscard]] static Result<std::unique_ptr<Track>> open(const QString& path, const Span& span);

    std::optional<Error> step(Mp4Writer& writer) override;

private:
    AudioTrack(SourceStream source, const Span& span);

    [[nodiscard]] bool openDecoder();
    [[nodiscard]] bool openEncoder();
    /// Decodes on and puts what belongs to the span into the fifo; false at the end.
    [[nodiscard]] bool readOn();
    [[nodiscard]] bool nextDecoded();
    void take(const AVFrame& frame);
    /// The source's samples, as the encoder takes them; null: what the resampler still holds.
    [[nodiscard]] ffmpeg::FramePtr resampled(const AVFrame* frame);
    [[nodiscard]] ffmpeg::FramePtr blankFrame(int samples) const;

    SourceStream m_source;
    Span m_span;
    ffmpeg::CodecPtr m_decoder;
    ffmpeg::ResamplerPtr m_resampler;
    ffmpeg::FifoPtr m_fifo;
    ffmpeg::PacketPtr m_packet;
    ffmpeg::FramePtr m_decoded;
    std::optional<std::int64_t> m_taken; ///< samples of the span that went into the fifo; nothing before the first
    std::int64_t m_written = 0;          ///< samples that left it
    std::int64_t m_most;                 ///< samples in the span
    bool m_isDraining = false;
    bool m_isAtEnd = false;
};

} // namespace clipkiln
