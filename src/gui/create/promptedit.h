// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

QT_BEGIN_NAMESPACE
class QLabel;
class QTimer;
QT_END_NAMESPACE

namespace clipkiln {

class Settings;
class Theme;

/// The box for the prompt: grows with its text, counts characters, and keeps its draft in the settings.
class PromptEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// Starts with the draft of the last run.
    PromptEdit(Theme& theme, Settings& settings, QWidget* parent = nullptr);
    ~PromptEdit() override;

    [[nodiscard]] QString prompt() const { return toPlainText(); }
    /// Puts another prompt in place; Undo brings the one before back.
    void setPrompt(const QString& prompt);
    /// Stands opposite the count, below the text.
    void setCornerWidget(QWidget* widget);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    /// Ctrl+Enter, once however long it is held.
    void submitted();
    /// Something other than text was pasted; the data lives until the slot returns.
    void imagePasted(const QMimeData* data);
    /// It stands in the prompt already.
    void textPasted(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void showCount();
    void placeCount();
    void saveDraft();

    Settings& m_settings;
    QLabel* m_count;
    QWidget* m_corner = nullptr;
    QTimer* m_draftTimer;
};

} // namespace clipkiln
