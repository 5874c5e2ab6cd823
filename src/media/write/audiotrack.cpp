// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/audiotrack.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
}

namespace clipkiln {

using namespace Qt::StringLiterals;
using ffmpeg::FramePtr;

namespace {

constexpr int bitsPerSecond = 160'000;
constexpr int usualRate = 48'000;

} // namespace

AudioTrack::AudioTrack(SourceStream source, const Span& span)
    : m_source(std::move(source)), m_span(span), m_packet(av_packet_alloc()), m_decoded(av_frame_alloc())
{
}

Result<std::unique_ptr<Track>> AudioTrack::open(const QString& path, const Span& span)
{
    Result<SourceStream> source = SourceStream::open(path, AVMEDIA_TYPE_AUDIO);
    if (!source)
        return source.error();
    std::unique_ptr<AudioTrack> track(new AudioTrack(std::move(*source), span));
    if (!track->openDecoder() || !track->openEncoder())
        return Error{ErrorKind::NotAClip, u"The sound cannot be decoded."_s};
    if (span.from > 0)
        track->m_source.seek(span.from);
    return std::unique_ptr<Track>(std::move(track));
}

bool AudioTrack::openDecoder()
{
    const AVCodecParameters& parameters = *m_source.stream->codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    m_decoder.reset(avcodec_alloc_context3(codec));
    m_decoder->pkt_timebase = m_source.stream->time_base;
    return codec && avcodec_parameters_to_context(m_decoder.get(), &parameters) >= 0 &&
           avcodec_open2(m_decoder.get(), codec, nullptr) >= 0 && m_decoder->sample_rate > 0;
}

bool AudioTrack::openEncoder()
{
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!codec)
        return false;
    ffmpeg::CodecPtr aac(avcodec_alloc_context3(codec));
    const bool isKnownRate = m_decoder->sample_rate == 44'100 || m_decoder->sample_rate == 32'000;
    aac->sample_rate = isKnownRate ? m_decoder->sample_rate : usualRate;
    aac->sample_fmt = AV_SAMPLE_FMT_FLTP;
    av_channel_layout_default(&aac->ch_layout, m_decoder->ch_layout.nb_channels == 1 ? 1 : 2);
    aac->bit_rate = bitsPerSecond;
    aac->time_base = {1, aac->sample_rate};
    aac->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (avcodec_open2(aac.get(), codec, nullptr) < 0)
        return false;

    if (m_decoder->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&m_decoder->ch_layout, m_decoder->ch_layout.nb_channels);
    SwrContext* resampler = nullptr;
    if (swr_alloc_set_opts2(&resampler, &aac->ch_layout, aac->sample_fmt, aac->sample_rate, &m_decoder->ch_layout,
                            m_decoder->sample_fmt, m_decoder->sample_rate, 0, nullptr) < 0)
        return false;
    m_resampler.reset(resampler);
    m_fifo.reset(av_audio_fifo_alloc(aac->sample_fmt, aac->ch_layout.nb_channels, aac->frame_size));
    const double length = (m_span.to - m_span.from) * aac->sample_rate;
    constexpr auto unbounded = std::numeric_limits<std::int64_t>::max();
    m_most = length < 1e15 ? std::llround(length) : unbounded;
    setEncoder(std::move(aac));
    return m_fifo && swr_init(m_resampler.get()) >= 0;
}

std::optional<Error> AudioTrack::step(Mp4Writer& writer)
{
    const int block = encoder().frame_size;
    while (!m_isAtEnd && av_audio_fifo_size(m_fifo.get()) < block)
        m_isAtEnd = !readOn();
    const int samples = std::min(block, av_audio_fifo_size(m_fifo.get()));
    if (samples == 0) {
        m_isDone = true;
        return encode(nullptr, writer);
    }
    const FramePtr frame = blankFrame(samples);
    av_audio_fifo_read(m_fifo.get(), reinterpret_cast<void**>(frame->extended_data), samples);
    frame->pts = m_written;
    m_written += samples;
    m_seconds = static_cast<double>(m_written) / encoder().sample_rate;
    return encode(frame.get(), writer);
}

