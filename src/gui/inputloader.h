// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"

#include <QFutureWatcher>
#include <QImage>
#include <QObject>

#include <functional>

namespace clipkiln {

class InputWorkshop;

/// Looks at image and video files and files pasted pictures, off the window's thread. One load at a time: a new one
/// makes the answer to the one before of no interest, and it is not told.
class InputLoader final : public QObject
{
    Q_OBJECT

public:
    /// Pasted pictures become files in the workshop's folder.
    explicit InputLoader(InputWorkshop& workshop, QObject* parent = nullptr);
    ~InputLoader() override;

    void loadFile(const QString& path);
    /// The source of an edit or an extension; whether it is of a length that can be sent is for validate() to say.
    void loadVideo(const QString& path);
    /// A file whose facts are known, of an earlier request: only whether it is still there, and its preview.
    void loadKnown(const LocalFile& file);
    void loadPixels(const QImage& image);
    /// The bytes of a whole PNG, JPEG or WebP file, kept as they are.
    void loadEncoded(const QByteArray& bytes);
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_load != nullptr; }

Q_SIGNALS:
    /// preview: the image itself or a frame of the video, scaled to fit 480 x 480.
    void loaded(const clipkiln::LocalFile& file, const QImage& preview);
    void failed(const clipkiln::Error& error);

private:
    struct Loaded
    {
        LocalFile file;
        QImage preview;
    };

    void start(const std::function<Result<Loaded>()>& work);
    [[nodiscard]] static Result<Loaded> withPreview(const Result<LocalFile>& file);
    [[nodiscard]] static Result<Loaded> filePasted(const QString& folder, const QByteArray& bytes, const QString& name);

    using Load = QFutureWatcher<Result<Loaded>>;

    InputWorkshop& m_workshop;
    Load* m_load = nullptr; ///< whose answer is wanted
};

} // namespace clipkiln
