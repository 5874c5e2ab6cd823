// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/imagewell.h"

#include "gui/elidedlabel.h"
#include "gui/filedialogs.h"
#include "gui/format.h"
#include "gui/incoming.h"
#include "gui/listpainting.h"
#include "gui/painting.h"
#include "gui/theme.h"

#include <QEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize pictureSize(88, 56);
constexpr QSize buttonIconSize(16, 16);

/// Keeps its place but shows itself only while pointer or focus is in the well: quiet, yet within reach of Tab.
class ShyButton final : public QToolButton
{
public:
    ShyButton(Theme& theme, const QString& icon, const QString& name, QWidget* well)
        : QToolButton(well), m_theme(theme), m_well(well)
    {
        setIcon(theme.icon(icon));
        setIconSize(buttonIconSize);
        setToolTip(name);
        setAccessibleName(name);
        setRole(this, "icon");
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        if (!m_well->underMouse() && !hasFocus())
            return;
        QPainter painter(this);
        drawBox(painter, rect(), m_theme.color(Token::Raised), {}, Theme::radius);
        painter.end();
        QToolButton::paintEvent(event);
    }

private:
    Theme& m_theme;
    QWidget* m_well;
};

} // namespace

/// A thumbnail with rounded corners, or an icon in a quiet field while there is none.
class ImageWell::Picture final : public QLabel
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

ImageWell::ImageWell(Theme& theme, const QString& pasteFolder, QWidget* parent)
    : QStackedWidget(parent)
    , m_theme(theme)
    , m_loader(new InputLoader(pasteFolder, this))
    , m_emptyPage(makeEmptyPage())
    , m_addressPage(makeAddressPage())
    , m_filledPage(makeFilledPage())
{
    setObjectName(u"imageWell"_s);
    setAccessibleName(tr("Start image"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (QWidget* page : {m_emptyPage, m_addressPage, m_filledPage})
        addWidget(page);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(m_loader, &InputLoader::loaded, this, [this](const LocalFile& file, const QImage& preview) {
        m_input = file;
        m_picture->setPixmap(QPixmap::fromImage(preview));
        showFacts(file.name,
                  tr("%1 · %2 · %3").arg(formatSize(file.size), formatRatio(file.size), formatBytes(file.bytes)),
                  file.path);
        Q_EMIT changed();
        Q_EMIT loaded();
    });
    connect(m_loader, &InputLoader::failed, this, [this](const Error& error) {
        clear();
        Q_EMIT failed(error);
    });
}

QWidget* ImageWell::makeEmptyPage()
{
    auto* page = new QWidget(this);
    auto* choose = new QPushButton(tr("Choose image…"), page);
    choose->setObjectName(u"chooseImageButton"_s);
    auto* address = new QPushButton(tr("Address…"), page);
    address->setObjectName(u"imageAddressButton"_s);
    address->setToolTip(tr("Use an image on the web"));
    setRole(address, "quiet");
    auto* hint = new QLabel(tr("or drop or paste one"), page);
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
    connect(choose, &QPushButton::clicked, this, &ImageWell::choose);
    connect(address, &QPushButton::clicked, this, &ImageWell::enterAddress);
    return page;
}

QWidget* ImageWell::makeAddressPage()
{
    auto* page = new QWidget(this);
    m_addressEdit = new QLineEdit(page);
    m_addressEdit->setObjectName(u"imageAddressEdit"_s);
    m_addressEdit->setAccessibleName(tr("Address of the image"));
    m_addressEdit->setPlaceholderText(u"https://"_s);
    m_addressEdit->setLayoutDirection(Qt::LeftToRight);
    auto* use = new QPushButton(tr("Use"), page);
    use->setObjectName(u"useAddressButton"_s);
    auto* hint = new QLabel(tr("The service fetches it. Esc goes back."), page);
    setRole(hint, "hint");

    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap2);
    row->addWidget(m_addressEdit, 1);
    row->addWidget(use);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    layout->setSpacing(Theme::gap1);
    layout->addStretch();
    layout->addLayout(row);
    layout->addWidget(hint);
    layout->addStretch();
    connect(m_addressEdit, &QLineEdit::returnPressed, this, &ImageWell::takeAddress);
    connect(use, &QPushButton::clicked, this, &ImageWell::takeAddress);
    return page;
}

QWidget* ImageWell::makeFilledPage()
{
    auto* page = new QWidget(this);
    m_picture = new Picture(m_theme, page);
    m_name = new ElidedLabel(page);
    m_name->setObjectName(u"imageNameLabel"_s);
    m_facts = new ElidedLabel(page);
    m_facts->setObjectName(u"imageFactsLabel"_s);
    setRole(m_facts, "hint");
    auto* texts = new QVBoxLayout;
    texts->setSpacing(Theme::gap1);
    texts->addStretch();
    texts->addWidget(m_name);
    texts->addWidget(m_facts);
    texts->addStretch();
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    layout->setSpacing(10);
    layout->addWidget(m_picture);
    layout->addLayout(texts, 1);
    // Over the end of the texts, which have the whole width while the buttons do not show.
    auto* replace = new ShyButton(m_theme, u"image-add"_s, tr("Replace image"), page);
    replace->setObjectName(u"replaceImageButton"_s);
    auto* remove = new ShyButton(m_theme, u"close"_s, tr("Remove image"), page);
    remove->setObjectName(u"removeImageButton"_s);

    m_buttons = new QWidget(page);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    buttons->addWidget(replace);
    buttons->addWidget(remove);
    connect(replace, &QToolButton::clicked, this, &ImageWell::choose);
    connect(remove, &QToolButton::clicked, this, &ImageWell::clear);
    return page;
}

QSize ImageWell::imageSize() const
{
    const auto* file = m_input ? std::get_if<LocalFile>(&*m_input) : nullptr;
    return file ? file->size : QSize();
}

void ImageWell::setFile(const QString& path)
{
    m_folder = QFileInfo(path).path();
    showLoading(QFileInfo(path).fileName());
    m_loader->loadFile(path);
    Q_EMIT changed();
}

void ImageWell::setInput(const Input& input)
{
    if (const auto* file = std::get_if<LocalFile>(&input)) {
        showLoading(file->name);
        m_loader->loadKnown(*file);
    } else {
        m_loader->cancel();
        m_input = input;
        m_picture->setPixmap({});
        m_picture->setPlaceholder(u"link"_s);
        if (const auto* remote = std::get_if<RemoteUrl>(&input))
            showFacts(remote->url.host(), tr("fetched by the service"), remote->url.toDisplayString());
        else
            showFacts(std::get<UploadedFile>(input).fileId, tr("lies with the service"), {});
    }
    Q_EMIT changed();
}

bool ImageWell::takeFrom(const QMimeData& mime)
{
    const Incoming incoming = incomingFrom(mime);
    if (!incoming.isImage())
        return false;
    if (incoming.kind == Incoming::Kind::Images) {
        setFile(incoming.files.first());
    } else if (incoming.kind == Incoming::Kind::Address) {
        setInput(RemoteUrl{incoming.address});
    } else {
        showLoading(tr("Pasted image"));
        const QString format = encodedImageFormat(mime);
        if (!format.isEmpty())
            m_loader->loadEncoded(mime.data(format));
        else
            m_loader->loadPixels(qvariant_cast<QImage>(mime.imageData()));
        Q_EMIT changed();
    }
    return true;
}

void ImageWell::clear()
{
    m_loader->cancel();
    m_input.reset();
    const bool hadFocus = isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    setCurrentWidget(m_emptyPage);
    if (hadFocus)
        m_emptyPage->findChild<QPushButton*>(u"chooseImageButton"_s)->setFocus();
    Q_EMIT changed();
}

void ImageWell::choose()
{
    const QString path = filedialogs::openImage(this, m_folder);
    if (!path.isEmpty())
        setFile(path);
}

QSize ImageWell::sizeHint() const
{
    return {Theme::createWidth - 2 * Theme::gap3, minimumSizeHint().height()};
}

QSize ImageWell::minimumSizeHint() const
{
    int height = pictureSize.height() + 2 * Theme::gap2 + 2;
    for (const QWidget* page : {m_emptyPage, m_addressPage, m_filledPage})
        height = std::max(height, page->minimumSizeHint().height());
    return {0, height};
}

void ImageWell::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (currentWidget() == m_filledPage)
        drawBox(painter, rect(), m_theme.color(Token::Raised), m_theme.color(Token::Line), Theme::radius);
    else
        drawBox(painter, rect(), {}, m_theme.color(underMouse() ? Token::Text3 : Token::Line), Theme::radius,
                Qt::DashLine);
}

