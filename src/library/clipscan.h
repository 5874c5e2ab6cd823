// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/error.h"

#include <QSet>
#include <QStringList>

#include <functional>

namespace clipkiln {

/// What a library has rows for.
struct KnownClips
{
    QSet<QString> paths;         ///< of clips, canonical where the file is there
    QSet<QString> requestIds;    ///< of clips
    QSet<QString> jobRequestIds; ///< of jobs, removed ones too
};

/// The clips that lie in folders without a row.
struct ClipScan
{
    /// A clip as its file describes it, with a new id.
    struct Found
    {
        Clip clip;
        bool hasDetails = false; ///< false: all that is known are its name, its date and its length
        bool isPromptCut = false;
    };

    QList<Found> clips;
    int known = 0;           ///< files that are clips of the library already
    int copies = 0;          ///< files with a request id that another file or row has: left as they are
    QList<Error> unreadable; ///< folders and files that could not be read
    bool isStopped = false;
};

/// Reads all MP4 files in the folders and below them; follows no links to folders, changes nothing. Inputs are looked
/// up in inputsFolder by their hash. `progress` gets how many files are read, and of how many, and stops the scan with
/// false. Reads whole files: not for a thread that serves others.
[[nodiscard]] ClipScan scanClips(const QStringList& folders, const QString& inputsFolder, KnownClips known,
                                 const std::function<bool(qsizetype read, qsizetype all)>& progress = {});

} // namespace clipkiln
