// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/encodertrack.h"

#include "core/text.h"
#include "media/read/inputfile.h"

namespace clipkiln {

EncoderTrack::EncoderTrack() : m_packet(av_packet_alloc()) {}

std::optional<Error> EncoderTrack::addTo(Mp4Writer& writer)
{
    AVCodecParameters* parameters = avcodec_parameters_alloc();
    avcodec_parameters_from_context(parameters, m_encoder.get());
    const Result<int> number = writer.addStream(*parameters, m_encoder->time_base);
    avcodec_parameters_free(&parameters);
    if (!number)
        return number.error();
    m_number = *number;
    return std::nullopt;
}

std::optional<Error> EncoderTrack::encode(const AVFrame* frame, Mp4Writer& writer)
{
    int code = avcodec_send_frame(m_encoder.get(), frame);
    while (code >= 0) {
        code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return std::nullopt;
        if (code < 0)
            break;
        complete(*m_packet);
        if (auto error = writer.write(*m_packet, m_number))
            return error;
    }
    return encodingError(code);
}

Error EncoderTrack::encodingError(int code)
{
    return unusable(Text::tr("This video cannot be re-encoded (%1). Convert it in another program and use that.")
                        .arg(ffmpeg::errorText(code)));
}

} // namespace clipkiln
