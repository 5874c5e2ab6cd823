// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preset.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QListWidget;
class QListWidgetItem;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class NoticeArea;
class Presets;
class Theme;

/// All presets: use, star, rename, delete, import, export.
class PresetsDialog final : public QDialog
{
    Q_OBJECT

public:
    PresetsDialog(Theme& theme, Dialogs& dialogs, Presets& presets, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const clipkiln::Preset& preset);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* addButton(const QString& text, const char* name, void (PresetsDialog::*slot)());
    void fill();
    void followSelection();
    [[nodiscard]] const Preset* current() const;
    void use();
    void star();
    void rename();
    void takeName(QListWidgetItem* item);
    void removeCurrent();
    void importFile();
    void exportFile();
    /// Says what is wrong; true when something is.
    bool report(const std::optional<Error>& error);

    Theme& m_theme;
    Dialogs& m_dialogs;
    Presets& m_presets;
    NoticeArea* m_notices;
    QListWidget* m_list;
    QWidget* m_buttons;
    QPushButton* m_use;
    QPushButton* m_star;
    QPushButton* m_rename;
    QPushButton* m_remove;
    QPushButton* m_export;
    bool m_filling = false; ///< the list changes by us, not by a person
};

} // namespace clipkiln
