// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QImage>
#include <QObject>

#include <optional>

namespace clipkiln {

class PreparationPool;

/// The pictures of a video that a trim bar shows, decoded off the window's thread.
class TrimFrames final : public QObject
{
    Q_OBJECT

public:
    explicit TrimFrames(PreparationPool& pool, QObject* parent = nullptr);
    ~TrimFrames() override;

    /// Another video, or none; nothing more is emitted for the one before.
    void setVideo(const QString& path);
    /// Small pictures at these times, emitted one by one.
    void readStrip(const QList<double>& seconds, QSize fit);
    /// The exact frame at a time. Of several asked for while one is decoded, only the last is decoded.
    void readFrame(double seconds);

Q_SIGNALS:
    void stripRead(int index, const QImage& picture);
    void frameRead(const QImage& frame);

private:
    void stop();
    void readNextFrame();

    PreparationPool& m_pool;
    QString m_path;
    QFutureWatcher<QImage>* m_strip = nullptr;
    QFutureWatcher<QImage>* m_frame = nullptr;
    std::optional<double> m_next; ///< the frame to be decoded when this one is there
};

} // namespace clipkiln
