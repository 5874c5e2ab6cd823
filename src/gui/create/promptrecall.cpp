// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/promptrecall.h"

#include "gui/create/historypopup.h"
#include "gui/create/promptedit.h"
#include "gui/create/prompthistory.h"
#include "gui/look/theme.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

PromptRecall::PromptRecall(Theme& theme, PromptEdit& edit)
    : QObject(&edit)
    , m_edit(edit)
    , m_history(new PromptHistory(this))
    , m_popup(new HistoryPopup(theme, *m_history, &edit))
{
    auto* button = new QToolButton(&edit);
    button->setObjectName(u"historyButton"_s);
    button->setAccessibleName(tr("Prompt history"));
    button->setToolTip(tr("Earlier prompts. Alt+Up and Alt+Down go through them."));
    button->setCursor(Qt::ArrowCursor);
    button->setFocusPolicy(Qt::NoFocus); // Tab leads on to the settings; the menu has a key for it
    constexpr QSize iconSize(16, 16);
    button->setIconSize(iconSize);
    setRole(button, "icon");
    const auto showIcon = [&theme, button] { button->setIcon(theme.icon(u"clock"_s)); };
    showIcon();
    edit.setCornerWidget(button);
    edit.installEventFilter(this);
    connect(&theme, &Theme::changed, button, showIcon);
    connect(button, &QToolButton::clicked, this, &PromptRecall::open);
    connect(m_popup, &HistoryPopup::taken, this, [this](const QString& prompt) {
        m_edit.setPrompt(prompt);
        m_edit.setFocus(Qt::OtherFocusReason);
    });
    connect(m_popup, &HistoryPopup::forgotten, this, &PromptRecall::forgetRequested);
    // What a person changes is a draft of its own.
    connect(&edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing)
            m_at = -1;
    });
}

void PromptRecall::setPrompts(const QList<PastPrompt>& prompts)
{
    // Where one is in the old list says nothing about the new one; the draft is still there to go back to.
    const QString shown = m_at >= 0 ? m_edit.prompt() : QString();
    m_history->setPrompts(prompts);
    if (m_at < 0)
        return;
    const auto isShown = [&shown](const PastPrompt& past) { return past.prompt == shown; };
    const auto found = std::find_if(prompts.begin(), prompts.end(), isShown);
    m_at = found == prompts.end() ? 0 : found - prompts.begin();
}

QList<Shortcut> PromptRecall::shortcutRows()
{
    const auto native = [](const QString& keys) { return QKeySequence(keys).toString(QKeySequence::NativeText); };
    return {{native(u"Alt+Up"_s), tr("Earlier prompt")}, {native(u"Alt+Down"_s), tr("Later prompt, then the draft")}};
}

void PromptRecall::open()
{
    m_popup->openAt(m_edit);
}

void PromptRecall::goEarlier()
{
    const QList<PastPrompt>& prompts = m_history->prompts();
    qsizetype next = m_at + 1;
    // What stands there already would look as if the key did nothing.
    while (next < prompts.size() && prompts.at(next).prompt == m_edit.prompt())
        ++next;
    if (next >= prompts.size())
        return;
    if (m_at < 0)
        m_draft = m_edit.prompt();
    m_at = next;
    show(prompts.at(next).prompt);
}

void PromptRecall::goLater()
{
    if (m_at < 0)
        return;
    --m_at;
    const QList<PastPrompt>& prompts = m_history->prompts();
    if (m_at >= 0 && prompts.at(m_at).prompt == m_draft)
        --m_at; // it was stepped over on the way
    show(m_at < 0 ? m_draft : prompts.at(m_at).prompt);
}

void PromptRecall::show(const QString& prompt)
{
    const QScopedValueRollback showing(m_showing, true);
    m_edit.setPrompt(prompt);
}

bool PromptRecall::eventFilter(QObject* watched, QEvent* event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (!isOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isOurs = (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down) &&
                        (key->modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier;
    if (!isOurs)
        return QObject::eventFilter(watched, event);
    event->accept();
    if (!isOverride && key->key() == Qt::Key_Up)
        goEarlier();
    else if (!isOverride)
        goLater();
    return true;
}

} // namespace clipkiln
