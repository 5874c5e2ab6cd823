// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/referencestrip.h"

#include "gui/inputs/referencetile.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "inputs/droppedcontent.h"

#include <QAbstractButton>
#include <QFileInfo>
#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int spacing = Theme::gap2;

} // namespace

/// The dashed tile with a plus.
class ReferenceStrip::AddTile final : public QAbstractButton
{
public:
    AddTile(Theme& theme, QWidget* parent) : QAbstractButton(parent), m_theme(theme)
    {
        resize(ReferenceTile::tileSize);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        constexpr int iconSize = 16;
        QPainter painter(this);
        const Token border = hasFocus() ? Token::Accent : underMouse() ? Token::Text3 : Token::Line;
        drawBox(painter, rect(), isDown() ? m_theme.color(Token::Hover) : QColor(), m_theme.color(border),
                Theme::thumbnailRadius, Qt::DashLine);
        const QPixmap plus = m_theme.pixmap(u"plus"_s, iconSize, m_theme.color(Token::Text2), devicePixelRatioF());
        painter.drawPixmap((width() - iconSize) / 2, (height() - iconSize) / 2, plus);
    }

private:
    Theme& m_theme;
};

ReferenceStrip::ReferenceStrip(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_dialogs(dialogs), m_pool(pool), m_add(new AddTile(theme, this))
{
    setObjectName(u"referenceStrip"_s);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_add->setObjectName(u"addReferenceButton"_s);
    m_add->setAccessibleName(tr("Add reference images"));
    m_add->setToolTip(tr("Choose images, or drop or paste them"));
    setFocusProxy(m_add);
    connect(m_add, &QAbstractButton::clicked, this, &ReferenceStrip::choose);
    place();
}

QList<Input> ReferenceStrip::inputs() const
{
    QList<Input> inputs;
    for (ReferenceTile* tile : m_tiles)
        inputs.append(tile->slot().input().value_or(Input()));
    return inputs;
}

QList<QPixmap> ReferenceStrip::previews() const
{
    QList<QPixmap> previews;
    for (ReferenceTile* tile : m_tiles)
        previews.append(tile->slot().preview());
    return previews;
}

bool ReferenceStrip::isLoading() const
{
    return std::any_of(m_tiles.begin(), m_tiles.end(), [](ReferenceTile* tile) { return tile->slot().isLoading(); });
}

void ReferenceStrip::setMost(int most)
{
    m_most = most;
    place();
}

void ReferenceStrip::setInputs(const QList<Input>& inputs)
{
    for (ReferenceTile* tile : std::exchange(m_tiles, {}))
        tile->deleteLater();
    m_dragged = nullptr;
    for (const Input& input : inputs)
        append()->slot().setInput(input);
    place();
    Q_EMIT changed();
}

void ReferenceStrip::add(const Input& input)
{
    if (hasRoom())
        append()->slot().setInput(input);
    else
        Q_EMIT leftOut(1);
}

bool ReferenceStrip::takeFrom(const QMimeData& mime)
{
    const DroppedContent dropped = droppedContentFrom(mime);
    if (!dropped.isImage())
        return false;
    if (!dropped.files.isEmpty())
        addFiles(dropped.files);
    else if (hasRoom())
        append()->slot().takeFrom(mime);
    else
        Q_EMIT leftOut(1);
    return true;
}

void ReferenceStrip::choose()
{
    addFiles(m_dialogs.openImages(this, m_folder));
}

void ReferenceStrip::addFiles(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    m_folder = QFileInfo(paths.first()).path();
    const qsizetype room = std::max(0, m_most - count());
    for (const QString& path : paths.first(std::min(room, paths.size())))
        append()->slot().setFile(path);
    if (paths.size() > room)
        Q_EMIT leftOut(static_cast<int>(paths.size() - room));
}

ReferenceTile* ReferenceStrip::append()
{
    auto* tile = new ReferenceTile(m_theme, m_pool, this);
    m_tiles.append(tile);
    setTabOrder(m_add, tile);
    orderTabs();
    tile->show();
    place();
    InputSlot& slot = tile->slot();
    connect(&slot, &InputSlot::changed, this, &ReferenceStrip::changed);
    connect(&slot, &InputSlot::loaded, this, &ReferenceStrip::loaded);
    connect(&slot, &InputSlot::failed, this, [this, tile](const Error& error) {
        remove(tile);
        Q_EMIT failed(error);
    });
    connect(tile, &ReferenceTile::removeRequested, this, [this, tile] { remove(tile); });
    connect(tile, &ReferenceTile::moveRequested, this,
            [this, tile](int steps) { moveTo(tile, m_tiles.indexOf(tile) + steps); });
    connect(tile, &ReferenceTile::focusRequested, this,
            [this, tile](int steps) { focus(m_tiles.indexOf(tile) + steps); });
    connect(tile, &ReferenceTile::dragged, this, [this, tile](const QPoint& middle) {
        m_dragged = tile;
        for (qsizetype i = 0; i < m_tiles.size(); ++i) {
            if (placeOf(i).contains(middle))
                return moveTo(tile, i);
        }
    });
    connect(tile, &ReferenceTile::letGo, this, [this] {
        m_dragged = nullptr;
        place();
    });
    return tile;
}

void ReferenceStrip::remove(ReferenceTile* tile)
{
    const qsizetype index = m_tiles.indexOf(tile);
    if (index < 0)
        return;
    const bool hadFocus = tile->hasFocus();
    m_tiles.removeAt(index);
    if (m_dragged == tile)
        m_dragged = nullptr;
    tile->hide();
    tile->deleteLater();
    place();
    if (hadFocus)
        focus(std::min(index, m_tiles.size() - 1));
    Q_EMIT changed();
}

void ReferenceStrip::moveTo(ReferenceTile* tile, qsizetype index)
{
    const qsizetype from = m_tiles.indexOf(tile);
    if (from == index || index < 0 || index >= m_tiles.size())
        return;
    m_tiles.move(from, index);
    orderTabs();
    place();
    Q_EMIT changed();
}

void ReferenceStrip::focus(qsizetype index)
{
    if (index >= 0 && index < m_tiles.size())
        m_tiles.at(index)->setFocus(Qt::OtherFocusReason);
    else if (hasRoom())
        m_add->setFocus(Qt::OtherFocusReason);
}

void ReferenceStrip::orderTabs()
{
    for (qsizetype i = 1; i < m_tiles.size(); ++i)
        setTabOrder(m_tiles.at(i - 1), m_tiles.at(i));
    setTabOrder(m_tiles.last(), m_add);
}

void ReferenceStrip::place()
{
    for (qsizetype i = 0; i < m_tiles.size(); ++i) {
        ReferenceTile* tile = m_tiles.at(i);
        tile->setNumber(static_cast<int>(i) + 1);
        if (tile != m_dragged)
            tile->setGeometry(placeOf(i));
    }
    m_add->setGeometry(placeOf(m_tiles.size()));
    m_add->setVisible(hasRoom());
    updateGeometry();
}

int ReferenceStrip::columnsFor(int width) const
{
    return std::max(1, (width + spacing) / (ReferenceTile::tileSize.width() + spacing));
}

QRect ReferenceStrip::placeOf(qsizetype index) const
{
    const int column = static_cast<int>(index) % columnsFor(width());
    const int row = static_cast<int>(index) / columnsFor(width());
    const QSize tile = ReferenceTile::tileSize;
    const QPoint corner(column * (tile.width() + spacing), row * (tile.height() + spacing));
    return QStyle::visualRect(layoutDirection(), rect(), {corner, tile});
}

int ReferenceStrip::heightForWidth(int width) const
{
    const int tiles = count() + (hasRoom() ? 1 : 0);
    const int columns = columnsFor(width);
    const int rows = std::max(1, (tiles + columns - 1) / columns);
    return rows * (ReferenceTile::tileSize.height() + spacing) - spacing;
}

QSize ReferenceStrip::sizeHint() const
{
    constexpr int width = Theme::createWidth - 2 * Theme::gap3;
    return {width, heightForWidth(width)};
}

QSize ReferenceStrip::minimumSizeHint() const
{
    return {ReferenceTile::tileSize.width(), heightForWidth(std::max(width(), ReferenceTile::tileSize.width()))};
}

void ReferenceStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace clipkiln
