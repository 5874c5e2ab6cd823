// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/promptedit.h"

#include "gui/look/theme.h"
#include "inputs/droppedcontent.h"
#include "settings/settings.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QStyle>
#include <QTextBlock>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int fewestLines = 4;
constexpr int mostLines = 12;
constexpr auto draftDelay = 500ms;

} // namespace

PromptEdit::PromptEdit(Theme& theme, Settings& settings, QWidget* parent)
    : QPlainTextEdit(parent), m_settings(settings), m_count(new QLabel(this)), m_draftTimer(new QTimer(this))
{
    setObjectName(u"promptEdit"_s);
    setAccessibleName(tr("Prompt"));
    setPlaceholderText(tr("Describe the shot: what is there, what moves, how the camera moves, what is heard"));
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    setRole(m_count, "hint");
    m_count->setObjectName(u"promptCountLabel"_s);
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    setPlainText(settings.promptDraft());
    moveCursor(QTextCursor::End);
    showCount();

    m_draftTimer->setSingleShot(true);
    m_draftTimer->setInterval(draftDelay);
    connect(m_draftTimer, &QTimer::timeout, this, &PromptEdit::saveDraft);
    connect(this, &QPlainTextEdit::textChanged, m_draftTimer, qOverload<>(&QTimer::start));
    connect(this, &QPlainTextEdit::textChanged, this, &PromptEdit::showCount);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &QWidget::updateGeometry);
    connect(&theme, &Theme::changed, this, &PromptEdit::placeCount);
}

PromptEdit::~PromptEdit()
{
    if (m_draftTimer->isActive())
        saveDraft();
}

void PromptEdit::setPrompt(const QString& prompt)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(prompt);
    moveCursor(QTextCursor::End);
}

void PromptEdit::setCornerWidget(QWidget* widget)
{
    m_corner = widget;
    m_corner->setParent(this);
    placeCount();
}

QSize PromptEdit::sizeHint() const
{
    // The size of a plain text document counts lines, wrapped ones too.
    const int lines = std::clamp(qRound(document()->size().height()), fewestLines, mostLines);
    const double lineHeight = QFontMetricsF(font()).lineSpacing();
    const int text = static_cast<int>(std::ceil((lines + 0.25) * lineHeight + 2 * document()->documentMargin()));
    const int around = height() - viewport()->height();
    return {Theme::createWidth, text + around};
}

void PromptEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::LayoutDirectionChange)
        placeCount();
}

void PromptEdit::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        if (!event->isAutoRepeat())
            Q_EMIT submitted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void PromptEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeCount();
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const
{
    return droppedContentFrom(*source).kind == DroppedContent::Kind::Text;
}

void PromptEdit::insertFromMimeData(const QMimeData* source)
{
    if (canInsertFromMimeData(source)) {
        insertPlainText(source->text());
        Q_EMIT textPasted(source->text());
    } else {
        Q_EMIT imagePasted(source);
    }
    ensureCursorVisible();
}

void PromptEdit::showCount()
{
    const auto characters = prompt().toUcs4().size();
    m_count->setText(locale().toString(characters));
    m_count->setAccessibleName(tr("Characters: %1").arg(m_count->text()));
}

void PromptEdit::placeCount()
{
    // The count has a strip of its own below the text, so that they never meet.
    const QSize corner = m_corner ? m_corner->sizeHint() : QSize();
    const int strip = std::max(m_count->sizeHint().height(), corner.height());
    setViewportMargins(0, 0, 0, strip);
    const QRect inner = rect().adjusted(Theme::gap2, 0, -Theme::gap2, -Theme::gap2 + 2);
    const QRect place(QPoint(Theme::gap1, inner.bottom() - strip), corner.expandedTo({0, 0}));
    if (m_corner)
        m_corner->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    QRect count(inner.left(), place.top(), inner.width(), strip);
    count.setLeft(std::max(count.left(), place.left() + place.width()));
    m_count->setGeometry(QStyle::visualRect(layoutDirection(), rect(), count));
    // Figures alone have no direction of their own: a label would align them as if left to right.
    m_count->setAlignment((isRightToLeft() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute | Qt::AlignVCenter);
    updateGeometry();
}

void PromptEdit::saveDraft()
{
    m_draftTimer->stop();
    m_settings.setPromptDraft(prompt());
}

} // namespace clipkiln
