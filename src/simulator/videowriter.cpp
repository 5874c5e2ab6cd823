// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/videowriter.h"

#include "simulator/avpointers.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <QImage>

#include <algorithm>
#include <array>
#include <vector>

namespace clipkiln::simulator {

namespace {

constexpr int soundBitRate = 128000;

struct MuxerDeleter
{
    void operator()(AVFormatContext* context) const
    {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};

} // namespace

class VideoWriter::Impl
{
public:
    bool open(const QString& path, QSize size, bool sound)
    {
        if (av_log_get_level() == AV_LOG_INFO) // the default: twenty lines for each clip
            av_log_set_level(AV_LOG_ERROR);
        AVFormatContext* muxer = nullptr;
        if (avformat_alloc_output_context2(&muxer, nullptr, "mp4", path.toUtf8().constData()) < 0)
            return false;
        m_muxer.reset(muxer);
        m_packet.reset(av_packet_alloc());
        if (!openVideo(size) || (sound && !openSound()))
            return false;
        if (avio_open(&m_muxer->pb, m_muxer->url, AVIO_FLAG_WRITE) < 0)
            return false;
        AVDictionary* options = nullptr;
        av_dict_set(&options, "movflags", "+faststart", 0);
        const int written = avformat_write_header(m_muxer.get(), &options);
        av_dict_free(&options);
        return written >= 0;
    }

    bool addFrame(const QImage& image)
    {
        if (av_frame_make_writable(m_picture.get()) < 0)
            return false;
        const std::array<const uint8_t*, 1> source{image.constBits()};
        const std::array<int, 1> stride{static_cast<int>(image.bytesPerLine())};
        sws_scale(m_scaler.get(), source.data(), stride.data(), 0, image.height(), m_picture->data,
                  m_picture->linesize);
        m_picture->pts = m_frames++;
        return encode(m_video.get(), m_picture.get(), m_videoStream);
    }

    bool addSound(std::span<const float> samples)
    {
        if (!m_sound)
            return true;
        m_pending.insert(m_pending.end(), samples.begin(), samples.end());
        const auto block = static_cast<std::size_t>(m_sound->frame_size) * 2;
        std::size_t used = 0;
        for (; m_pending.size() - used >= block; used += block) {
            if (!encodeSound(std::span(m_pending).subspan(used, block)))
                return false;
        }
        m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(used));
        return true;
    }

