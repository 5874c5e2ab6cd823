// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/presetmenu.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/create/presetsdialog.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/notice.h"
#include "settings/presets.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qsizetype mostRows = 20; ///< the dialog has them all

} // namespace

PresetMenu::PresetMenu(Theme& theme, Dialogs& dialogs, Presets& presets, std::function<GenerationRequest()> form,
                       NoticeArea& notices, QWidget* parent)
    : QPushButton(tr("Presets"), parent)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_presets(presets)
    , m_form(std::move(form))
    , m_notices(notices)
{
    setObjectName(u"presetsButton"_s);
    setToolTip(tr("Settings kept under a name"));
    setRole(this, "quietMenu");
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &PresetMenu::fill);
    fill(); // a menu without rows does not open everywhere
}

void PresetMenu::fill()
{
    menu()->clear();
    const QList<Preset>& presets = m_presets.all();
    for (const Preset& preset : presets.first(std::min(mostRows, presets.size())))
        addRow(preset);
    if (presets.isEmpty())
        menu()->addAction(tr("No presets yet"))->setEnabled(false);
    menu()->addSeparator();
    menu()->addAction(tr("Save settings as preset…"), this, [this] { save(false); });
    menu()->addAction(tr("Save settings and prompt as preset…"), this, [this] { save(true); });
    menu()->addAction(tr("Manage presets…"), this, &PresetMenu::manage);
}

void PresetMenu::addRow(const Preset& preset)
{
    QString name = cleanLine(preset.name);
    name.replace(u'&', u"&&"_s);
    QAction* row = menu()->addAction(name + u'\t' + formatSettings(preset.request), this,
                                     [this, preset] { Q_EMIT chosen(preset); });
    row->setData(preset.name);
    if (preset.starred)
        row->setIcon(m_theme.icon(u"star"_s));
    row->setToolTip(cleanToolTip((preset.request.model + u'\n' + preset.request.prompt).trimmed()));
}

void PresetMenu::save(bool withPrompt)
{
    const QString name = m_dialogs.askText(this, tr("Save preset"), tr("Name of the preset:")).simplified();
    if (name.isEmpty())
        return;
    const Preset* known = m_presets.find(name);
    if (known && !m_dialogs.ask(this, {tr("Save preset"),
                                       tr("Replace the preset \"%1\"?").arg(known->name),
                                       tr("Its settings are lost."),
                                       tr("Replace"),
                                       {}}))
        return;
    Preset preset = makePreset(name, m_form());
    preset.starred = known && known->starred;
    if (!withPrompt)
        preset.request.prompt.clear();
    if (const auto error = m_presets.put(preset))
        m_notices.post(*error, Notice::Subject::Presets);
    else
        m_notices.post(Notice::Kind::Done, tr("Saved as \"%1\".").arg(name), {}, Notice::Subject::Event);
}

void PresetMenu::manage()
{
    PresetsDialog dialog(m_theme, m_dialogs, m_presets, this);
    connect(&dialog, &PresetsDialog::chosen, this, &PresetMenu::chosen);
    dialog.exec();
}

} // namespace clipkiln
