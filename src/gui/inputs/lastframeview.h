// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace clipkiln {

class Theme;

/// The very last picture of a video: where an extension begins. It is decoded off the window's thread.
class LastFrameView final : public QWidget
{
    Q_OBJECT

public:
    explicit LastFrameView(Theme& theme, QWidget* parent = nullptr);

    /// An empty path, or a file that cannot be decoded, shows nothing.
    void setVideo(const QString& path);
    [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void setPicture(const QPixmap& picture);

    Theme& m_theme;
    QFutureWatcher<QImage> m_watcher; ///< of the last video asked for
    QString m_path;
    QPixmap m_picture;
};

} // namespace clipkiln
