// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/inputwell.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/inputs/addressrow.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/hoverbutton.h"

#include <QEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize pictureSize(88, 56);

} // namespace

/// A thumbnail with rounded corners, or an icon in a quiet field while there is none.
class InputWell::Picture final : public QLabel
{
public:
    Picture(Theme& theme, QWidget* parent) : QLabel(parent), m_theme(theme)
    {
        setFixedSize(pictureSize);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setPlaceholder(const QString& icon) { m_placeholder = icon; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        paintCover(painter, rect(), pixmap(), Theme::thumbnailRadius, m_theme, m_placeholder);
    }

private:
    Theme& m_theme;
    QString m_placeholder = u"image"_s;
};

InputWell::InputWell(InputKind kind, Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent)
    : QStackedWidget(parent)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_slot(new InputSlot(kind, pool, this))
    , m_emptyPage(makeEmptyPage())
    , m_addressPage(makeAddressPage())
    , m_filledPage(makeFilledPage())
{
    setObjectName(nameOf("Well"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (QWidget* page : {m_emptyPage, m_addressPage, m_filledPage})
        addWidget(page);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(m_slot, &InputSlot::changed, this, [this] {
        follow();
        Q_EMIT changed();
    });
    connect(m_slot, &InputSlot::loaded, this, [this] {
        follow();
        Q_EMIT loaded();
    });
    connect(m_slot, &InputSlot::failed, this, &InputWell::failed);
    connect(m_slot, &InputSlot::progressed, this, [this] {
        showFacts();
        update();
    });
}

QString InputWell::nameOf(const char* part) const
{
    return (m_slot->kind() == InputKind::Video ? u"video"_s : u"image"_s) + QLatin1StringView(part);
}

QWidget* InputWell::makeEmptyPage()
{
    auto* page = new QWidget(this);
    const bool isVideo = m_slot->kind() == InputKind::Video;
    auto* choose = new QPushButton(isVideo ? tr("Choose video…") : tr("Choose image…"), page);
    choose->setObjectName(isVideo ? u"chooseVideoButton"_s : u"chooseImageButton"_s);
    auto* address = new QPushButton(tr("Address…"), page);
    address->setObjectName(nameOf("AddressButton"));
    address->setToolTip(isVideo ? tr("Use a video on the web") : tr("Use an image on the web"));
    setRole(address, "quiet");
    auto* hint = new QLabel(isVideo ? tr("or drop a file or a clip") : tr("or drop or paste one"), page);
    setRole(hint, "hint");
    hint->setAlignment(Qt::AlignCenter);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::gap1);
    buttons->addStretch();
    buttons->addWidget(choose);
    buttons->addWidget(address);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    layout->setSpacing(Theme::gap1);
    layout->addStretch();
    layout->addLayout(buttons);
    layout->addWidget(hint);
    layout->addStretch();
    connect(choose, &QPushButton::clicked, this, &InputWell::choose);
    connect(address, &QPushButton::clicked, this, &InputWell::enterAddress);
    return page;
}

QWidget* InputWell::makeAddressPage()
{
    auto* page = new QWidget(this);
    const bool isVideo = m_slot->kind() == InputKind::Video;
    m_address =
        new AddressRow(isVideo ? tr("Address of the video") : tr("Address of the image"), nameOf("AddressEdit"), page);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    layout->addStretch();
    layout->addWidget(m_address);
    layout->addStretch();
    connect(m_address, &AddressRow::entered, this, [this](const QUrl& url) { m_slot->setInput(RemoteUrl{url}); });
    connect(m_address, &AddressRow::left, this, &InputWell::clear);
    return page;
}

QWidget* InputWell::makeFilledPage()
{
    auto* page = new QWidget(this);
    m_picture = new Picture(m_theme, page);
    m_name = new ElidedLabel(page);
    m_name->setObjectName(nameOf("NameLabel"));
    m_facts = new ElidedLabel(page);
    m_facts->setObjectName(nameOf("FactsLabel"));
    setRole(m_facts, "hint");
    m_notes = new ElidedLabel(page);
    m_notes->setObjectName(nameOf("NotesLabel"));
    setRole(m_notes, "hint");
    auto* lastLine = new QHBoxLayout;
    lastLine->setSpacing(Theme::gap2);
    lastLine->addWidget(m_notes, 1);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addStretch();
    texts->addWidget(m_name);
    texts->addWidget(m_facts);
    texts->addLayout(lastLine);
    texts->addStretch();
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    layout->setSpacing(10);
    layout->addWidget(m_picture);
    layout->addLayout(texts, 1);
    // Over the end of the texts, which have the whole width while the buttons do not show.
    const bool isVideo = m_slot->kind() == InputKind::Video;
    if (isVideo) {
        m_trim = new QPushButton(tr("Trim…"), page);
        m_trim->setObjectName(u"trimButton"_s);
        m_trim->setToolTip(tr("Use a part of the video"));
        setRole(m_trim, "inline");
        lastLine->addWidget(m_trim);
        connect(m_trim, &QPushButton::clicked, this, &InputWell::trimRequested);
    }
    auto* replace = new HoverButton(m_theme, isVideo ? u"folder"_s : u"image-add"_s,
                                    isVideo ? tr("Replace video") : tr("Replace image"), page);
    replace->setObjectName(isVideo ? u"replaceVideoButton"_s : u"replaceImageButton"_s);
    auto* remove = new HoverButton(m_theme, u"close"_s, isVideo ? tr("Remove video") : tr("Remove image"), page);
    remove->setObjectName(isVideo ? u"removeVideoButton"_s : u"removeImageButton"_s);

    m_buttons = new QWidget(page);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    buttons->addWidget(replace);
    buttons->addWidget(remove);
    connect(replace, &QToolButton::clicked, this, &InputWell::choose);
    connect(remove, &QToolButton::clicked, this, &InputWell::clear);
    return page;
}

void InputWell::setFile(const QString& path)
{
    m_folder = QFileInfo(path).path();
    m_slot->setFile(path);
}

void InputWell::choose()
{
    const QString path =
        m_slot->kind() == InputKind::Video ? m_dialogs.openVideo(this, m_folder) : m_dialogs.openImage(this, m_folder);
    if (!path.isEmpty())
        setFile(path);
}

QSize InputWell::sizeHint() const
{
    return {Theme::createWidth - 2 * Theme::gap3, minimumSizeHint().height()};
}

QSize InputWell::minimumSizeHint() const
{
    int height = pictureSize.height() + 2 * Theme::gap2 + 2;
    for (const QWidget* page : {m_emptyPage, m_addressPage, m_filledPage})
        height = std::max(height, page->minimumSizeHint().height());
    return {0, height};
}

void InputWell::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (currentWidget() == m_filledPage)
        drawBox(painter, rect(), m_theme.color(Token::Raised), m_theme.color(Token::Line), Theme::radius);
    if (currentWidget() == m_filledPage && m_slot->isLoading() && m_slot->progress() > 0) {
        const int done = qRound(m_slot->progress() * (width() - 2 * Theme::radius));
        const QRect bar(Theme::radius, height() - Theme::progressBarHeight - 1, done, Theme::progressBarHeight);
        drawBox(painter, QStyle::visualRect(layoutDirection(), rect(), bar), m_theme.color(Token::Info), {},
                Theme::progressBarHeight / 2.0);
    } else if (currentWidget() != m_filledPage)
        drawBox(painter, rect(), {}, m_theme.color(underMouse() ? Token::Text3 : Token::Line), Theme::radius,
                Qt::DashLine);
}

void InputWell::resizeEvent(QResizeEvent* event)
{
    QStackedWidget::resizeEvent(event);
    const QSize size = m_buttons->sizeHint();
    const QRect corner(width() - size.width() - Theme::gap1, Theme::gap1, size.width(), size.height());
    m_buttons->setGeometry(QStyle::visualRect(layoutDirection(), rect(), corner));
}

void InputWell::enterEvent(QEnterEvent* event)
{
    QStackedWidget::enterEvent(event);
    update();
    m_buttons->update();
}

void InputWell::leaveEvent(QEvent* event)
{
    QStackedWidget::leaveEvent(event);
    update();
    m_buttons->update();
}

void InputWell::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && currentWidget() == m_addressPage)
        clear();
    else if (event->key() == Qt::Key_Delete && currentWidget() == m_filledPage)
        clear();
    else
        QStackedWidget::keyPressEvent(event);
}