bool AudioTrack::readOn()
{
    if (m_taken.value_or(0) >= m_most)
        return false;
    if (nextDecoded()) {
        take(*m_decoded);
        av_frame_unref(m_decoded.get());
        return true;
    }
    if (const FramePtr rest = resampled(nullptr); rest && m_taken) {
        const std::int64_t samples = std::min<std::int64_t>(rest->nb_samples, m_most - *m_taken);
        av_audio_fifo_write(m_fifo.get(), reinterpret_cast<void**>(rest->extended_data), static_cast<int>(samples));
    }
    return false;
}

bool AudioTrack::nextDecoded()
{
    while (true) {
        const int code = avcodec_receive_frame(m_decoder.get(), m_decoded.get());
        if (code == 0)
            return true;
        if (code != AVERROR(EAGAIN) || m_isDraining)
            return false;
        if (!m_source.read(*m_packet)) {
            m_isDraining = true;
            avcodec_send_packet(m_decoder.get(), nullptr);
            continue;
        }
        // What cannot be decoded is passed over.
        avcodec_send_packet(m_decoder.get(), m_packet.get());
        av_packet_unref(m_packet.get());
    }
}

void AudioTrack::take(const AVFrame& frame)
{
    const FramePtr samples = resampled(&frame);
    if (!samples)
        return;
    int skipped = 0;
    if (!m_taken) {
        // The first sound may begin before the span, which is cut off, or after it, which is filled with silence.
        const double rate = encoder().sample_rate;
        const std::int64_t time = frame.best_effort_timestamp;
        const double begin = time == AV_NOPTS_VALUE ? 0 : m_source.secondsOf(time) - m_span.from;
        const auto late = std::llround(begin * rate);
        if (late + samples->nb_samples <= 0)
            return;
        skipped = static_cast<int>(std::max<long long>(0, -late));
        m_taken = 0;
        constexpr long long mostSilence = 600; // seconds
        for (long long gap = std::min({late, (long long)m_most, mostSilence * (long long)rate}); gap > 0;) {
            const FramePtr silence = blankFrame(static_cast<int>(std::min<long long>(gap, encoder().frame_size)));
            av_samples_set_silence(silence->extended_data, 0, silence->nb_samples, silence->ch_layout.nb_channels,
                                   encoder().sample_fmt);
            av_audio_fifo_write(m_fifo.get(), reinterpret_cast<void**>(silence->extended_data), silence->nb_samples);
            *m_taken += silence->nb_samples;
            gap -= silence->nb_samples;
        }
    }
    const auto count = static_cast<int>(std::min<std::int64_t>(samples->nb_samples - skipped, m_most - *m_taken));
    if (count <= 0)
        return;
    std::vector<void*> planes;
    for (int channel = 0; channel < samples->ch_layout.nb_channels; ++channel)
        planes.push_back(reinterpret_cast<float*>(samples->extended_data[channel]) + skipped);
    av_audio_fifo_write(m_fifo.get(), planes.data(), count);
    *m_taken += count;
}

FramePtr AudioTrack::resampled(const AVFrame* frame)
{
    const int waiting = swr_get_out_samples(m_resampler.get(), frame ? frame->nb_samples : 0);
    if (waiting <= 0)
        return nullptr;
    FramePtr samples = blankFrame(waiting);
    const int count = swr_convert(m_resampler.get(), samples->extended_data, waiting,
                                  frame ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr,
                                  frame ? frame->nb_samples : 0);
    if (count <= 0)
        return nullptr;
    samples->nb_samples = count;
    return samples;
}

FramePtr AudioTrack::blankFrame(int samples) const
{
    FramePtr frame(av_frame_alloc());
    frame->format = encoder().sample_fmt;
    frame->sample_rate = encoder().sample_rate;
    frame->nb_samples = samples;
    av_channel_layout_copy(&frame->ch_layout, &encoder().ch_layout);
    av_frame_get_buffer(frame.get(), 0);
    return frame;
}

} // namespace clipkiln
