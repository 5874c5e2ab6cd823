// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/prompttags.h"

#include "gui/look/theme.h"

#include <QKeyEvent>
#include <QRegularExpression>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize previewSize(36, 24);
constexpr int offerWidth = 150;
constexpr int mostRows = 7;

} // namespace

TagHighlighter::TagHighlighter(Theme& theme, QTextDocument* document) : QSyntaxHighlighter(document), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void TagHighlighter::setImageCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    rehighlight();
}

void TagHighlighter::highlightBlock(const QString& text)
{
    if (m_count < 0)
        return;
    static const QRegularExpression tag(u"<IMAGE_([0-9]+)>"_s);
    auto tags = tag.globalMatch(text);
    while (tags.hasNext()) {
        const QRegularExpressionMatch match = tags.next();
        bool isNumber = false;
        const int number = match.capturedView(1).toInt(&isNumber);
        const bool hasImage = isNumber && number <= m_count;
        setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()),
                  m_theme.color(hasImage ? Token::Accent : Token::Warn));
    }
}

TagOffer::TagOffer(QPlainTextEdit& edit) : QListWidget(&edit), m_edit(edit)
{
    setObjectName(u"tagOffer"_s);
    setRole(this, "popup");
    setAccessibleName(tr("Reference images"));
    setFocusPolicy(Qt::NoFocus);
    setIconSize(previewSize);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    hide();
    edit.installEventFilter(this);
    connect(&edit, &QPlainTextEdit::textChanged, this, &TagOffer::follow);
    connect(&edit, &QPlainTextEdit::cursorPositionChanged, this, &TagOffer::follow);
    connect(this, &QListWidget::itemClicked, this, &TagOffer::take);
}

void TagOffer::setPreviews(const QList<QPixmap>& previews)
{
    const int row = currentRow();
    clear();
    for (qsizetype i = 0; i < previews.size(); ++i) {
        // All icons take the same room, so that the words stand in one column.
        QPixmap icon = previews.at(i);
        if (!icon.isNull())
            icon =
                icon.scaled(previewSize * devicePixelRatioF(), Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation)
                    .copy(QRect(QPoint(), previewSize * devicePixelRatioF()));
        auto* item = new QListWidgetItem(QIcon(icon), tr("Image %1").arg(locale().toString(i + 1)), this);
        item->setData(Qt::UserRole, u"<IMAGE_%1>"_s.arg(i + 1));
    }
    setCurrentRow(std::clamp(row, 0, std::max(0, count() - 1)));
    if (count() == 0)
        close();
}

void TagOffer::follow()
{
    static const QRegularExpression opening(
        u"(?:<|(?<!\\w)@)(?:I|IM|IMA|IMAG|IMAGE|IMAGE_|(?:IMAGE_)?([0-9]{1,2}))?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QTextCursor cursor = m_edit.textCursor();
    const auto match = opening.match(cursor.block().text().left(cursor.positionInBlock()));
    if (count() == 0 || !m_edit.hasFocus() || cursor.hasSelection() || !match.hasMatch())
        return close();
    const bool isNew = m_start < 0;
    m_start = match.capturedStart();
    if (const int number = match.capturedView(1).toInt(); number >= 1 && number <= count())
        setCurrentRow(number - 1);
    else if (isNew)
        setCurrentRow(0);
    showAt(m_edit.cursorRect());
}

void TagOffer::showAt(const QRect& cursor)
{
    QWidget* window = m_edit.window();
    if (parentWidget() != window)
        setParent(window);
    const int rows = std::min(count(), mostRows);
    resize(offerWidth, rows * sizeHintForRow(0) + 2 * frameWidth());
    const QPoint below = m_edit.viewport()->mapTo(window, cursor.bottomLeft()) + QPoint(0, Theme::gap1);
    const QPoint above = m_edit.viewport()->mapTo(window, cursor.topLeft()) - QPoint(0, height() + Theme::gap1);
    const int x = std::clamp(below.x(), 0, std::max(0, window->width() - width()));
    move(x, below.y() + height() <= window->height() ? below.y() : std::max(0, above.y()));
    show();
    raise();
}

void TagOffer::take()
{
    if (m_start < 0 || !currentItem())
        return;
    const QString tag = currentItem()->data(Qt::UserRole).toString();
    QTextCursor cursor = m_edit.textCursor();
    const int start = cursor.block().position() + static_cast<int>(m_start);
    cursor.setPosition(start, QTextCursor::KeepAnchor);
    cursor.insertText(tag);
    m_edit.setTextCursor(cursor);
    close();
}

void TagOffer::close()
{
    m_start = -1;
    hide();
}

bool TagOffer::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide)
        close();
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey || isHidden())
        return QListWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return QListWidget::eventFilter(watched, event);
    const bool takes = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Tab;
    const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
    if (!takes && step == 0 && key->key() != Qt::Key_Escape)
        return QListWidget::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true; // the key itself comes next
    if (takes)
        take();
    else if (step != 0)
        setCurrentRow((currentRow() + step + count()) % count());
    else
        close();
    return true;
}

} // namespace clipkiln
