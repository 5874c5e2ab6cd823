// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPixmap>

#include <memory>

namespace clipkiln {

/// Thumbnails for rows and tiles: answers from its cache at once, or starts work and emits ready() later.
/// Lives on the window's thread; decoding happens on others, and pictures are kept on disk between runs.
class Thumbnails final : public QObject
{
    Q_OBJECT

public:
    explicit Thumbnails(QString folder, QObject* parent = nullptr);
    ~Thumbnails() override;

    /// A picture of an image or video file, at most 480 x 480 pixels, its own ratio; a null one until ready(path).
    /// A file that cannot be read stays null and is not tried again.
    [[nodiscard]] QPixmap find(const QString& path);

    /// The file may have changed: the next find() looks at it again.
    void forget(const QString& path);

    /// All that was asked for is there or cannot be read.
    [[nodiscard]] bool isIdle() const;

Q_SIGNALS:
    /// Also of a file that cannot be read.
    void ready(const QString& path);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace clipkiln
