// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"
#include "core/clip.h"
#include "core/job.h"
#include "media/read/probe.h"

#include <QDateTime>

#include <variant>

// The life of a job. Every arrow is one line of advance().
//
//   Held <--> Queued --> Uploading --> Submitting --> Generating --> Downloading --> Done
//                ^           |              |              |              |
//                +-----------+--------------+ not taken    |              |
//                                           |              |              |
//                              Unconfirmed <+    Failed, Moderated, Expired, Cancelled --watch--> Generating
//
// Restarts: Uploading goes back to Queued, for the last byte leaves only after Submitting is on disk. Submitting
// becomes Unconfirmed. Generating and Downloading ask the service at once.

namespace clipkiln {

namespace event {

/// The program started and found the job in this phase.
struct Restored
{
    bool holdUnsent = false;
};
/// Why a queued job does not go yet; nothing when no reason is left.
struct PutOff
{
    std::optional<Error> reason;
    QDateTime until; ///< UTC; invalid: until something changes
};
/// It is the job's turn to be sent.
struct SlotFree
{
};
/// The request of a queued job cannot be sent as it is.
struct FoundInvalid
{
    Error error;
};
struct UploadMoved
{
    qint64 sent = 0;
    qint64 total = 0;
};
/// All but the last byte is out.
struct Uploaded
{
};
struct SubmitEnded
{
    SubmitOutcome outcome;
    QDateTime retryAt;        ///< UTC; when it may be sent again if it was not taken
    bool uploadAgain = false; ///< refused over a file that has to be uploaded anew: as good as not sent if it is free
};
struct PollEnded
{
    PollOutcome outcome;
    QDateTime now;  ///< UTC
    QString target; ///< the file the clip would become
};
/// There is no key to ask the service with.
struct NoKey
{
};
/// A person gave a key: another one, or the same once more.
struct KeyChanged
{
};
/// The soft time limit has passed.
struct Overdue
{
};
struct DownloadMoved
{
    qint64 received = 0;
    qint64 total = 0;
};
struct DownloadEnded
{
    DownloadOutcome outcome;
    bool isOwnAddress = false; ///< the one that the person gave for the result: the service has no other
};
/// The clip is to become another file, for the folder of the first one takes nothing.
struct Retargeted
{
    QString target;
};
/// The downloaded file is a clip.
struct Examined
{
    QString hash; ///< SHA-256 in hex
    VideoInfo info;
    QDateTime now; ///< UTC
};
/// The clip says what it is, if it is to.
struct Described
{
    QString hash; ///< SHA-256 in hex of the file as it is now
};
/// The downloaded file is no clip, or it could not be described, or it could not get its name.
struct FinalizingFailed
{
    Error error;
};
/// Neither the temporary file nor the finished one is there.
struct NothingFound
{
};
/// The clip has its name.
struct Finalized
{
    Clip clip;
};
struct HoldAsked
{
};
struct ReleaseAsked
{
};
struct CancelAsked
{
};
struct WatchAsked
{
};

} // namespace event

using Event =
    std::variant<event::Restored, event::PutOff, event::SlotFree, event::FoundInvalid, event::UploadMoved,
                 event::Uploaded, event::SubmitEnded, event::PollEnded, event::NoKey, event::KeyChanged, event::Overdue,
                 event::DownloadMoved, event::DownloadEnded, event::Retargeted, event::Examined, event::Described,
                 event::FinalizingFailed, event::NothingFound, event::Finalized, event::HoldAsked, event::ReleaseAsked,
                 event::CancelAsked, event::WatchAsked>;

/// What is to be done once the new phase is on disk.
enum class Effect {
    None,
    Upload,        ///< POST the request, all but its last byte
    Commit,        ///< let the last byte go
    FirstPoll,     ///< ask for the first time, after a moment
    Poll,          ///< ask now
    PollLater,     ///< ask after the interval; while the phase says why it waits, after a growing one
    Download,      ///< fetch the clip, going on behind what is there
    DownloadLater, ///< the same after a growing wait
    Examine,       ///< look whether the temporary file is a clip
    Describe,      ///< write into the temporary file what made it
    Finalize,      ///< give the temporary file its name
    Recover,       ///< find out how far an earlier try came
    RecoverLater,  ///< the same after a growing wait
    StopCalls,     ///< drop what is under way
};

struct Step
{
    Phase phase;
    Effect effect = Effect::None;
    bool save = true;               ///< false: only what a restart would make stale has changed
    std::optional<Money> cost = {}; ///< what the service said the job costs
};

/// What a job does next. Pure: no clock, no network, no disk. What means nothing in a phase (a late answer, a button
/// pressed twice) gives the same phase, nothing to do and nothing to save.
/// Call it as clipkiln::advance: a Phase is a std::variant, so that std::advance answers to the bare name as well.
[[nodiscard]] Step advance(const Phase& phase, const Event& event);

/// The person stopped the submit while its answer was still to come; the answer is listened for.
[[nodiscard]] bool awaitsLateAnswer(const Phase& phase);
/// Stopped by the person before the service could have it whole.
[[nodiscard]] bool isCancelledUnsent(const Phase& phase);
/// Nothing happens to the job any more unless a person asks for it.
[[nodiscard]] bool isOver(const Phase& phase);
/// Its clip is ready and cannot be put where it is to go.
[[nodiscard]] bool waitsForFolder(const Phase& phase);
/// It cannot go on before there is another key.
[[nodiscard]] bool waitsForKey(const Phase& phase);

} // namespace clipkiln
