// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSize>
#include <QWidget>

#include <optional>

namespace clipkiln {

class RatioTile;
class Theme;

/// The aspect ratios a model takes, as tiles with their true shape; in image mode one more, "image", for the image's
/// own.
class RatioTiles final : public QWidget
{
    Q_OBJECT

public:
    explicit RatioTiles(Theme& theme, QWidget* parent = nullptr);

    /// The choice is kept when it is still there, else the first tile is taken.
    void setRatios(const QStringList& ratios, bool withImage);
    /// Gives the "image" tile the shape of the image; an empty size gives it the usual one back.
    void setImageSize(QSize size);
    /// Nothing for "image".
    [[nodiscard]] std::optional<QString> current() const;
    /// Leaves the choice when there is no such tile.
    void setCurrent(const std::optional<QString>& ratio);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void place();
    [[nodiscard]] int columnsFor(int width) const;
    [[nodiscard]] int rowsFor(int width) const;

    Theme& m_theme;
    QList<RatioTile*> m_tiles;
    QSize m_imageSize;
};

} // namespace clipkiln
