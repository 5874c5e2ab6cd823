// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/keyframeruler.h"

#include "core/format.h"
#include "gui/inputs/keyframepin.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/dropoverlay.h"
#include "inputs/droppedcontent.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int placesPerSecond = 3; // CONTRACT.md 3.1
constexpr int margin = Theme::gap1;
constexpr int leaderHeight = 10; ///< between a picture and its place
constexpr int axisHeight = 8;    ///< of the ticks

int nearestPlace(double seconds)
{
    return static_cast<int>(std::lround(seconds * placesPerSecond));
}

double secondsOf(int place)
{
    return static_cast<double>(place) / placesPerSecond;
}

} // namespace

KeyframeRuler::KeyframeRuler(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_dialogs(dialogs), m_pool(pool)
{
    setObjectName(u"keyframeRuler"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
    setAcceptDrops(true);
    setProperty(dropPlaceProperty, true);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        place();
    });
}

QList<KeyframePin*> KeyframeRuler::pins() const
{
    QList<KeyframePin*> pins = m_pins;
    std::stable_sort(pins.begin(), pins.end(),
                     [](const KeyframePin* a, const KeyframePin* b) { return a->seconds() < b->seconds(); });
    return pins;
}

QList<Keyframe> KeyframeRuler::keyframes() const
{
    QList<Keyframe> keyframes;
    const auto sorted = pins();
    for (KeyframePin* pin : sorted)
        keyframes.append({pin->slot().input().value_or(Input()), pin->seconds()});
    return keyframes;
}

void KeyframeRuler::setKeyframes(const QList<Keyframe>& keyframes)
{
    for (KeyframePin* pin : std::exchange(m_pins, {})) {
        pin->hide();
        pin->deleteLater();
    }
    for (const Keyframe& keyframe : keyframes)
        append(keyframe.seconds)->slot().setInput(keyframe.image);
    Q_EMIT changed();
}

bool KeyframeRuler::isLoading() const
{
    return std::any_of(m_pins.begin(), m_pins.end(), [](KeyframePin* pin) { return pin->slot().isLoading(); });
}

void KeyframeRuler::setMost(int most)
{
    m_most = most;
    update();
}

void KeyframeRuler::setSeconds(int seconds)
{
    if (seconds < 1 || seconds == m_seconds)
        return;
    m_seconds = seconds;
    place();
}

void KeyframeRuler::setRatio(QSize ratio)
{
    m_ratio = ratio;
    for (KeyframePin* pin : std::as_const(m_pins))
        pin->slot().setRatio(ratio);
}

int KeyframeRuler::outsideCount() const
{
    return static_cast<int>(
        std::count_if(m_pins.begin(), m_pins.end(), [](const KeyframePin* pin) { return pin->isOutside(); }));
}

void KeyframeRuler::moveInside()
{
    const auto sorted = pins();
    for (KeyframePin* pin : sorted) {
        if (pin->isOutside())
            moveTo(pin, pin->seconds() > 0 ? lastPlace() : 1);
    }
}

int KeyframeRuler::lastPlace() const
{
    return m_seconds * placesPerSecond - 1;
}

bool KeyframeRuler::isFree(int place) const
{
    return std::none_of(m_pins.begin(), m_pins.end(),
                        [place](const KeyframePin* pin) { return nearestPlace(pin->seconds()) == place; });
}

std::optional<int> KeyframeRuler::freePlaceNear(int place) const
{
    const int wanted = std::clamp(place, 1, lastPlace());
    for (int away = 0; away < lastPlace(); ++away) {
        for (const int candidate : {wanted + away, wanted - away}) {
            if (candidate >= 1 && candidate <= lastPlace() && isFree(candidate))
                return candidate;
        }
    }
    return std::nullopt;
}

