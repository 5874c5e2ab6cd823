// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/presetsdialog.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/notice.h"
#include "settings/presets.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize firstSize(520, 420);
constexpr QSize iconSize(16, 16);

QString fileFilter()
{
    return PresetsDialog::tr("Presets (%1)").arg(u"*.json"_s);
}

} // namespace

PresetsDialog::PresetsDialog(Theme& theme, Dialogs& dialogs, Presets& presets, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_presets(presets)
    , m_notices(new NoticeArea(theme))
    , m_list(new QListWidget(this))
    , m_buttons(new QWidget(this))
    , m_use(nullptr)
    , m_star(nullptr)
    , m_rename(nullptr)
    , m_remove(nullptr)
    , m_export(nullptr)
{
    setObjectName(u"presetsDialog"_s);
    setWindowTitle(tr("Presets"));
    resize(firstSize);
    m_list->setObjectName(u"presetList"_s);
    m_list->setAccessibleName(tr("Presets"));
    m_list->setIconSize(iconSize);
    m_list->installEventFilter(this);

    auto* column = new QVBoxLayout(m_buttons);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap2);
    m_use = addButton(tr("&Use"), "usePresetButton", &PresetsDialog::use);
    m_star = addButton(tr("&Star"), "starPresetButton", &PresetsDialog::star);
    m_rename = addButton(tr("&Rename"), "renamePresetButton", &PresetsDialog::rename);
    m_remove = addButton(tr("&Delete"), "deletePresetButton", &PresetsDialog::removeCurrent);
    column->addStretch();
    addButton(tr("&Import…"), "importPresetsButton", &PresetsDialog::importFile);
    m_export = addButton(tr("&Export…"), "exportPresetsButton", &PresetsDialog::exportFile);

    auto* box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap3);
    row->addWidget(m_list, 1);
    row->addWidget(m_buttons);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::gap4, Theme::gap4, Theme::gap4, Theme::gap4);
    whole->setSpacing(Theme::gap3);
    whole->addWidget(m_notices);
    whole->addLayout(row, 1);
    whole->addWidget(box);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentItemChanged, this, &PresetsDialog::followSelection);
    connect(m_list, &QListWidget::itemChanged, this, &PresetsDialog::takeName);
    connect(&m_presets, &Presets::changed, this, &PresetsDialog::fill, Qt::QueuedConnection); // not while it is edited
    fill();
}

QPushButton* PresetsDialog::addButton(const QString& text, const char* name, void (PresetsDialog::*slot)())
{
    auto* button = new QPushButton(text, m_buttons);
    button->setObjectName(QLatin1StringView(name));
    button->setAutoDefault(false);
    m_buttons->layout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, slot);
    return button;
}

void PresetsDialog::fill()
{
    const QScopedValueRollback filling(m_filling, true);
    const QString before = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
    const int row = m_list->currentRow();
    m_list->clear();
    QPixmap none(iconSize);
    none.fill(Qt::transparent); // names stand in one column, starred or not
    for (const Preset& preset : m_presets.all()) {
        auto* item =
            new QListWidgetItem(preset.starred ? m_theme.icon(u"star"_s) : QIcon(none), cleanLine(preset.name), m_list);
        item->setData(Qt::UserRole, preset.name);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        QStringList facts{formatSettings(preset.request), preset.request.model, preset.request.prompt};
        facts.removeAll(QString());
        item->setToolTip(cleanToolTip(facts.join(u'\n')));
        if (preset.starred)
            item->setData(Qt::AccessibleTextRole, tr("%1, starred").arg(cleanLine(preset.name)));
        if (preset.name == before)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem())
        m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
    followSelection();
}

const Preset* PresetsDialog::current() const
{
    return m_list->currentItem() ? m_presets.find(m_list->currentItem()->data(Qt::UserRole).toString()) : nullptr;
}

void PresetsDialog::followSelection()
{
    const Preset* preset = current();
    for (QPushButton* button : {m_use, m_star, m_rename, m_remove})
        button->setEnabled(preset);
    m_export->setEnabled(!m_presets.all().isEmpty());
    m_star->setText(preset && preset->starred ? tr("Un&star") : tr("&Star"));
}

void PresetsDialog::use()
{
    if (const Preset* preset = current()) {
        const Preset wanted = *preset;
        accept();
        Q_EMIT chosen(wanted);
    }
}

void PresetsDialog::star()
{
    if (const Preset* preset = current())
        report(m_presets.setStarred(preset->name, !preset->starred));
}

void PresetsDialog::rename()
{
    if (m_list->currentItem())
        m_list->editItem(m_list->currentItem());
}

void PresetsDialog::takeName(QListWidgetItem* item)
{
    if (m_filling)
        return;
    const QString name = item->data(Qt::UserRole).toString();
    const QString wanted = item->text().simplified();
    const bool isRefused = report(m_presets.rename(name, wanted));
    const QScopedValueRollback filling(m_filling, true);
    item->setText(isRefused || wanted.isEmpty() ? name : wanted);
    if (!isRefused && !wanted.isEmpty())
        item->setData(Qt::UserRole, wanted);
}

void PresetsDialog::removeCurrent()
{
    const Preset* found = current();
    if (!found)
        return;
    const Preset preset = *found;
    if (report(m_presets.remove(preset.name)))
        return;
    Notice* notice = m_notices->post(Notice::Kind::Info, tr("\"%1\" was deleted.").arg(preset.name), tr("Undo"),
                                     Notice::Subject::Event);
    connect(notice, &Notice::actionTriggered, this, [this, preset] {
        // Its name may have been taken since.
        if (m_presets.find(preset.name))
            m_notices->post(Notice::Kind::Warn,
                            tr("There is a preset named \"%1\" again. Rename it first.").arg(preset.name));
        else
            report(m_presets.put(preset));
    });
}

void PresetsDialog::importFile()
{
    const QString file = m_dialogs.openFile(this, tr("Import presets"), {}, fileFilter());
    if (file.isEmpty())
        return;
    const auto count = m_presets.importFrom(file);
    if (!count)
        report(count.error());
    else
        m_notices->post(Notice::Kind::Done,
                        *count == 1 ? tr("1 preset was added.") : tr("%n presets were added.", nullptr, *count), {},
                        Notice::Subject::Event);
}

void PresetsDialog::exportFile()
{
    const QString file = m_dialogs.saveFile(this, tr("Export presets"), u"clipkiln-presets.json"_s, fileFilter());
    if (!file.isEmpty() && !report(m_presets.exportTo(file)))
        m_notices->post(Notice::Kind::Done, tr("The presets were exported."), {}, Notice::Subject::Event);
}

bool PresetsDialog::report(const std::optional<Error>& error)
{
    if (!error)
        return false;
    // Of a file that cannot be used the detail is the whole sentence.
    if (error->kind == ErrorKind::InputUnusable)
        m_notices->post(Notice::Kind::Warn, error->detail);
    else
        m_notices->post(*error);
    return true;
}

bool PresetsDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Delete && !key->isAutoRepeat()) {
        removeCurrent();
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        use();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace clipkiln
