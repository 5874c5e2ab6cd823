// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListView;
QT_END_NAMESPACE

namespace clipkiln {

class PromptFilter;
class PromptHistory;
class Theme;

/// The prompts of the past in a list that narrows while one types. Enter or a click takes one, Delete forgets one.
class HistoryPopup final : public QFrame
{
    Q_OBJECT

public:
    HistoryPopup(Theme& theme, PromptHistory& history, QWidget* parent);

    /// Opens beside a widget, as wide as it, where there is room on its screen.
    void openAt(const QWidget& widget);

Q_SIGNALS:
    void taken(const QString& prompt);
    void forgotten(const QString& prompt);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QModelIndex& index);
    void forget();
    void choose(int row);
    void search(const QString& text);
    void showHint();

    PromptHistory& m_history;
    PromptFilter* m_filter;
    QLineEdit* m_search;
    QListView* m_list;
    QLabel* m_hint;
};

} // namespace clipkiln