int KeyframeRuler::middleOfLongestGap() const
{
    int before = 0;
    int middle = 0;
    int longest = 0;
    const auto look = [&](int place) {
        if (place - before > longest) {
            longest = place - before;
            middle = (before + place) / 2;
        }
        before = place;
    };
    const auto sorted = pins();
    for (const KeyframePin* pin : sorted) {
        if (!pin->isOutside())
            look(nearestPlace(pin->seconds()));
    }
    look(lastPlace() + 1);
    return middle;
}

double KeyframeRuler::xOf(double seconds) const
{
    const double part = std::clamp(seconds / m_seconds, 0.0, 1.0);
    const double x = margin + part * (width() - 2 * margin);
    return isRightToLeft() ? width() - x : x;
}

int KeyframeRuler::placeAt(int x) const
{
    const int logical = isRightToLeft() ? width() - x : x;
    const double part = static_cast<double>(logical - margin) / std::max(1, width() - 2 * margin);
    return std::clamp(nearestPlace(part * m_seconds), 1, lastPlace());
}

void KeyframeRuler::add(const Input& input)
{
    if (const auto place = hasRoom() ? freePlaceNear(middleOfLongestGap()) : std::nullopt)
        append(secondsOf(*place))->slot().setInput(input);
    else
        Q_EMIT leftOut(1);
}

void KeyframeRuler::choose()
{
    addFromDialog(middleOfLongestGap());
}

void KeyframeRuler::addFromDialog(int place)
{
    if (!hasRoom()) {
        Q_EMIT leftOut(1);
        return;
    }
    const QString path = m_dialogs.openImage(this, m_folder);
    if (!path.isEmpty())
        addFileAt(path, place);
}

void KeyframeRuler::addFileAt(const QString& path, int place)
{
    m_folder = QFileInfo(path).path();
    if (const auto free = freePlaceNear(place))
        append(secondsOf(*free))->slot().setFile(path);
}

bool KeyframeRuler::takeFrom(const QMimeData& mime, int place)
{
    const DroppedContent dropped = droppedContentFrom(mime);
    if (!dropped.isImage())
        return false;
    const qsizetype offered = std::max<qsizetype>(1, dropped.files.size());
    const qsizetype added = std::min<qsizetype>(offered, std::max(0, m_most - count()));
    if (dropped.files.isEmpty() && added == 1) {
        if (const auto free = freePlaceNear(place))
            append(secondsOf(*free))->slot().takeFrom(mime);
    }
    for (qsizetype i = 0; i < std::min(added, dropped.files.size()); ++i)
        addFileAt(dropped.files.at(i), place + static_cast<int>(i) * placesPerSecond);
    if (added < offered)
        Q_EMIT leftOut(static_cast<int>(offered - added));
    return true;
}

KeyframePin* KeyframeRuler::append(double seconds)
{
    auto* pin = new KeyframePin(m_theme, m_pool, this);
    pin->setSeconds(seconds);
    pin->slot().setRatio(m_ratio);
    m_pins.append(pin);
    pin->show();
    place();
    InputSlot& slot = pin->slot();
    connect(&slot, &InputSlot::changed, this, &KeyframeRuler::changed);
    connect(&slot, &InputSlot::loaded, this, &KeyframeRuler::loaded);
    connect(&slot, &InputSlot::failed, this, [this, pin](const Error& error) {
        remove(pin);
        Q_EMIT failed(error);
    });
    connect(pin, &KeyframePin::removeRequested, this, [this, pin] { remove(pin); });
    connect(pin, &KeyframePin::chooseRequested, this, [this, pin] { chooseFor(pin); });
    connect(pin, &KeyframePin::moveRequested, this, [this, pin](int steps) { moveBy(pin, steps); });
    connect(pin, &KeyframePin::gripped, this, [this, pin] {
        m_gripX = qRound(xOf(pin->seconds()));
        pin->raise();
    });
    connect(pin, &KeyframePin::dragged, this, [this, pin](int way) {
        const int place = placeAt(m_gripX + way);
        if (isFree(place))
            moveTo(pin, place);
    });
    return pin;
}

