// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/settingsdialog.h"
#include "core/keytext.h"

#include "core/files.h"
#include "core/format.h"
#include "core/plaintext.h"
#include "gui/settings/filespage.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "jobs/engineproxies.h"
#include "settings/settings.h"
#include "ui_settingsdialog.h"

#include <QAudioDevice>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMediaDevices>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTemporaryFile>

#include <chrono>
#include <functional>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

bool canWriteInto(const QString& folder)
{
    QTemporaryFile probe(folder + u"/.clipkiln-XXXXXX"_s);
    return QDir().mkpath(folder) && probe.open();
}

constexpr std::int64_t ticksPerCent = Money::ticksPerDollar / 100;

/// The lowest value stands for no limit.
std::optional<Money> limitIn(const QDoubleSpinBox& spin)
{
    const std::int64_t cents = qRound64(spin.value() * 100);
    return cents < 0 ? std::nullopt : std::optional(Money{ticksPerCent} * cents);
}

void showLimit(QDoubleSpinBox& spin, std::optional<Money> limit)
{
    spin.setMinimum(-0.01);
    spin.setValue(limit ? static_cast<double>(limit->ticks / ticksPerCent) / 100 : spin.minimum());
}

} // namespace

SettingsDialog::SettingsDialog(ClipsProxy& clips, RemoteFilesProxy& files, Settings& settings, ServiceAccess& access,
                               Dialogs& dialogs, AppPaths paths, QWidget* parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
    , m_settings(settings)
    , m_access(access)
    , m_dialogs(dialogs)
    , m_paths(std::move(paths))
{
    m_ui->setupUi(this);
    m_ui->clipsHint->setTextFormat(Qt::PlainText); // it may name a folder
    const int filesPage = static_cast<int>(Page::Files);
    m_ui->pages->insertWidget(filesPage, new FilesPage(files, settings, access, dialogs));
    m_ui->pageList->insertItem(filesPage, tr("Uploaded files"));
    connect(m_ui->pageList, &QListWidget::currentRowChanged, m_ui->pages, &QStackedWidget::setCurrentIndex);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::accept);
    // With the default delegate a combo's list ignores the style sheet's selection.
    for (QComboBox* combo : {m_ui->unsentCombo, m_ui->limitCombo, m_ui->themeCombo})
        combo->setItemDelegate(new QStyledItemDelegate(combo));
    setUpService();
    setUpFolders();
    setUpLibrary(clips);
    setUpInputs();
    setUpQueue();
    setUpMoney();
    setUpPlayer();
    setUpLook();
    showPage(Page::Service);
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::showPage(Page page)
{
    m_ui->pageList->setCurrentRow(static_cast<int>(page));
}

void SettingsDialog::setUpService()
{
    connect(m_ui->simulatorRadio, &QRadioButton::clicked, this, [this] { m_access.useSimulator(); });
    connect(m_ui->serviceRadio, &QRadioButton::clicked, this, [this] {
        m_access.useService(this);
        showService();
    });
    connect(m_ui->keyEdit, &QLineEdit::textChanged, this, [this] { showService(); });
    connect(m_ui->keyEdit, &QLineEdit::returnPressed, this, &SettingsDialog::saveKey);
    connect(m_ui->saveKeyButton, &QPushButton::clicked, this, &SettingsDialog::saveKey);
    connect(m_ui->testKeyButton, &QPushButton::clicked, this, [this] {
        const std::optional<Secret> key = typedKey();
        if (!key)
            return;
        m_ui->keyResultLabel->setText(tr("Asking the service…"));
        m_access.checkKey(*key);
    });
    connect(m_ui->removeKeyButton, &QPushButton::clicked, this, [this] {
        m_access.removeKey([self = QPointer(this)](std::optional<Error> error) {
            if (self)
                self->m_ui->keyResultLabel->setText(error ? explain(*error).sentence : tr("The key was removed."));
        });
    });
    connect(m_ui->environmentCheck, &QCheckBox::clicked, &m_access, &ServiceAccess::setUseEnvironmentKey);
    connect(&m_access, &ServiceAccess::changed, this, &SettingsDialog::showService);
    connect(&m_access, &ServiceAccess::keyChecked, this, &SettingsDialog::showKeyCheck);
    showService();
}

void SettingsDialog::showService()
{
    const bool simulated = m_access.origin().isSimulated();
    m_ui->simulatorRadio->setChecked(simulated);
    m_ui->serviceRadio->setChecked(m_access.origin().kind() == Origin::Kind::Service);

    const bool typed = !m_ui->keyEdit->text().trimmed().isEmpty();
    const auto state = m_access.keyState();
    const bool kept = state == ServiceAccess::KeyState::Kept || state == ServiceAccess::KeyState::SessionOnly;
    m_ui->saveKeyButton->setEnabled(typed);
    m_ui->testKeyButton->setEnabled(typed || kept || state == ServiceAccess::KeyState::Environment);
    m_ui->removeKeyButton->setEnabled(kept);
    m_ui->environmentCheck->setVisible(m_access.hasEnvironmentKey());
    m_ui->environmentCheck->setChecked(state == ServiceAccess::KeyState::Environment);

    const auto text = [&] {
        switch (state) {
        case ServiceAccess::KeyState::Unknown:
            return tr("Asking the keychain…");
        case ServiceAccess::KeyState::None:
            return tr("No key is kept. Jobs for the xAI service wait until there is one.");
        case ServiceAccess::KeyState::Kept:
            return tr("A key is kept in the system keychain.");
        case ServiceAccess::KeyState::SessionOnly:
            return tr("There is no keychain to keep the key in, so it is forgotten when Clipkiln quits.");
        case ServiceAccess::KeyState::Environment:
            return tr("The key of the variable XAI_API_KEY is used.");
        }
        return QString();
    };
    m_ui->keyStateLabel->setText(text());
}

std::optional<Secret> SettingsDialog::typedKey()
{
    const Result<Secret> key = keyFromText(m_ui->keyEdit->text());
    if (key)
        return *key;
    m_ui->keyResultLabel->setToolTip({});
    m_ui->keyResultLabel->setText(key.error().detail);
    return std::nullopt;
}

void SettingsDialog::saveKey()
{
    const std::optional<Secret> key = typedKey();
    if (!key || key->isEmpty())
        return;
    m_access.saveKey(*key, [self = QPointer(this)](std::optional<Error> error) {
        if (!self)
            return;
        self->m_ui->keyEdit->clear();
        self->m_ui->keyResultLabel->setText(error ? explain(*error).sentence : tr("The key is kept."));
    });
}

void SettingsDialog::showKeyCheck(const QString& name, const std::optional<Error>& error)
{
    if (error) {
        m_ui->keyResultLabel->setText(explain(*error).sentence);
        m_ui->keyResultLabel->setToolTip(cleanToolTip(error->detail));
        return;
    }
    m_ui->keyResultLabel->setToolTip({});
    m_ui->keyResultLabel->setText(name.isEmpty() ? tr("The service accepts this key.")
                                                 : tr("The service accepts this key: \"%1\".").arg(name));
}

void SettingsDialog::setUpFolders()
{
    connect(m_ui->changeClipsFolderButton, &QPushButton::clicked, this, &SettingsDialog::changeClipsFolder);
    connect(m_ui->openClipsFolderButton, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(clipsFolder())); });
    connect(m_ui->openDataFolderButton, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_paths.dataFolder)); });
    connect(&m_settings, &Settings::foldersChanged, this, &SettingsDialog::showFolders);
    showFolders();
}

