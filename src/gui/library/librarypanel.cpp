// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/library/librarypanel.h"

#include "core/format.h"
#include "gui/library/clipview.h"
#include "gui/look/theme.h"
#include "gui/models/clipfilter.h"
#include "gui/models/clipmodel.h"
#include "ui_librarypanel.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace clipkiln {

LibraryPanel::LibraryPanel(const Theme& theme, Thumbnails& thumbnails, ClipModel& clips, QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::LibraryPanel>()), m_clips(clips), m_filter(new ClipFilter(this))
{
    m_filter->setSourceModel(&clips);
    m_view = new ClipView(theme, thumbnails, *m_filter, this);
    m_ui->setupUi(this);
    setRole(this, "panel");
    m_ui->panelLayout->addWidget(m_view, 1);

    m_ui->modeCombo->addItem(tr("All modes"));
    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend})
        m_ui->modeCombo->addItem(displayName(mode), static_cast<int>(mode));

    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setSearch(text);
        showFigures();
    });
    connect(m_ui->modeCombo, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant mode = m_ui->modeCombo->currentData();
        m_filter->setMode(mode.isValid() ? std::optional(static_cast<Mode>(mode.toInt())) : std::nullopt);
        showFigures();
    });
    // Of the clips themselves: the filter reports every run of rows that a search removes, thousands at times.
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&clips, signal, this, &LibraryPanel::showFigures);
    connect(&clips, &QAbstractItemModel::dataChanged, this, &LibraryPanel::showFigures);
    connect(&clips, &QAbstractItemModel::modelReset, this, &LibraryPanel::showFigures);
    connect(m_view, &ClipView::clipSelected, this, &LibraryPanel::clipSelected);
    connect(m_view, &ClipView::actionRequested, this, &LibraryPanel::perform);
    showFigures();
}

LibraryPanel::~LibraryPanel() = default;

void LibraryPanel::select(const ClipId& id)
{
    const QModelIndex source = m_clips.indexOf(id);
    if (!source.isValid())
        return;
    if (!m_filter->mapFromSource(source).isValid()) {
        m_ui->searchEdit->clear();
        m_ui->modeCombo->setCurrentIndex(0);
    }
    const QModelIndex index = m_filter->mapFromSource(source);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void LibraryPanel::focusSearch()
{
    m_ui->searchEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchEdit->selectAll();
}

void LibraryPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LocaleChange)
        showFigures();
}

void LibraryPanel::perform(ClipAction action, const Clip& clip)
{
    if (action == ClipAction::Play)
        Q_EMIT clipActivated(clip);
    else if (action == ClipAction::CopyFile)
        QGuiApplication::clipboard()->setMimeData(m_clips.mimeData({m_clips.indexOf(clip.id)}));
    else
        Q_EMIT actionRequested(action, clip);
}

QString LibraryPanel::emptyText() const
{
    switch (m_clips.loadState()) {
    case LoadState::Loading:
        return tr("Loading your clips…");
    case LoadState::Failed:
        return tr("Your clips could not be loaded");
    case LoadState::Loaded:
        break;
    }
    return m_clips.rowCount() == 0 ? tr("Finished clips gather here") : tr("No clip matches this search");
}

void LibraryPanel::showFigures()
{
    const int count = m_filter->rowCount();
    m_view->setEmptyText(emptyText());
    const auto clips = count == 1 ? tr("1 clip") : tr("%n clips", nullptr, count);
    m_ui->figuresLabel->setText(count == 0 ? QString() : clips + u" · "_s + formatSpan(m_filter->totalSeconds()));
}

} // namespace clipkiln
