// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/lifecycle.h"

#include <QSet>
#include <QString>

// How a downloaded file becomes a clip, in steps that a crash may part at any point:
//
//   1. The job's row names the target (Downloading::target). The bytes come into a hidden temporary file beside it.
//   2. The whole file is examined: it opens as a video. The row is written with the hash and the length of what the
//      service sent.
//   3. Details of what made the clip are written behind those bytes (core/clipdetails.h), and synced. The row is
//   written
//      with the hash of the file as it is then.
//   4. The temporary file gets its name, the target's or a numbered one beside it, never that of another file.
//   5. The clip's row and the job's last phase are written together.
//
// A row with the last hash thus says: finished, and perhaps renamed already. After a crash (or a failed sync) between 4
// and 5 the temporary file is gone, and a file beside the target with this very content is the clip: nothing is fetched
// twice and nothing is left behind without a row. Between 2 and 4 the temporary file is cut back to what was sent, and
// step 3 is done again. Before 2 the download simply goes on.

namespace clipkiln {

/// The file a job's clip is to become: what the job asks for, else "<date> <prompt> <short id>.mp4" in the clips
/// folder.
[[nodiscard]] QString targetOf(const Job& job, const QString& clipsFolder);

/// The temporary file a job's download goes to, in the target's folder so that it can be renamed.
[[nodiscard]] QString temporaryFileOf(const Job& job, const QString& target);

/// The clip that a finished file is, of the moment in which it was whole, else of `now` (UTC, here and below).
[[nodiscard]] Clip makeClip(const Job& job, const QString& path, const VideoInfo& info, const QDateTime& now);

/// Examined, or FinalizingFailed; a file that is no clip is removed. Reads the whole file: not for a thread that serves
/// others.
[[nodiscard]] Event examineDownload(const QString& temporaryFile, const QDateTime& now);

/// Writes the details behind what the service sent, where they are wanted and the file takes them: Described, or
/// FinalizingFailed. Reads the whole file.
[[nodiscard]] Event describeDownload(const Job& job, const VideoInfo& info, bool withDetails);

/// Gives the temporary file its name: Finalized, or FinalizingFailed. A clip that takes no details gets them in a file
/// beside it.
[[nodiscard]] Event finalizeClip(const Job& job, const VideoInfo& info, bool withDetails, const QDateTime& now);

/// How far an earlier try came: Examined, Finalized, NothingFound or FinalizingFailed. `clipFiles`: files
/// that are clips already. Reads whole files.
[[nodiscard]] Event recoverClip(const Job& job, const QSet<QString>& clipFiles, bool withDetails, const QDateTime& now);

} // namespace clipkiln
