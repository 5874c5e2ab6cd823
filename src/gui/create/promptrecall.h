// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pastprompt.h"
#include "gui/widgets/shortcut.h"

#include <QObject>

namespace clipkiln {

class HistoryPopup;
class PromptEdit;
class PromptHistory;
class Theme;

/// Brings earlier prompts back into the prompt: Alt+Up and Alt+Down go through them and end at the draft that was
/// there before; a button in its corner opens the whole list.
class PromptRecall final : public QObject
{
    Q_OBJECT

public:
    PromptRecall(Theme& theme, PromptEdit& edit);

    /// Last used first.
    void setPrompts(const QList<PastPrompt>& prompts);
    /// For the list of shortcuts: its keys are no actions.
    [[nodiscard]] static QList<Shortcut> shortcutRows();
    /// The list to search in.
    void open();

Q_SIGNALS:
    void forgetRequested(const QString& prompt);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void goEarlier();
    void goLater();
    void show(const QString& prompt);

    PromptEdit& m_edit;
    PromptHistory* m_history;
    HistoryPopup* m_popup;
    qsizetype m_at = -1; ///< which prompt of the history is shown; -1: the draft itself
    QString m_draft;
    bool m_showing = false; ///< the text changes by us, not by a person
};

} // namespace clipkiln