void ImageWell::resizeEvent(QResizeEvent* event)
{
    QStackedWidget::resizeEvent(event);
    const QSize size = m_buttons->sizeHint();
    const QRect corner(width() - size.width() - Theme::gap1, Theme::gap1, size.width(), size.height());
    m_buttons->setGeometry(QStyle::visualRect(layoutDirection(), rect(), corner));
}

void ImageWell::enterEvent(QEnterEvent* event)
{
    QStackedWidget::enterEvent(event);
    update();
    m_buttons->update();
}

void ImageWell::leaveEvent(QEvent* event)
{
    QStackedWidget::leaveEvent(event);
    update();
    m_buttons->update();
}

void ImageWell::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && currentWidget() == m_addressPage)
        clear();
    else if (event->key() == Qt::Key_Delete && currentWidget() == m_filledPage)
        clear();
    else
        QStackedWidget::keyPressEvent(event);
}

void ImageWell::enterAddress()
{
    m_addressEdit->clear();
    setCurrentWidget(m_addressPage);
    m_addressEdit->setFocus();
    update();
}

void ImageWell::takeAddress()
{
    const QUrl url = QUrl::fromUserInput(m_addressEdit->text().trimmed());
    if (m_addressEdit->text().trimmed().isEmpty())
        return clear();
    setInput(RemoteUrl{url});
}

void ImageWell::showLoading(const QString& name)
{
    m_input.reset();
    m_picture->setPixmap({});
    m_picture->setPlaceholder(u"image"_s);
    showFacts(name, tr("Reading…"), {});
}

void ImageWell::showFacts(const QString& name, const QString& facts, const QString& toolTip)
{
    m_name->setText(name);
    m_facts->setText(facts);
    m_filledPage->setToolTip(toolTip);
    setAccessibleDescription(name + u", "_s + facts);
    setCurrentWidget(m_filledPage);
    update();
}

} // namespace clipkiln
