// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/generationrequest.h"

#include <QPixmap>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QAbstractButton;
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class PreparationPool;
class ReferenceTile;
class Theme;

/// The numbered reference images of a request and a tile that adds more.
class ReferenceStrip final : public QWidget
{
    Q_OBJECT

public:
    ReferenceStrip(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent = nullptr);

    /// In their order; one that is still loading is an empty input, so that the numbers of the others stay.
    [[nodiscard]] QList<Input> inputs() const;
    [[nodiscard]] QList<QPixmap> previews() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_tiles.size()); }
    [[nodiscard]] int most() const { return m_most; }
    [[nodiscard]] bool isLoading() const;

    /// How many the model takes; those beyond stay, for validate() to speak of.
    void setMost(int most);
    void setInputs(const QList<Input>& inputs);
    void add(const Input& input);
    /// Adds all images the data holds, as far as there is room; false when it has none.
    bool takeFrom(const QMimeData& mime);
    /// Asks for files.
    void choose();

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// As those of InputSlot, of any of them; also another order.
    void changed();
    void loaded();
    void failed(const clipkiln::Error& error);
    /// There was no room for so many more.
    void leftOut(int count);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class AddTile;

    [[nodiscard]] bool hasRoom() const { return count() < m_most; }
    void addFiles(const QStringList& paths);
    ReferenceTile* append();
    void remove(ReferenceTile* tile);
    void moveTo(ReferenceTile* tile, qsizetype index);
    void focus(qsizetype index);
    void orderTabs();
    void place();
    [[nodiscard]] int columnsFor(int width) const;
    [[nodiscard]] QRect placeOf(qsizetype index) const;

    Theme& m_theme;
    Dialogs& m_dialogs;
    PreparationPool& m_pool;
    QString m_folder; ///< where the last files were picked
    int m_most = 1;
    QList<ReferenceTile*> m_tiles;
    ReferenceTile* m_dragged = nullptr;
    QAbstractButton* m_add;
};

} // namespace clipkiln
