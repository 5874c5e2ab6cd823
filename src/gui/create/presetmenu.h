// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preset.h"

#include <QPushButton>

#include <functional>

namespace clipkiln {

class Dialogs;
class NoticeArea;
class Presets;
class Theme;

/// The button that offers the presets: to apply one, to save the form as one, to look after them.
class PresetMenu final : public QPushButton
{
    Q_OBJECT

public:
    /// form: what the form says now. What happened is said in the notices.
    PresetMenu(Theme& theme, Dialogs& dialogs, Presets& presets, std::function<GenerationRequest()> form,
               NoticeArea& notices, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const clipkiln::Preset& preset);

private:
    void fill();
    void addRow(const Preset& preset);
    void save(bool withPrompt);
    void manage();

    Theme& m_theme;
    Dialogs& m_dialogs;
    Presets& m_presets;
    std::function<GenerationRequest()> m_form;
    NoticeArea& m_notices;
};

} // namespace clipkiln
