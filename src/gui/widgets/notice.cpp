// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/notice.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int edgeWidth = 3;
constexpr int iconSize = 16;
constexpr int buttonSize = 24;
constexpr int mostNotices = 2;

QString iconName(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Info:
        return u"info"_s;
    case Notice::Kind::Warn:
        return u"warning"_s;
    case Notice::Kind::Failed:
        return u"error"_s;
    case Notice::Kind::Done:
        return u"check"_s;
    }
    Q_UNREACHABLE();
}

QToolButton* iconButton(Theme& theme, const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(theme.icon(icon));
    button->setIconSize(QSize(iconSize, iconSize));
    button->setFixedSize(buttonSize, buttonSize);
    button->setToolTip(name);
    button->setAccessibleName(name);
    setRole(button, "icon");
    return button;
}

} // namespace

Notice::Notice(Theme& theme, Kind kind, const QString& sentence, const QString& actionText, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_kind(kind)
    , m_icon(new QLabel(this))
    , m_sentence(new QLabel(sentence, this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"notice"_s);
    setAccessibleName(sentence);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setObjectName(u"noticeSentence"_s);
    // The first line of the sentence stands in the middle of icon and buttons.
    const int padding = std::max(0, (buttonSize - m_sentence->fontMetrics().height()) / 2);
    m_sentence->setContentsMargins(0, padding, 0, padding);
    m_icon->setFixedSize(iconSize, buttonSize);

    auto* copyButton = iconButton(theme, u"copy"_s, tr("Copy message"), this);
    copyButton->setObjectName(u"copyNoticeButton"_s);
    auto* closeButton = iconButton(theme, u"close"_s, tr("Close message"), this);
    closeButton->setObjectName(u"closeNoticeButton"_s);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    buttons->addWidget(copyButton);
    buttons->addWidget(closeButton);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(Theme::gap3, Theme::gap1, Theme::gap1, Theme::gap1);
    layout->setHorizontalSpacing(Theme::gap2);
    layout->setVerticalSpacing(0);
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_icon, 0, 0, Qt::AlignTop);
    layout->addWidget(m_sentence, 0, 1);
    layout->addLayout(buttons, 0, 2, Qt::AlignTop);

    if (!actionText.isEmpty()) {
        auto* action = new QPushButton(actionText, this);
        action->setObjectName(u"noticeActionButton"_s);
        setRole(action, "link");
        layout->addWidget(action, 1, 1, Qt::AlignLeading);
        setTabOrder(action, copyButton);
        connect(action, &QPushButton::clicked, this, [this] {
            if (isHidden())
                return; // taken already: a second click is no second wish
            dismiss();
            Q_EMIT actionTriggered();
        });
    }

    m_timer->setSingleShot(true);
    m_timer->setInterval(Theme::noticeTime);
    connect(m_timer, &QTimer::timeout, this, &Notice::dismiss);
    connect(copyButton, &QToolButton::clicked, this, &Notice::copy);
    connect(closeButton, &QToolButton::clicked, this, &Notice::dismiss);
    connect(&theme, &Theme::changed, this, &Notice::showKind);
    showKind();
}

QString Notice::sentence() const
{
    return m_sentence->text();
}

void Notice::setDetail(const QString& detail)
{
    m_detail = detail;
    m_sentence->setToolTip(detail.toHtmlEscaped());
}

void Notice::closeLater()
{
    m_goesByItself = true;
    m_timer->start();
}

void Notice::dismiss()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT dismissed();
    deleteLater();
}

void Notice::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    drawBox(painter, rect(), m_theme.color(Token::Raised), m_theme.color(Token::Line), Theme::radius);
    QPainterPath box;
    box.addRoundedRect(rect(), Theme::radius, Theme::radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(box);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, edgeWidth, height())), edgeColor());
}

void Notice::enterEvent(QEnterEvent* event)
{
    QFrame::enterEvent(event);
    m_timer->stop();
}

void Notice::leaveEvent(QEvent* event)
{
    QFrame::leaveEvent(event);
    if (m_goesByItself)
        m_timer->start();
}

QColor Notice::edgeColor() const
{
    switch (m_kind) {
    case Kind::Info:
        return m_theme.color(Token::Info);
    case Kind::Warn:
        return m_theme.color(Token::Warn);
    case Kind::Failed:
        return m_theme.color(Token::Failed);
    case Kind::Done:
        return m_theme.color(Token::Done);
    }
    Q_UNREACHABLE();
}

void Notice::showKind()
{
    m_icon->setPixmap(m_theme.pixmap(iconName(m_kind), iconSize, edgeColor(), devicePixelRatioF()));
    update();
}

void Notice::copy() const
{
    QGuiApplication::clipboard()->setText(m_detail.isEmpty() ? sentence() : sentence() + u'\n' + m_detail);
}

NoticeArea::NoticeArea(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::gap2);
    hide();
}

Notice* NoticeArea::post(Notice::Kind kind, const QString& sentence, const QString& actionText)
{
    const auto before = m_notices;
    for (Notice* notice : before) {
        if (notice->sentence() == sentence)
            notice->dismiss();
    }
    while (m_notices.size() >= mostNotices)
        m_notices.last()->dismiss();

    auto* notice = new Notice(m_theme, kind, sentence, actionText, this);
    m_notices.prepend(notice);
    static_cast<QVBoxLayout*>(layout())->insertWidget(0, notice);
    connect(notice, &Notice::dismissed, this, [this, notice] {
        m_notices.removeOne(notice);
        layout()->removeWidget(notice);
        setVisible(!m_notices.isEmpty());
    });
    if (kind == Notice::Kind::Done && actionText.isEmpty())
        notice->closeLater();
    notice->show();
    show();
    QAccessibleEvent alert(notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    return notice;
}

Notice* NoticeArea::post(const Error& error)
{
    const Explanation explanation = explain(error);
    Notice* notice = post(Notice::Kind::Failed, explanation.sentence, explanation.actionText);
    notice->setDetail(error.detail);
    return notice;
}

void NoticeArea::clear()
{
    const auto before = m_notices;
    for (Notice* notice : before)
        notice->dismiss();
}

} // namespace clipkiln
