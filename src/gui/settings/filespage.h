// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/origin.h"
#include "core/remotefile.h"

#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class RemoteFilesProxy;
class ServiceAccess;
class Settings;

/// The page of the settings about source videos on their way to the service: how they are sent, how long they are kept
/// there, and what lies there now, to be deleted. Asks the service each time it is shown.
class FilesPage final : public QWidget
{
    Q_OBJECT

public:
    FilesPage(RemoteFilesProxy& remote, Settings& settings, ServiceAccess& access, Dialogs& dialogs,
              QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* makeChoices();
    [[nodiscard]] QWidget* makeButtons();
    void refresh();
    void showFiles(const QList<RemoteFile>& files);
    /// Says something in place of the list.
    void say(const QString& sentence);
    void updateButtons();
    void deleteFiles(const QList<RemoteFile>& files);
    [[nodiscard]] QList<RemoteFile> selected() const;

    RemoteFilesProxy& m_remote;
    Settings& m_settings;
    ServiceAccess& m_access;
    Dialogs& m_dialogs;
    QList<RemoteFile> m_files;
    Origin m_origin; ///< of the list
    bool m_busy = false;
    std::optional<Error> m_deletionTrouble; ///< shown above the list, which was asked for again since
    QComboBox* m_way;
    QComboBox* m_life;
    QLabel* m_place;
    QTreeWidget* m_list;
    QLabel* m_instead;
    QPushButton* m_refresh;
    QPushButton* m_deleteSelected;
    QPushButton* m_deleteAll;
};

} // namespace clipkiln
