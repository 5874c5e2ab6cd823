// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/filespage.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/look/theme.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "jobs/engineproxies.h"
#include "settings/settings.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QStyledItemDelegate>
#include <QTreeWidget>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

using namespace std::chrono_literals;

enum Column { NameColumn, SizeColumn, SentColumn, ExpiryColumn, ColumnCount };

QLabel* makeLabel(const QString& text, const char* role)
{
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    setRole(label, role);
    return label;
}

QComboBox* makeCombo(const QString& name)
{
    auto* combo = new QComboBox;
    combo->setObjectName(name);
    // With the default delegate a combo's list ignores the style sheet's selection.
    combo->setItemDelegate(new QStyledItemDelegate(combo));
    return combo;
}

QLabel* labelFor(QComboBox* combo, const QString& text)
{
    QLabel* label = makeLabel(text, "label");
    label->setBuddy(combo);
    return label;
}

/// As everywhere, but nothing here is tried again by itself.
QString sentenceOf(const Error& error)
{
    if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout)
        return FilesPage::tr("The service does not answer. Press Refresh to ask again.");
    return explain(error).sentence;
}

QString question(const QList<RemoteFile>& files)
{
    if (files.size() == 1)
        return FilesPage::tr("Delete \"%1\" from the service?").arg(files.first().name);
    return FilesPage::tr("Delete %1 files from the service?").arg(files.size());
}

QString meaning(const QList<RemoteFile>& files)
{
    QString text = FilesPage::tr("Files on this computer stay. A job that still works with one of them may fail.");
    const auto foreign = std::ranges::count(files, false, &RemoteFile::sentFromHere);
    if (foreign > 0)
        text += u' ' + FilesPage::tr("Not sent by this Clipkiln: %1. They may belong to another program.").arg(foreign);
    return text;
}

} // namespace

FilesPage::FilesPage(RemoteFilesProxy& remote, Settings& settings, ServiceAccess& access, Dialogs& dialogs,
                     QWidget* parent)
    : QWidget(parent)
    , m_remote(remote)
    , m_settings(settings)
    , m_access(access)
    , m_dialogs(dialogs)
    , m_way(makeCombo(u"sendVideosCombo"_s))
    , m_life(makeCombo(u"uploadLifeCombo"_s))
    , m_place(makeLabel({}, "label"))
    , m_list(new QTreeWidget)
    , m_instead(makeLabel({}, "empty"))
    , m_refresh(new QPushButton(tr("&Refresh")))
    , m_deleteSelected(new QPushButton(tr("Delete &selected…")))
    , m_deleteAll(new QPushButton(tr("Delete &all…")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::gap5, Theme::gap5, Theme::gap5, Theme::gap5);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(makeLabel(tr("Uploaded files"), "heading"));
    layout->addWidget(makeChoices());
    QLabel* hint = makeLabel(tr("An uploaded video is used again until it expires. The service takes about $0.025 "
                                "per GiB and day: $0.001 a day for a clip of 48 MB."),
                             "hint");
    hint->setWordWrap(true);
    layout->addWidget(hint);
    m_place->setObjectName(u"filesPlaceLabel"_s);
    layout->addWidget(m_place);

    m_list->setObjectName(u"filesList"_s);
    m_list->setAccessibleName(tr("Files at the service"));
    m_list->setHeaderLabels({tr("Name"), tr("Size"), tr("Uploaded"), tr("Expires")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_list->header()->setSectionsMovable(false);
    layout->addWidget(m_list, 1);
    m_instead->setObjectName(u"filesInsteadLabel"_s);
    m_instead->setWordWrap(true);
    m_place->setWordWrap(true);
    m_instead->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    layout->addWidget(m_instead, 1);
    layout->addWidget(makeButtons());

    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &FilesPage::updateButtons);
    connect(&m_remote, &RemoteFilesProxy::listed, this,
            [this](const Origin& origin, const QList<RemoteFile>& files, const std::optional<Error>& error) {
                if (origin != m_origin)
                    return;
                m_busy = false;
                showFiles(files);
                if (error)
                    say(sentenceOf(*error));
            });
    connect(&m_remote, &RemoteFilesProxy::deletionEnded, this,
            [this](const Origin&, const std::optional<Error>& error) {
                m_deletionTrouble = error;
                refresh();
            });
    say({});
    updateButtons();
}

QWidget* FilesPage::makeChoices()
{
    m_way->addItems({tr("Uploaded before the request"), tr("Inside the request")}); // as Settings::SendVideos
    m_way->setCurrentIndex(static_cast<int>(m_settings.sendVideos()));
    const std::pair<QString, std::chrono::seconds> lives[] = {
        {tr("1 hour"), 1h}, {tr("24 hours"), 24h}, {tr("7 days"), 7 * 24h}, {tr("30 days"), 30 * 24h}};
    for (const auto& [name, life] : lives) {
        m_life->addItem(name, QVariant(qint64{life.count()}));
        if (life <= m_settings.uploadLife())
            m_life->setCurrentIndex(m_life->count() - 1);
    }
    m_life->setEnabled(m_settings.sendVideos() == Settings::SendVideos::AsFile);
    connect(m_way, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings.setSendVideos(static_cast<Settings::SendVideos>(index));
        m_life->setEnabled(m_settings.sendVideos() == Settings::SendVideos::AsFile);
    });
    connect(m_life, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setUploadLife(std::chrono::seconds(m_life->currentData().toLongLong())); });

    auto* choices = new QWidget;
    auto* grid = new QGridLayout(choices);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Theme::gap4);
    grid->setVerticalSpacing(Theme::gap1);
    grid->addWidget(labelFor(m_way, tr("Source videos are &sent")), 0, 0);
    grid->addWidget(labelFor(m_life, tr("The service &keeps them for")), 0, 1);
    grid->addWidget(m_way, 1, 0);
    grid->addWidget(m_life, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    return choices;
}