void SettingsDialog::setUpLibrary(ClipsProxy& clips)
{
    m_ui->describeCheck->setChecked(m_settings.describeClips());
    connect(m_ui->describeCheck, &QCheckBox::toggled, &m_settings, &Settings::setDescribeClips);
    m_ui->dragDetailsCheck->setChecked(m_settings.dragWithDetails());
    connect(m_ui->dragDetailsCheck, &QCheckBox::toggled, &m_settings, &Settings::setDragWithDetails);

    const auto start = [this](const std::function<void()>& work) {
        for (QPushButton* button : {m_ui->describeAllButton, m_ui->findClipsButton})
            button->setEnabled(false);
        m_ui->libraryLabel->setText(tr("Reading your clips…"));
        work();
    };
    connect(m_ui->describeAllButton, &QPushButton::clicked, this,
            [start, &clips] { start([&clips] { clips.describeAll(); }); });
    connect(m_ui->findClipsButton, &QPushButton::clicked, this,
            [this, start, &clips] { start([this, &clips] { clips.rebuild({clipsFolder()}); }); });
    connect(&clips, &ClipsProxy::libraryProgressed, this, [this](qsizetype done, qsizetype all) {
        m_ui->libraryLabel->setText(tr("%1 of %2 clips read").arg(done).arg(all));
    });
    connect(&clips, &ClipsProxy::libraryEnded, this, [this](const QString& sentences) {
        m_ui->libraryLabel->setText(sentences);
        for (QPushButton* button : {m_ui->describeAllButton, m_ui->findClipsButton})
            button->setEnabled(true);
    });
}

QString SettingsDialog::clipsFolder() const
{
    const QString chosen = m_settings.clipsFolder();
    return chosen.isEmpty() ? m_paths.defaultClipsFolder : chosen;
}

