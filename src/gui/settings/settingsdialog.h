// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apppaths.h"

#include "core/error.h"
#include "core/secret.h"

#include <QDialog>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
namespace Ui {
class SettingsDialog;
}
QT_END_NAMESPACE

namespace clipkiln {

class ClipsProxy;
class Dialogs;
class RemoteFilesProxy;
class ServiceAccess;
class Settings;

/// Service and key, folders, inputs, queue, money, player, look. Every change counts at once.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class Page { Service, Folders, Inputs, Files, Queue, Money, Player, Look };

    SettingsDialog(ClipsProxy& clips, RemoteFilesProxy& files, Settings& settings, ServiceAccess& access,
                   Dialogs& dialogs, AppPaths paths, QWidget* parent = nullptr);
    ~SettingsDialog() override;

    void showPage(Page page);
    /// Asks for another folder for finished clips, and takes it when files can be written there.
    void changeClipsFolder();

private:
    void setUpService();
    void setUpFolders();
    void setUpLibrary(ClipsProxy& clips);
    void setUpInputs();
    void setUpQueue();
    void setUpMoney();
    void setUpPlayer();
    void setUpLook();
    void showService();
    [[nodiscard]] QString clipsFolder() const;
    void showFolders();
    /// What stands in the field, empty too; nothing for what cannot be a key, after showing why.
    [[nodiscard]] std::optional<Secret> typedKey();
    void saveKey();
    void showKeyCheck(const QString& name, const std::optional<Error>& error);

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    Settings& m_settings;
    ServiceAccess& m_access;
    Dialogs& m_dialogs;
    AppPaths m_paths;
};

} // namespace clipkiln