void KeyframeRuler::remove(KeyframePin* pin)
{
    const bool hadFocus = pin->hasFocus();
    const qsizetype index = pins().indexOf(pin);
    if (!m_pins.removeOne(pin))
        return;
    pin->hide();
    pin->deleteLater();
    place();
    const auto left = pins();
    if (hadFocus && !left.isEmpty())
        left.at(std::min(index, left.size() - 1))->setFocus(Qt::OtherFocusReason);
    else if (hadFocus && focusProxy())
        focusProxy()->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void KeyframeRuler::moveBy(KeyframePin* pin, int steps)
{
    const int from = nearestPlace(pin->seconds());
    const int way = steps > 0 ? 1 : -1;
    // An occupied place is stepped over; from outside the first step leads to the edge.
    int to =
        from > lastPlace() || from < 1 ? std::clamp(from, 1, lastPlace()) : std::clamp(from + steps, 1, lastPlace());
    while (to != from && to >= 1 && to <= lastPlace() && !isFree(to))
        to += way;
    if (to != from && to >= 1 && to <= lastPlace())
        moveTo(pin, to);
}

void KeyframeRuler::moveTo(KeyframePin* pin, int place)
{
    const auto free = nearestPlace(pin->seconds()) == place ? std::optional(place) : freePlaceNear(place);
    if (!free || secondsOf(*free) == pin->seconds())
        return;
    pin->setSeconds(secondsOf(*free));
    this->place();
    Q_EMIT changed();
}

void KeyframeRuler::chooseFor(KeyframePin* pin)
{
    const QString path = m_dialogs.openImage(this, m_folder);
    if (path.isEmpty())
        return;
    m_folder = QFileInfo(path).path();
    pin->slot().setFile(path);
}

void KeyframeRuler::place()
{
    // The pictures stand over their times as nearly as they can without hiding each other.
    const auto sorted = pins();
    const int wide = KeyframePin::pinSize.width();
    QList<int> lefts;
    for (KeyframePin* pin : sorted) {
        pin->setOutside(!(pin->seconds() > 0 && pin->seconds() < m_seconds));
        const double x = isRightToLeft() ? width() - xOf(pin->seconds()) : xOf(pin->seconds());
        const int left = std::max(0, qRound(x) - wide / 2);
        lefts.append(lefts.isEmpty() ? left : std::max(left, lefts.last() + wide + Theme::gap1));
    }
    int most = width() - wide;
    for (qsizetype i = lefts.size() - 1; i >= 0; --i) {
        lefts[i] = std::max(0, std::min(lefts.at(i), most));
        most = lefts.at(i) - wide - Theme::gap1;
        const int left = isRightToLeft() ? width() - lefts.at(i) - wide : lefts.at(i);
        sorted.at(i)->move(left, 0);
    }
    update();
}

int KeyframeRuler::axisTop() const
{
    return KeyframePin::pinSize.height() + leaderHeight;
}

void KeyframeRuler::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (m_pins.isEmpty()) {
        // An empty ruler says what it is for, where the pictures will be.
        const QRectF room(0, 0, width(), KeyframePin::pinSize.height());
        const bool isAimed = m_aim.has_value();
        drawBox(painter, room, isAimed ? m_theme.color(Token::Hover) : QColor(),
                m_theme.color(isAimed ? Token::Accent : Token::Line), Theme::thumbnailRadius, Qt::DashLine);
        painter.setFont(m_theme.font(Theme::TextSize::Small));
        painter.setPen(m_theme.color(Token::Text3));
        painter.drawText(room.adjusted(Theme::gap2, 0, -Theme::gap2, 0),
                         static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                         tr("Click a time, or drop images the clip passes through"));
    }
    paintScale(painter);
    for (const KeyframePin* pin : m_pins) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(pin->isOutside() ? Token::Warn : Token::Accent), 1.5));
        painter.drawLine(QPointF(pin->geometry().center().x(), pin->geometry().bottom() + 1),
                         QPointF(xOf(pin->seconds()), axisTop() + axisHeight));
    }
    paintAim(painter);
}

