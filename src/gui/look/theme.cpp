// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"

#include "gui/look/systemtheme.h"
#include "gui/look/tintedicon.h"

#include <QApplication>
#include <QProxyStyle>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <array>
#include <numeric>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

struct TokenRow
{
    const char* name; ///< as the style sheet below calls it
    QRgb dark;
    QRgb light;
};

// In the order of Token.
constexpr std::array<TokenRow, 17> tokens{{
    {"window", 0xff1b1c1e, 0xfff3f3f1},
    {"panel", 0xff222326, 0xfffbfbfa},
    {"raised", 0xff2b2d31, 0xffffffff},
    {"hover", 0xff303338, 0xffededea},
    {"stage", 0xff0e0f10, 0xff141516},
    {"line", 0xff35373c, 0xffdadad6},
    {"text", 0xffecedee, 0xff1c1d1f},
    {"text2", 0xffa9adb4, 0xff55595f},
    {"text3", 0xff989da5, 0xff656a71},
    {"accent", 0xfff27a45, 0xffb04311},
    {"onAccent", 0xff1d0d05, 0xffffffff},
    {"selected", 0xff3a2c25, 0xfff8e6dd},
    {"info", 0xff62aeeb, 0xff1c69a8},
    {"done", 0xff5fbf90, 0xff23744c},
    {"warn", 0xffe3b84a, 0xff83600e},
    {"moderated", 0xffb794de, 0xff7a52a8},
    {"failed", 0xffef7d78, 0xffb93a36},
}};

// The look of every control that the palette alone does not reach. @name is a token, @stage-name its dark column,
// %name% a size. Longer names come first when replaced, so @text2 is not read as @text.
constexpr char sheet[] = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 8px; }

QAbstractScrollArea { background: @panel; border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: @raised; border: 1px solid @line; border-radius: %radius%px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: %field%px; padding: 0 10px; }
QPlainTextEdit, QTextEdit { padding: 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: @text3; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @text3; background: @panel; }
QLineEdit[role="bare"], QLabel[role="bare"] { border: none; background: transparent; padding: 0; min-height: 0; }

QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/clipkiln/icons/control-down-@scheme.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line; outline: none; padding: 4px;
    selection-background-color: @selected; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:hover { background: @hover; }
QComboBox QAbstractItemView::item:selected { background: @selected; color: @text; }

QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 22px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @hover; }
QAbstractSpinBox::up-arrow { image: url(:/clipkiln/icons/control-up-@scheme.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(:/clipkiln/icons/control-down-@scheme.svg); width: 10px; height: 10px; }

QPushButton { background: @raised; color: @text; border: 1px solid @line; border-radius: %radius%px;
    min-height: %button%px; padding: 0 12px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @text3; background: @panel; }
QPushButton[role="quietMenu"] { background: transparent; border-color: transparent; color: @text2; padding: 0 22px 0 8px; }
QPushButton[role="quietMenu"]:hover { background: @hover; color: @text; }
QPushButton[role="quietMenu"]:focus { border-color: @accent; }
QPushButton::menu-indicator { image: url(:/clipkiln/icons/control-down-@scheme.svg); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; min-height: %primary%px; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[role="primary"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled { background: @hover; color: @text3; border-color: @line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: @text2; padding: 0 8px; }
QPushButton[role="quiet"]:hover { background: @hover; color: @text; }
QPushButton[role="quiet"]:checked { background: @selected; color: @text; }
QPushButton[role="quiet"]:focus { border-color: @accent; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 0; min-height: 22px; }
QPushButton[role="link"]:hover { background: transparent; text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: @accent; }
QPushButton[role="fold"] { background: transparent; border: 1px solid transparent; color: @text2; padding: 0 4px 0 0; min-height: 22px; }
QPushButton[role="fold"]:hover { color: @text; }
QPushButton[role="fold"]:focus { border-color: @accent; }
QPushButton[role="inline"] { background: transparent; border: 1px solid transparent; border-radius: 4px; color: @accent;
    font-size: %small%; padding: 0 2px; min-height: 14px; }
QPushButton[role="inline"]:hover { text-decoration: underline; }
QPushButton[role="inline"]:focus { border-color: @accent; }
QPushButton[role="danger"] { color: @failed; }
QPushButton[role="stage"] { background: @stage-raised; color: @stage-text; border: 1px solid @stage-line; min-height: %stageButton%px; }
QPushButton[role="stage"]:hover { background: @stage-hover; }
QPushButton[role="stage"]:pressed { background: @stage-line; }
QPushButton[role="stage"]:focus { border-color: @stage-accent; }
QPushButton[role="stage"]:disabled { color: @stage-text3; background: @stage; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: %radius%px; padding: 3px; color: @text2; }
QToolButton:hover { background: @hover; color: @text; }
QToolButton:pressed, QToolButton:checked { background: @line; color: @text; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="stageIcon"] { color: @stage-text2; }
QToolButton[role="stageIcon"]:hover { background: @stage-hover; }
QToolButton[role="stageIcon"]:pressed { background: @stage-line; }
QToolButton[role="stageIcon"]:checked { background: @stage-selected; }
QToolButton[role="stageIcon"]:focus { border-color: @stage-accent; }
QToolButton[role="stagePlay"] { background: @stage-raised; padding: 5px; border-radius: 16px;
    min-width: 20px; max-width: 20px; min-height: 20px; max-height: 20px; }
QToolButton[role="stagePlay"]:hover { background: @stage-hover; }
QToolButton[role="stagePlay"]:pressed { background: @stage-line; }
QToolButton[role="stagePlay"]:focus { border-color: @stage-accent; }

QCheckBox, QRadioButton { spacing: 8px; color: @text; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @text3; background: @raised; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus, QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/clipkiln/icons/control-check-@scheme.svg); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 8px; height: 8px; background: @onAccent; }

QMenu { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @selected; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @window; color: @text2; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 6px 10px; background: transparent; }
QMenuBar::item:selected { background: @hover; color: @text; border-radius: 4px; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none; width: 0; height: 0; }

QListView, QTreeView, QTableView { background: @panel; border: none; outline: none; color: @text;
    selection-background-color: @selected; selection-color: @text; alternate-background-color: @raised; }
QTableView { gridline-color: @line; }
QTreeView::item { min-height: %field%px; border: 0 solid transparent; padding: 0 8px; }
QTreeView::item:selected { background: @selected; color: @text; }
QListView[role="bare"] { background: transparent; }
QListView[role="popup"] { background: @raised; border: 1px solid @line; border-radius: %radius%px; padding: 4px; }
QListWidget::item { min-height: %field%px; border: 0 solid transparent; padding: 0 12px; }
QListWidget::item:hover { background: @hover; }
QListWidget::item:selected { background: @selected; color: @text; }
QDialog QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @line; }
QDialog QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QDialog QSlider::handle:horizontal { width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: @text; }
QDialog QSlider::handle:horizontal:focus { border: 2px solid @accent; width: 12px; height: 12px; }
QTableCornerButton::section { background: @panel; border: none; border-bottom: 1px solid @line; }
QHeaderView::section { background: @panel; color: @text3; border: none; border-bottom: 1px solid @line; padding: 6px 8px; }

QMainWindow, QDialog { background: @window; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @line; padding: 0; spacing: 0; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QDockWidget { color: @text2; }
QDockWidget::title { background: @panel; padding: 6px 12px; }
QSplitter::handle { background: @line; }
QStatusBar { background: @window; color: @text2; }

QFrame[role="panel"], QWidget[role="panel"] { background: @panel; border: none; }
QFrame[role="raised"] { background: @raised; border: 1px solid @line; border-radius: %radius%px; }
QFrame[role="separator"] { background: @line; border: none; min-height: 1px; max-height: 1px; }
QFrame[role="separator-vertical"] { background: @line; border: none; min-width: 1px; max-width: 1px; }
QWidget[role="stagePage"] { background: @stage; border: none; }
QWidget[role="stageBar"] { background: @stage-window; border: none; border-top: 1px solid @stage-line; }

QLabel { background: transparent; }
QLabel[role="label"], QLabel[role="hint"] { color: @text3; font-size: %small%; }
QLabel[role="value"] { color: @text2; }
QLabel[role="empty"] { color: @text3; padding-top: 12px; }
QLabel[role="info"], QLabel[role="done"], QLabel[role="warn"], QLabel[role="moderated"], QLabel[role="failed"] { font-weight: 600; }
QLabel[role="info"] { color: @info; }
QLabel[role="done"] { color: @done; }
QLabel[role="warn"] { color: @warn; }
QLabel[role="moderated"] { color: @moderated; }
QLabel[role="failed"] { color: @failed; }
QLabel[role="strong"], QLabel[role="price"] { font-weight: 600; }
QLabel[role="heading"], QLabel[role="stageHeading"] { font-size: %heading%; font-weight: 600; }
QLabel[role="stageHeading"] { color: @stage-text; }
QLabel[role="stageLabel"] { color: @stage-text3; font-size: %small%; }
QLabel[role="stageText"] { color: @stage-text; }
QLabel[role="stageValue"] { color: @stage-text2; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @text2; border: none; padding: 0 2px; margin: 0 12px; min-height: 40px; }
QTabBar::tab:hover, QTabBar::tab:selected { color: @text; }
QTabBar::tab:selected { border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }

QProgressBar { background: @line; border: none; border-radius: 2px; max-height: 4px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
)";

/// Fusion, but for the lines under mnemonics: they clutter every label, and Alt finds the fields without them.
class QuietStyle final : public QProxyStyle
{
public:
    QuietStyle() : QProxyStyle(u"Fusion"_s) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_UnderlineShortcut ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

QColor mixed(const QColor& a, const QColor& b, double part)
{
    const auto channel = [part](float x, float y) { return x + (y - x) * static_cast<float>(part); };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()),
                            channel(a.blueF(), b.blueF()));
}

QString cssSize(const QFont& font)
{
    return font.pointSizeF() > 0 ? u"%1pt"_s.arg(font.pointSizeF()) : u"%1px"_s.arg(font.pixelSize());
}

} // namespace