QWidget* FilesPage::makeButtons()
{
    m_refresh->setObjectName(u"refreshFilesButton"_s);
    m_deleteSelected->setObjectName(u"deleteSelectedFilesButton"_s);
    m_deleteAll->setObjectName(u"deleteAllFilesButton"_s);
    connect(m_refresh, &QPushButton::clicked, this, [this] {
        m_deletionTrouble.reset();
        refresh();
    });
    connect(m_deleteSelected, &QPushButton::clicked, this, [this] { deleteFiles(selected()); });
    connect(m_deleteAll, &QPushButton::clicked, this, [this] { deleteFiles(m_files); });

    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::gap2);
    row->addWidget(m_refresh);
    row->addStretch();
    row->addWidget(m_deleteSelected);
    row->addWidget(m_deleteAll);
    return buttons;
}

void FilesPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!event->spontaneous() && !m_busy)
        refresh();
}

void FilesPage::refresh()
{
    m_busy = true;
    m_origin = m_access.origin();
    if (m_files.isEmpty())
        say(tr("Asking the service…"));
    updateButtons();
    m_remote.list(m_origin);
}

void FilesPage::showFiles(const QList<RemoteFile>& files)
{
    m_files = files;
    m_list->clear();
    qint64 bytes = 0;
    for (const RemoteFile& file : files) {
        bytes += file.bytes;
        auto* item =
            new QTreeWidgetItem(m_list, {cleanLine(file.name), formatBytes(file.bytes), formatMoment(file.createdAt),
                                         file.expiresAt.isValid() ? formatMoment(file.expiresAt) : tr("never")});
        item->setToolTip(
            NameColumn,
            cleanToolTip(file.sentFromHere ? file.name : tr("%1\nNot sent by this Clipkiln").arg(file.name)));
        item->setTextAlignment(SizeColumn, Qt::AlignTrailing | Qt::AlignVCenter);
    }
    const QString place = m_origin.isSimulated() ? tr("At the simulator, which charges nothing") : tr("At the service");
    m_place->setText(
        files.isEmpty() ? place : tr("%1: %2 files, %3").arg(place, QString::number(files.size()), formatBytes(bytes)));
    if (m_deletionTrouble)
        m_place->setText(tr("Not everything was deleted: %1").arg(cleanLine(sentenceOf(*m_deletionTrouble))));
    say(files.isEmpty() ? tr("Nothing lies there.") : QString());
    updateButtons();
}

void FilesPage::say(const QString& sentence)
{
    m_instead->setText(sentence);
    m_instead->setVisible(!sentence.isEmpty());
    m_list->setVisible(sentence.isEmpty());
}

void FilesPage::updateButtons()
{
    m_refresh->setEnabled(!m_busy);
    m_deleteSelected->setEnabled(!m_busy && !m_list->selectedItems().isEmpty());
    m_deleteAll->setEnabled(!m_busy && !m_files.isEmpty());
}

QList<RemoteFile> FilesPage::selected() const
{
    QList<RemoteFile> files;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->isSelected())
            files.append(m_files.at(row));
    }
    return files;
}

void FilesPage::deleteFiles(const QList<RemoteFile>& files)
{
    if (!m_dialogs.ask(this, {tr("Delete uploaded files"), question(files), meaning(files), tr("Delete"), {}}))
        return;
    QStringList ids;
    for (const RemoteFile& file : files)
        ids.append(file.id);
    m_busy = true;
    updateButtons();
    m_place->setText(tr("Deleting…"));
    m_remote.deleteFiles(m_origin, ids);
}

} // namespace clipkiln
