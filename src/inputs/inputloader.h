// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"
#include "media/prepare/prepare.h"

#include <QFutureWatcher>
#include <QImage>
#include <QObject>

#include <functional>
#include <optional>

namespace clipkiln {

class PreparationPool;

/// A file a person gave, and what goes out for it.
struct LoadedInput
{
    QString original;              ///< path of the file that was given
    PreparedInput whole;           ///< all of it, ready to be sent unless isTooLong
    PreparedInput sent;            ///< what goes out: the whole, a fitted image, a part of a video
    ImageFit fit;                  ///< of the image that is sent; none where it fits by itself
    std::optional<VideoPart> part; ///< of the video that is sent
    double framesPerSecond = 0;
    bool isTooLong = false; ///< a video of which no part was chosen yet: as it was found, not prepared
    QImage preview;         ///< of the whole image, of a video a frame of what is sent; scaled to fit 640 x 640
};

/// Prepares image files, video files and pasted pictures for sending, on the threads of the pool. One load at a time: a
/// new load cancels the one before, which then emits nothing.
class InputLoader final : public QObject
{
    Q_OBJECT

public:
    /// Files that have to be made are written to the pool's folder.
    explicit InputLoader(PreparationPool& pool, QObject* parent = nullptr);
    ~InputLoader() override;

    /// An image of another ratio than the fit's is sent as the fit says.
    void loadFile(const QString& path, const ImageFit& fit = {});
    /// The source of an edit or an extension. One that is longer than `longest` seconds waits for cut(); 0: no limit.
    void loadVideo(const QString& path, double longest = 0);
    /// A file of an earlier request, to be sent as it was then: checks only that it still exists, and makes a preview.
    void loadKnown(const LocalFile& file);
    void loadPixels(const QImage& image, const ImageFit& fit = {});
    /// The bytes of a whole PNG, JPEG or WebP file.
    void loadEncoded(const QByteArray& bytes, const ImageFit& fit = {});

    /// A loaded image, to be sent in another way.
    void refit(const LoadedInput& image, const ImageFit& fit);
    /// A loaded video, of which a part is to be sent, or with nothing the whole.
    void cut(const LoadedInput& video, const std::optional<VideoPart>& part);

    void cancel();
    [[nodiscard]] bool isLoading() const { return m_load != nullptr; }

Q_SIGNALS:
    void loaded(const clipkiln::LoadedInput& input);
    /// How much of a long load is done, 0 to 1.
    void progressed(double done);
    void failed(const clipkiln::Error& error);

private:
    using Outcome = Result<LoadedInput>;
    using Load = QFutureWatcher<Outcome>;

    void start(const std::function<Outcome(const PreparationProgress& progress)>& work);

    PreparationPool& m_pool;
    Load* m_load = nullptr; ///< the load whose result is emitted; nullptr when none runs
};

} // namespace clipkiln