Theme::Theme(QObject* parent) : QObject(parent) {}

void Theme::applyTo(QApplication& app)
{
    m_app = &app;
    auto* system = new SystemTheme(this);
    m_systemDark = system->isDark();
    connect(system, &SystemTheme::changed, this, [this, system] {
        m_systemDark = system->isDark();
        refresh();
    });
    app.setStyle(new QuietStyle); // the application owns it
    refresh();
}

void Theme::setChoice(Choice choice)
{
    // A style sheet set anew visits every widget there is: a quarter of the start when it was done for nothing.
    if (choice == m_choice)
        return;
    m_choice = choice;
    refresh();
}

void Theme::refresh()
{
    m_dark = m_choice == Choice::Dark || (m_choice == Choice::System && m_systemDark);
    if (!m_app)
        return;
    m_app->setPalette(palette());
    m_app->setStyleSheet(styleSheet());
    Q_EMIT changed();
}

QColor Theme::color(Token token) const
{
    const TokenRow& row = tokens[static_cast<size_t>(token)];
    return QColor::fromRgba(m_dark ? row.dark : row.light);
}

QColor Theme::onStage(Token token) const
{
    return token == Token::Stage ? color(token) : QColor::fromRgba(tokens[static_cast<size_t>(token)].dark);
}