void SettingsDialog::showFolders()
{
    const QString folder = clipsFolder();
    m_ui->clipsFolderEdit->setText(cleanLine(QDir::toNativeSeparators(folder)));
    m_ui->dataFolderEdit->setText(cleanLine(QDir::toNativeSeparators(m_paths.dataFolder)));
    m_ui->clipsHint->setText(
        tr("%1 free. Every finished clip is saved here by itself; clips made so far stay where they are.")
            .arg(formatBytes(freeBytes(folder))));
}

void SettingsDialog::changeClipsFolder()
{
    const QString folder =
        m_dialogs.chooseFolder(this, tr("Where finished clips are kept"), m_ui->clipsFolderEdit->text());
    if (folder.isEmpty())
        return;
    if (!canWriteInto(folder)) {
        m_ui->clipsHint->setText(
            tr("Nothing can be saved in %1. Choose another folder.").arg(cleanLine(QDir::toNativeSeparators(folder))));
        return;
    }
    m_settings.setClipsFolder(folder);
}

void SettingsDialog::setUpInputs()
{
    m_ui->metadataCheck->setChecked(m_settings.removeMetadata());
    connect(m_ui->metadataCheck, &QCheckBox::toggled, &m_settings, &Settings::setRemoveMetadata);
}

void SettingsDialog::setUpQueue()
{
    m_ui->concurrencySpin->setValue(m_settings.concurrency());
    m_ui->pollIntervalSpin->setValue(std::chrono::duration<double>(m_settings.pollInterval()).count());
    m_ui->softLimitSpin->setValue(
        static_cast<int>(std::chrono::floor<std::chrono::minutes>(m_settings.softTimeLimit()).count()));
    m_ui->unsentCombo->setCurrentIndex(static_cast<int>(m_settings.unsentAtStart()));

    connect(m_ui->concurrencySpin, &QSpinBox::valueChanged, &m_settings, &Settings::setConcurrency);
    connect(m_ui->pollIntervalSpin, &QDoubleSpinBox::valueChanged, this, [this](double seconds) {
        m_settings.setPollInterval(
            std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds)));
    });
    connect(m_ui->softLimitSpin, &QSpinBox::valueChanged, this,
            [this](int minutes) { m_settings.setSoftTimeLimit(std::chrono::minutes(minutes)); });
    connect(m_ui->unsentCombo, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_settings.setUnsentAtStart(static_cast<Settings::UnsentAtStart>(index)); });
}

void SettingsDialog::setUpMoney()
{
    const SpendLimits limits = m_settings.spendLimits();
    showLimit(*m_ui->dailyLimitSpin, limits.perDay);
    showLimit(*m_ui->monthlyLimitSpin, limits.perMonth);
    m_ui->limitCombo->setCurrentIndex(limits.refuses ? 1 : 0);
    if (limits.areUnknown)
        m_ui->moneyHint->setText(
            tr("The limits could not be read. Set them again; until then you are asked each time."));

    const auto store = [this] {
        m_settings.setSpendLimits(
            {limitIn(*m_ui->dailyLimitSpin), limitIn(*m_ui->monthlyLimitSpin), m_ui->limitCombo->currentIndex() == 1});
    };
    for (QDoubleSpinBox* spin : {m_ui->dailyLimitSpin, m_ui->monthlyLimitSpin})
        connect(spin, &QDoubleSpinBox::valueChanged, this, store);
    connect(m_ui->limitCombo, &QComboBox::currentIndexChanged, this, store);
}

void SettingsDialog::setUpPlayer()
{
    m_ui->autoPlayCheck->setChecked(m_settings.autoPlay());
    m_ui->loopCheck->setChecked(m_settings.loop());
    m_ui->volumeSlider->setValue(qRound(m_settings.volume() * 100));
    m_ui->soundHint->setText(QMediaDevices::audioOutputs().isEmpty()
                                 ? tr("No sound device was found: clips play without sound.")
                                 : QString());
    connect(m_ui->autoPlayCheck, &QCheckBox::toggled, &m_settings, &Settings::setAutoPlay);
    connect(m_ui->loopCheck, &QCheckBox::toggled, &m_settings, &Settings::setLoop);
    connect(m_ui->volumeSlider, &QSlider::valueChanged, this,
            [this](int percent) { m_settings.setVolume(percent / 100.0); });
}

void SettingsDialog::setUpLook()
{
    m_ui->themeCombo->setCurrentIndex(static_cast<int>(m_settings.theme()));
    connect(m_ui->themeCombo, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_settings.setTheme(static_cast<Settings::Theme>(index)); });
}

} // namespace clipkiln