    bool finish()
    {
        if (!encode(m_video.get(), nullptr, m_videoStream))
            return false;
        if (m_sound && !m_pending.empty() && !encodeSound(m_pending))
            return false;
        if (m_sound && !encode(m_sound.get(), nullptr, m_soundStream))
            return false;
        return av_write_trailer(m_muxer.get()) >= 0;
    }

private:
    bool openVideo(QSize size)
    {
        const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
        if (!codec)
            codec = avcodec_find_encoder(AV_CODEC_ID_H264);
        if (!codec)
            return false;
        m_video.reset(avcodec_alloc_context3(codec));
        m_video->width = size.width();
        m_video->height = size.height();
        m_video->pix_fmt = AV_PIX_FMT_YUV420P;
        m_video->time_base = {1, framesPerSecond};
        m_video->framerate = {framesPerSecond, 1};
        m_video->gop_size = framesPerSecond;
        m_video->thread_count = 1; // two clips may be rendered at a time, beside a window
        m_video->color_range = AVCOL_RANGE_MPEG;
        m_video->colorspace = AVCOL_SPC_BT709;
        m_video->color_primaries = AVCOL_PRI_BT709;
        m_video->color_trc = AVCOL_TRC_BT709;
        av_opt_set(m_video->priv_data, "preset", "superfast", 0);
        av_opt_set(m_video->priv_data, "crf", "22", 0);
        if (!addStream(m_video.get(), codec, m_videoStream))
            return false;

        m_picture.reset(av_frame_alloc());
        m_picture->format = m_video->pix_fmt;
        m_picture->width = size.width();
        m_picture->height = size.height();
        m_scaler.reset(sws_getContext(size.width(), size.height(), AV_PIX_FMT_BGRA, size.width(), size.height(),
                                      AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
        if (!m_scaler || av_frame_get_buffer(m_picture.get(), 0) < 0)
            return false;
        const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
        sws_setColorspaceDetails(m_scaler.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
        return true;
    }

    bool openSound()
    {
        const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
        if (!codec)
            return false;
        m_sound.reset(avcodec_alloc_context3(codec));
        m_sound->sample_fmt = AV_SAMPLE_FMT_FLTP;
        m_sound->sample_rate = samplesPerSecond;
        av_channel_layout_default(&m_sound->ch_layout, 2);
        m_sound->bit_rate = soundBitRate;
        m_sound->time_base = {1, samplesPerSecond};
        return addStream(m_sound.get(), codec, m_soundStream);
    }

    bool addStream(AVCodecContext* encoder, const AVCodec* codec, AVStream*& stream)
    {
        if (m_muxer->oformat->flags & AVFMT_GLOBALHEADER)
            encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        if (avcodec_open2(encoder, codec, nullptr) < 0)
            return false;
        stream = avformat_new_stream(m_muxer.get(), nullptr);
        if (!stream || avcodec_parameters_from_context(stream->codecpar, encoder) < 0)
            return false;
        stream->time_base = encoder->time_base;
        stream->avg_frame_rate = encoder->framerate;
        return true;
    }

    bool encodeSound(std::span<const float> samples)
    {
        const AvPointer<AVFrame> frame(av_frame_alloc());
        frame->format = m_sound->sample_fmt;
        frame->sample_rate = m_sound->sample_rate;
        frame->nb_samples = static_cast<int>(samples.size() / 2);
        av_channel_layout_copy(&frame->ch_layout, &m_sound->ch_layout);
        if (av_frame_get_buffer(frame.get(), 0) < 0)
            return false;
        auto* left = reinterpret_cast<float*>(frame->data[0]);
        auto* right = reinterpret_cast<float*>(frame->data[1]);
        for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
            *left++ = samples[i];
            *right++ = samples[i + 1];
        }
        frame->pts = m_samples;
        m_samples += frame->nb_samples;
        return encode(m_sound.get(), frame.get(), m_soundStream);
    }

    /// frame: null at the end.
    bool encode(AVCodecContext* encoder, const AVFrame* frame, const AVStream* stream)
    {
        if (avcodec_send_frame(encoder, frame) < 0)
            return false;
        int received = 0;
        while ((received = avcodec_receive_packet(encoder, m_packet.get())) >= 0) {
            av_packet_rescale_ts(m_packet.get(), encoder->time_base, stream->time_base);
            m_packet->stream_index = stream->index;
            if (encoder == m_video.get() && m_packet->duration == 0)
                m_packet->duration = av_rescale_q(1, encoder->time_base, stream->time_base);
            if (av_interleaved_write_frame(m_muxer.get(), m_packet.get()) < 0)
                return false;
        }
        return received == AVERROR(EAGAIN) || received == AVERROR_EOF;
    }

    std::unique_ptr<AVFormatContext, MuxerDeleter> m_muxer;
    AvPointer<AVCodecContext> m_video;
    AvPointer<AVCodecContext> m_sound;
    AvPointer<AVFrame> m_picture;
    AvPointer<AVPacket> m_packet;
    AvPointer<SwsContext> m_scaler;
    AVStream* m_videoStream = nullptr; // of the muxer
    AVStream* m_soundStream = nullptr;
    int64_t m_frames = 0;
    int64_t m_samples = 0;
    std::vector<float> m_pending; ///< less than the encoder takes at once
};

VideoWriter::VideoWriter() : m_impl(std::make_unique<Impl>()) {}

VideoWriter::~VideoWriter() = default;

bool VideoWriter::open(const QString& path, QSize size, bool sound)
{
    return m_impl->open(path, size, sound);
}

bool VideoWriter::addFrame(const QImage& image)
{
    return m_impl->addFrame(image);
}

bool VideoWriter::addSound(std::span<const float> samples)
{
    return m_impl->addSound(samples);
}

bool VideoWriter::finish()
{
    return m_impl->finish();
}

} // namespace clipkiln::simulator