void InputWell::enterAddress()
{
    setCurrentWidget(m_addressPage);
    m_address->begin();
    update();
}

void InputWell::follow()
{
    const bool hadFocus = isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    setCurrentWidget(m_slot->isEmpty() ? m_emptyPage : m_filledPage);
    m_picture->setPixmap(m_slot->preview());
    m_picture->setPlaceholder(m_slot->icon());
    m_name->setText(m_slot->name());
    showFacts();
    m_filledPage->setToolTip(cleanToolTip(m_slot->toolTip()));
    const QStringList all = QStringList{m_slot->name(), m_slot->facts()} + m_slot->notes();
    setAccessibleDescription(m_slot->isEmpty() ? QString() : all.join(u", "_s));
    if (m_slot->isEmpty() && hadFocus)
        m_emptyPage->findChild<QPushButton*>()->setFocus();
    update();
}

void InputWell::showFacts()
{
    const bool isPreparing = m_slot->isLoading() && m_slot->progress() > 0;
    m_facts->setText(isPreparing ? tr("Preparing… %1").arg(formatPercent(qRound(m_slot->progress() * 100)))
                                 : m_slot->facts());
    const bool canTrim = m_trim && m_slot->wholeSeconds() > 0;
    const QString notes = m_slot->notes().join(u' ');
    m_notes->setText(notes);
    m_notes->setVisible(canTrim || !notes.isEmpty());
    if (m_trim)
        m_trim->setVisible(canTrim);
}

} // namespace clipkiln
