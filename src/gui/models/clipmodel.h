// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "gui/models/loadstate.h"

#include <QAbstractListModel>

#include <functional>

namespace clipkiln {

/// All clips of the library, newest first; what is dragged or copied out of it are their files.
class ClipModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ClipRole = Qt::UserRole, ///< Clip
        ModeRole,                ///< int of Mode
        SearchRole,              ///< what a search looks through, case folded
        SecondsRole,             ///< double
    };

    explicit ClipModel(QObject* parent = nullptr);

    void setClips(QList<Clip> clips);
    /// There will be no setClips().
    void failLoading();
    [[nodiscard]] LoadState loadState() const { return m_loadState; }
    /// Adds a clip, or takes its new values.
    void update(const Clip& clip);
    void remove(const ClipId& id);

    /// What hands a clip's file out to other programs; nothing: the file itself. It may give back an empty path.
    void setSharing(std::function<QString(const Clip&)> fileToShare) { m_fileToShare = std::move(fileToShare); }

    [[nodiscard]] QModelIndex indexOf(const ClipId& id) const;
    [[nodiscard]] std::optional<Clip> find(const ClipId& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    struct Row
    {
        Clip clip;
        QString search;
    };

    [[nodiscard]] static Row rowFor(const Clip& clip);

    QList<Row> m_rows; ///< newest first
    LoadState m_loadState = LoadState::Loading;
    std::function<QString(const Clip&)> m_fileToShare;
};

} // namespace clipkiln
