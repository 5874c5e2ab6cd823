// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/notice.h"

#include "core/plaintext.h"
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
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int edgeWidth = 3;
constexpr int iconSize = 16;
constexpr int buttonSize = 24;
constexpr int mostShown = 2;

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

Notice::Notice(Theme& theme, Subject subject, Kind kind, const QString& sentence, const QString& actionText,
               QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_subject(subject)
    , m_kind(kind)
    , m_icon(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_timer(this)
{
    setObjectName(u"notice"_s);
    setAccessibleName(cleanLine(sentence));
    m_sentence->setText(cleanText(sentence));
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
            if (m_isDismissed)
                return; // a second click would do it twice
            if (!isTrouble())
                dismiss();
            Q_EMIT actionTriggered();
        });
    }

    m_timer.setSingleShot(true);
    m_timer.setInterval(actionText.isEmpty() ? Theme::noticeTime : Theme::undoTime);
    connect(&m_timer, &QTimer::timeout, this, &Notice::dismiss);
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
    m_detail = cleanText(detail);
    m_sentence->setToolTip(cleanToolTip(detail));
}

bool Notice::isBrief() const
{
    return m_subject == Subject::Event && (m_kind == Kind::Info || m_kind == Kind::Done);
}

void Notice::dismiss()
{
    if (std::exchange(m_isDismissed, true))
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
    m_timer.stop();
}

void Notice::leaveEvent(QEvent* event)
{
    QFrame::leaveEvent(event);
    if (isBrief())
        m_timer.start();
}

void Notice::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    if (isBrief() && !underMouse())
        m_timer.start();
}

void Notice::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    m_timer.stop(); // what is folded away or in a hidden panel has not been seen
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

NoticeArea::NoticeArea(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme), m_more(new QPushButton(this))
{
    m_more->setObjectName(u"moreNoticesButton"_s);
    m_more->setAutoDefault(false);
    setRole(m_more, "link");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_isUnfolded = !m_isUnfolded;
        arrange();
    });
    arrange();
}

Notice* NoticeArea::post(Notice::Kind kind, const QString& sentence, const QString& actionText, Notice::Subject subject)
{
    const auto before = m_notices;
    for (Notice* notice : before) {
        if (notice->sentence() == cleanText(sentence))
            notice->dismiss();
    }
    auto* notice = new Notice(m_theme, subject, kind, sentence, actionText, this);
    m_notices.prepend(notice);
    static_cast<QVBoxLayout*>(layout())->insertWidget(0, notice);
    connect(notice, &Notice::dismissed, this, [this, notice] { remove(notice); });
    arrange();
    QAccessibleEvent alert(notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    return notice;
}

Notice* NoticeArea::post(const Error& error, Notice::Subject subject)
{
    const Explanation explanation = explain(error);
    Notice* notice = post(Notice::Kind::Failed, explanation.sentence, explanation.actionText, subject);
    notice->setDetail(error.detail);
    return notice;
}

void NoticeArea::end(Notice::Subject subject)
{
    const auto before = m_notices;
    for (Notice* notice : before) {
        if (notice->subject() == subject)
            notice->dismiss();
    }
}

void NoticeArea::remove(Notice* notice)
{
    m_notices.removeOne(notice);
    layout()->removeWidget(notice);
    arrange();
}

void NoticeArea::arrange()
{
    const auto folded = static_cast<int>(m_notices.size()) - mostShown;
    m_isUnfolded = m_isUnfolded && folded > 0;
    for (qsizetype i = 0; i < m_notices.size(); ++i)
        m_notices.at(i)->setVisible(m_isUnfolded || i < mostShown);
    m_more->setVisible(folded > 0);
    m_more->setText(m_isUnfolded  ? tr("Show fewer")
                    : folded == 1 ? tr("1 more message")
                                  : tr("%n more messages", nullptr, folded));
    setVisible(!m_notices.isEmpty());
}

} // namespace clipkiln