void KeyframeRuler::paintScale(QPainter& painter) const
{
    const int top = axisTop();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(m_theme.color(Token::Text3));
    painter.drawLine(margin, top + axisHeight, width() - margin, top + axisHeight);
    for (int second = 0; second <= m_seconds; ++second) {
        const int x = qRound(xOf(second));
        painter.drawLine(x, top + axisHeight, x, top + (second % 5 == 0 || second == m_seconds ? 0 : axisHeight / 2));
    }
    painter.setFont(m_theme.font(Theme::TextSize::Small));
    const QRect labels(margin, top + axisHeight + 2, width() - 2 * margin, painter.fontMetrics().height());
    paintLine(painter, labels, Qt::AlignLeading, formatSeconds(0), layoutDirection());
    paintLine(painter, labels, Qt::AlignTrailing, formatSeconds(m_seconds), layoutDirection());
}

void KeyframeRuler::paintAim(QPainter& painter) const
{
    if (!m_aim)
        return;
    const double x = xOf(secondsOf(*m_aim));
    painter.setPen(QPen(m_theme.color(Token::Accent), 1, Qt::DashLine));
    painter.drawLine(QPointF(x, 0), QPointF(x, axisTop() + axisHeight));
    const QString text = formatHundredths(secondsOf(*m_aim));
    const QFontMetrics metrics(painter.font());
    QRect label(0, axisTop() + axisHeight + 2, metrics.horizontalAdvance(text) + Theme::gap2, metrics.height());
    label.moveLeft(std::clamp(qRound(x) - label.width() / 2, 0, width() - label.width()));
    drawBox(painter, label, m_theme.color(Token::Panel), {}, Theme::thumbnailRadius);
    painter.setPen(m_theme.color(Token::Accent));
    paintLine(painter, label, Qt::AlignHCenter, text, layoutDirection(), Qt::ElideNone);
}

void KeyframeRuler::aim(std::optional<int> place)
{
    const auto free = place && hasRoom() ? freePlaceNear(*place) : std::nullopt;
    setCursor(free ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (free == m_aim)
        return;
    m_aim = free;
    update();
}

void KeyframeRuler::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void KeyframeRuler::mouseMoveEvent(QMouseEvent* event)
{
    aim(placeAt(event->position().toPoint().x()));
}

void KeyframeRuler::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !rect().contains(event->position().toPoint()))
        return;
    const int place = placeAt(event->position().toPoint().x());
    aim(std::nullopt);
    addFromDialog(place);
}

void KeyframeRuler::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    aim(std::nullopt);
}

void KeyframeRuler::dragEnterEvent(QDragEnterEvent* event)
{
    dragMoveEvent(event);
}

void KeyframeRuler::dragMoveEvent(QDragMoveEvent* event)
{
    if (!hasRoom() || !droppedContentFrom(*event->mimeData()).isImage())
        return event->ignore();
    aim(placeAt(event->position().toPoint().x()));
    // A copy, or the file manager would take a moved file away.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void KeyframeRuler::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    aim(std::nullopt);
}

void KeyframeRuler::dropEvent(QDropEvent* event)
{
    aim(std::nullopt);
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(takeFrom(*event->mimeData(), placeAt(event->position().toPoint().x())));
}

QSize KeyframeRuler::sizeHint() const
{
    constexpr int width = Theme::createWidth - 2 * Theme::gap3;
    return {width, minimumSizeHint().height()};
}

QSize KeyframeRuler::minimumSizeHint() const
{
    const int labels = QFontMetrics(m_theme.font(Theme::TextSize::Small)).height() + 2;
    return {3 * KeyframePin::pinSize.width(), axisTop() + axisHeight + labels};
}

} // namespace clipkiln
