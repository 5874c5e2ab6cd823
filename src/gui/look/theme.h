// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace clipkiln {

/// The colours of the look, by what they are for.
enum class Token {
    Window,
    Panel,
    Raised,
    Hover,
    Stage,
    Line,
    Text,
    Text2,
    Text3,
    Accent,
    OnAccent,
    Selected,
    Info,
    Done,
    Warn,
    Moderated,
    Failed,
};

/// Every colour, size, font and duration of the window. Widgets that paint ask it by name and repaint on changed();
/// all others get their looks from the palette and the one style sheet it gives to the application.
class Theme final : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };

    explicit Theme(QObject* parent = nullptr);

    /// Fusion, palette and style sheet for the application; called once, before the first window.
    void applyTo(QApplication& app);
    void setChoice(Choice choice);
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] QColor color(Token token) const;
    /// The colour on the stage, which is dark in both themes.
    [[nodiscard]] QColor onStage(Token token) const;

    enum class TextSize { Small, Body, Heading };
    /// A font relative to the application's, so that a person's larger font works; figures are tabular.
    [[nodiscard]] QFont font(TextSize size, bool strong = false) const;

    /// A line icon of resources/icons ("play"), tinted; text2 with text on hover by default.
    [[nodiscard]] QIcon icon(const QString& name) const;
    [[nodiscard]] QIcon stageIcon(const QString& name) const;
    /// One crisp pixmap of a line icon in a colour, for delegates. size in logical pixels.
    [[nodiscard]] QPixmap pixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio) const;

    // Logical pixels
    static constexpr int gap1 = 4;
    static constexpr int gap2 = 8;
    static constexpr int gap3 = 12;
    static constexpr int gap4 = 16;
    static constexpr int gap5 = 24;
    static constexpr int radius = 6;
    static constexpr int thumbnailRadius = 4;
    static constexpr int fieldHeight = 32;
    static constexpr int primaryHeight = 36;
    static constexpr int stageButtonHeight = 28;
    static constexpr int queueRowHeight = 70;
    static constexpr int progressBarHeight = 3;
    static constexpr int barHeight = 44; ///< tool bar, tab heads
    static constexpr int createWidth = 328;
    static constexpr int queueWidth = 300;
    static constexpr int queueMinimumWidth = 248; ///< below it states and settings are cut
    static constexpr int libraryHeight = 148;
    // Milliseconds
    static constexpr int noticeTime = 6000; ///< of a notice that goes by itself ("Saved")
    static constexpr int undoTime = 12000;  ///< of one that offers something first ("Undo")

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QString styleSheet() const;
    void refresh();

    QApplication* m_app = nullptr;
    Choice m_choice = Choice::System;
    bool m_dark = true;
    bool m_systemDark = true;
};

/// Style roles: set as dynamic property "role" on a widget, the style sheet does the rest.
/// QPushButton: "primary", "quiet" (no border until hover), "stage" (buttons under the video), "link", "danger",
/// "fold" (opens and closes what is below it), "inline" (a link in a line of small text)
/// QLabel: "label" (small, muted, above fields), "value" (text2), "hint" (text3, small), "heading", "strong", "price"
/// QToolButton: "icon" (bare icon button), "stageIcon", "stagePlay"
/// QFrame: "panel", "raised", "separator"
/// QWidget on the stage: "stagePage", "stageBar" (the strip of actions under the video)
inline constexpr char roleProperty[] = "role";
void setRole(QWidget* widget, const char* role);

} // namespace clipkiln
