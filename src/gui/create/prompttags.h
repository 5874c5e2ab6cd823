// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

namespace clipkiln {

class Theme;

/// Colours the tags of reference images in a prompt (<IMAGE_1>), those without an image as a warning.
class TagHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    TagHighlighter(Theme& theme, QTextDocument* document);

    /// -1: the mode has no tags, nothing is coloured.
    void setImageCount(int count);

protected:
    void highlightBlock(const QString& text) override;

private:
    Theme& m_theme;
    int m_count = -1;
};

/// Offers the reference images where `<` or `@` is typed into a prompt: the arrow keys choose, Enter, Tab or a click
/// takes.
class TagOffer final : public QListWidget
{
    Q_OBJECT

public:
    /// Stands in the window of the edit, above all that is there, without taking the focus.
    explicit TagOffer(QPlainTextEdit& edit);

    /// The images in their order; with none, nothing is offered.
    void setPreviews(const QList<QPixmap>& previews);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void showAt(const QRect& cursor);
    void take();
    void close();

    QPlainTextEdit& m_edit;
    qsizetype m_start = -1; ///< in the text of the block: where the sign stands that opened the offer
};

} // namespace clipkiln
