// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/voicepicker.h"

#include "gui/look/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The service's own voices (CONTRACT.md 9).
QStringList presets()
{
    return u"ara eve leo rex sal carina zagan helix orion luna iris altair zenith perseus helios lux kepler rigel "
           u"cosmo "
           "celeste ursa sirius lumen castor naksh atlas"_s.split(u' ');
}

QString shownName(const QString& voice)
{
    // A voice of the person's own has an id, which is shown as it is.
    return presets().contains(voice) ? voice.left(1).toUpper() + voice.mid(1) : voice;
}

} // namespace

VoicePicker::VoicePicker(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_row(new QHBoxLayout(this)), m_add(new QPushButton(tr("Add voice"), this))
{
    setObjectName(u"voicePicker"_s);
    setFocusProxy(m_add);
    m_row->setContentsMargins({});
    m_row->setSpacing(Theme::gap1);
    m_row->addWidget(m_add);
    m_row->addStretch();
    m_add->setObjectName(u"addVoiceButton"_s);
    m_add->setToolTip(tr("In the prompt, <AUDIO_0> is the first voice."));
    setRole(m_add, "quietMenu");
    auto* menu = new QMenu(m_add);
    for (const QString& voice : presets())
        menu->addAction(shownName(voice), this, [this, voice] { add(voice); })->setData(voice);
    m_add->setMenu(menu);
}

void VoicePicker::setVoices(const QStringList& voices)
{
    if (voices == m_voices)
        return;
    m_voices = voices;
    refresh();
    Q_EMIT voicesChanged();
}

void VoicePicker::setMost(int most)
{
    m_most = most;
    refresh();
}

void VoicePicker::add(const QString& voice)
{
    if (m_voices.size() < m_most)
        setVoices(m_voices + QStringList{voice});
}

void VoicePicker::refresh()
{
    for (QPushButton* button : std::exchange(m_chosen, {}))
        button->deleteLater();
    for (qsizetype i = 0; i < m_voices.size(); ++i) {
        auto* button = new QPushButton(m_theme.icon(u"close"_s), shownName(m_voices.at(i)), this);
        button->setObjectName(u"voiceButton"_s);
        button->setToolTip(tr("<AUDIO_%1> in the prompt. Click to remove this voice.").arg(i));
        button->setAccessibleName(tr("Remove voice %1").arg(button->text()));
        m_row->insertWidget(static_cast<int>(i), button);
        m_chosen.append(button);
        connect(button, &QPushButton::clicked, this, [this, i] {
            QStringList rest = m_voices;
            rest.removeAt(i);
            setVoices(rest);
        });
    }
    m_add->setVisible(m_voices.size() < m_most);
}

} // namespace clipkiln