QFont Theme::font(TextSize size, bool strong) const
{
    // The drawings' 11, 13 and 20 pixels, relative to whatever size the person's body text has.
    constexpr double body = 13;
    QFont font = QApplication::font();
    const double factor = size == TextSize::Small ? 11 / body : size == TextSize::Heading ? 20 / body : 1;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    if (strong)
        font.setWeight(QFont::DemiBold);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

QIcon Theme::icon(const QString& name) const
{
    return tintedIcon(name, [this](QIcon::Mode mode, QIcon::State state) {
        if (mode == QIcon::Disabled)
            return mixed(color(Token::Text3), color(Token::Panel), 0.5);
        return color(mode == QIcon::Normal && state == QIcon::Off ? Token::Text2 : Token::Text);
    });
}

QIcon Theme::stageIcon(const QString& name) const
{
    return tintedIcon(name, [this](QIcon::Mode mode, QIcon::State state) {
        if (mode == QIcon::Disabled)
            return mixed(onStage(Token::Text3), onStage(Token::Stage), 0.5);
        if (state == QIcon::On)
            return onStage(Token::Accent);
        return onStage(mode == QIcon::Normal ? Token::Text2 : Token::Text);
    });
}

QPixmap Theme::pixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio) const
{
    return tintedPixmap(name, {size, size}, color, devicePixelRatio);
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, color(Token::Window));
    p.setColor(QPalette::WindowText, color(Token::Text));
    p.setColor(QPalette::Base, color(Token::Raised));
    p.setColor(QPalette::AlternateBase, color(Token::Panel));
    p.setColor(QPalette::Text, color(Token::Text));
    p.setColor(QPalette::Button, color(Token::Raised));
    p.setColor(QPalette::ButtonText, color(Token::Text));
    p.setColor(QPalette::BrightText, color(Token::Failed));
    p.setColor(QPalette::ToolTipBase, color(Token::Raised));
    p.setColor(QPalette::ToolTipText, color(Token::Text));
    p.setColor(QPalette::PlaceholderText, color(Token::Text3));
    p.setColor(QPalette::Highlight, color(Token::Accent));
    p.setColor(QPalette::HighlightedText, color(Token::OnAccent));
    p.setColor(QPalette::Link, color(Token::Accent));
    p.setColor(QPalette::LinkVisited, color(Token::Accent));
    p.setColor(QPalette::Light, color(Token::Hover));
    p.setColor(QPalette::Midlight, color(Token::Hover));
    p.setColor(QPalette::Mid, color(Token::Line));
    p.setColor(QPalette::Dark, color(Token::Line));
    p.setColor(QPalette::Shadow, color(Token::Stage));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, color(Token::Text3));
    return p;
}

QString Theme::styleSheet() const
{
    // A border of 1 pixel on either side stands outside min-height.
    const QList<std::pair<QString, QString>> sizes{
        {u"%radius%"_s, QString::number(radius)},
        {u"%field%"_s, QString::number(fieldHeight - 2)},
        {u"%button%"_s, QString::number(fieldHeight - 2)},
        {u"%primary%"_s, QString::number(primaryHeight - 2)},
        {u"%stageButton%"_s, QString::number(stageButtonHeight - 2)},
        {u"%small%"_s, cssSize(font(TextSize::Small))},
        {u"%heading%"_s, cssSize(font(TextSize::Heading))},
    };
    QString css = QString::fromLatin1(sheet);
    for (const auto& [name, size] : sizes)
        css.replace(name, size);
    css.replace(u"@scheme"_s, m_dark ? u"dark"_s : u"light"_s);
    css.replace(u"@accentHover"_s, mixed(color(Token::Accent), Qt::white, 0.12).name());
    css.replace(u"@accentPressed"_s, mixed(color(Token::Accent), Qt::black, 0.15).name());

    QList<size_t> longestFirst(tokens.size());
    std::iota(longestFirst.begin(), longestFirst.end(), size_t{0});
    std::stable_sort(longestFirst.begin(), longestFirst.end(),
                     [](size_t a, size_t b) { return qstrlen(tokens[a].name) > qstrlen(tokens[b].name); });
    for (const size_t i : longestFirst)
        css.replace(u"@stage-"_s + QLatin1StringView(tokens[i].name), onStage(static_cast<Token>(i)).name());
    for (const size_t i : longestFirst)
        css.replace(u'@' + QLatin1StringView(tokens[i].name), color(static_cast<Token>(i)).name());
    return css;
}

void setRole(QWidget* widget, const char* role)
{
    if (widget->property(roleProperty).toByteArray() == role)
        return;
    widget->setProperty(roleProperty, QString::fromLatin1(role));
    widget->setAttribute(Qt::WA_StyledBackground); // a plain QWidget has no background of its own otherwise
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace clipkiln
