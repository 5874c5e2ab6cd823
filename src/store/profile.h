// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/filelock.h"

#include <QString>

#include <memory>

namespace clipkiln {

/// The folder that holds database, settings and inputs of one person, and the one that holds the clips.
class Profile final
{
public:
    /// Everything under folder; with an empty one the system's data folder, and Videos/Clipkiln for the clips.
    explicit Profile(const QString& folder = {});

    [[nodiscard]] QString dataFolder() const { return m_data; }
    [[nodiscard]] QString clipsFolder() const { return m_clips; } ///< the default one; a setting may name another
    [[nodiscard]] QString databaseFile() const;
    [[nodiscard]] QString settingsFile() const;
    [[nodiscard]] QString modelsFile() const; ///< a person's own models; mostly not there
    [[nodiscard]] QString inputsFolder() const;
    [[nodiscard]] QString thumbnailsFolder() const;
    [[nodiscard]] QString backupsFolder() const; ///< of the database
    [[nodiscard]] QString simulatorFolder() const;
    /// A name for the local socket on which the window of this profile listens.
    [[nodiscard]] QString socketName() const;

    /// Makes what is not there, and what is ours readable by its owner alone.
    [[nodiscard]] std::optional<Error> makeFolders() const;
    /// The right to run an engine here; ProfileInUse while another program has it.
    [[nodiscard]] Result<std::shared_ptr<FileLock>> lock() const;

private:
    QString m_data;
    QString m_clips;
};

} // namespace clipkiln
