// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/lifecycle.h"

#include <type_traits>
#include <utility>

namespace clipkiln {

namespace {

template <typename... Fs>
struct Overloaded : Fs...
{
    using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

Step unchanged(const Phase& phase)
{
    return {phase, Effect::None, false};
}

bool waitsForKey(const std::optional<Error>& waiting)
{
    return waiting && (waiting->kind == ErrorKind::KeyMissing || waiting->kind == ErrorKind::KeyRefused);
}

Phase unsentAfterRestart(const Queued& queued, const event::Restored& restored)
{
    if (restored.holdUnsent)
        return Held{};
    // Of the old reasons only a rate limit is still one; the others are found again if they hold.
    const bool limited = queued.waiting && queued.waiting->kind == ErrorKind::RateLimited;
    return limited ? queued : Queued{};
}

/// Uploading and Submitting alike: an early answer is an answer, and an upload that was cut is as lost as an answer.
Step submitEnded(const event::SubmitEnded& ended)
{
    return std::visit(Overloaded{
                          [](const SubmitOutcome::Accepted& o) -> Step {
                              return {Generating{o.requestId, {}, {}}, Effect::FirstPoll};
                          },
                          [&](const SubmitOutcome::NotSent& o) -> Step {
                              return {Queued{o.error, ended.retryAt}};
                          },
                          [&](const SubmitOutcome::RateLimited& o) -> Step {
                              return {Queued{o.error, ended.retryAt}};
                          },
                          [&](const SubmitOutcome::Refused& o) -> Step {
                              if (ended.uploadAgain && o.cost.value_or(Money{}) == Money{})
                                  return {Queued{}};
                              return {Failed{{}, o.error}, Effect::None, true, o.cost};
                          },
                          [](const SubmitOutcome::Moderated& o) -> Step {
                              return {Moderated{{}, o.error}, Effect::None, true, o.cost};
                          },
                          [](const SubmitOutcome::Lost& o) -> Step { return {Unconfirmed{o.error}}; },
                      },
                      ended.outcome.value);
}

/// The person stopped the job while its answer was still to come. The answer is listened for all the same: with it the
/// request id is kept and Watch again works; without it nobody knows whether the job runs, and Unconfirmed says so.
Step submitEndedAfterCancel(const event::SubmitEnded& ended)
{
    return std::visit(Overloaded{
                          [](const SubmitOutcome::Accepted& o) -> Step { return {Cancelled{o.requestId}}; },
                          [](const SubmitOutcome::NotSent&) -> Step { return {Cancelled{}}; },
                          [](const SubmitOutcome::RateLimited&) -> Step { return {Cancelled{}}; },
                          [](const SubmitOutcome::Refused& o) -> Step {
                              return {Cancelled{}, Effect::None, true, o.cost};
                          },
                          [](const SubmitOutcome::Moderated& o) -> Step {
                              return {Cancelled{}, Effect::None, true, o.cost};
                          },
                          [](const SubmitOutcome::Lost& o) -> Step { return {Unconfirmed{o.error}}; },
                      },
                      ended.outcome.value);
}

/// The ends that a poll can find, the same for a job that is generated and one whose address was asked for anew.
template <typename Outcome>
Step endFound(const RequestId& id, const Outcome& o)
{
    if constexpr (std::is_same_v<Outcome, PollOutcome::Moderated>)
        return {Moderated{id, o.error}, Effect::None, true, o.cost};
    else if constexpr (std::is_same_v<Outcome, PollOutcome::Expired>)
        return {Expired{id, o.error}, Effect::None, true, o.cost};
    else
        return {Failed{id, o.error}, Effect::None, true, o.cost};
}

Step polled(const Generating& generating, const event::PollEnded& ended)
{
    const auto paused = [&](const Error& error) {
        Generating next = generating;
        next.waiting = error;
        return next;
    };
    return std::visit(Overloaded{
                          [&](const PollOutcome::Pending& o) -> Step {
                              Generating next = generating;
                              next.waiting.reset();
                              if (o.percent)
                                  next.percent = o.percent;
                              return {next, Effect::PollLater, generating.waiting.has_value()};
                          },
                          [&](const PollOutcome::Ready& o) -> Step {
                              Downloading next;
                              next.requestId = generating.requestId;
                              next.address = o.address;
                              next.since = ended.now;
                              next.target = ended.target;
                              return {next, Effect::Download, true, o.cost};
                          },
                          [&](const PollOutcome::KeyRefused& o) -> Step { return {paused(o.error)}; },
                          [&](const PollOutcome::Trouble& o) -> Step {
                              return {paused(o.error), Effect::PollLater};
                          },
                          [&](const auto& end) -> Step { return endFound(generating.requestId, end); },
                      },
                      ended.outcome.value);
}

/// A poll for a fresh address. The target stays: what came so far lies beside it.
Step polled(const Downloading& downloading, const event::PollEnded& ended)
{
    const auto paused = [&](const std::optional<Error>& error) {
        Downloading next = downloading;
        next.waiting = error;
        return next;
    };
    return std::visit(Overloaded{
                          [&](const PollOutcome::Pending&) -> Step {
                              return {paused(std::nullopt), Effect::PollLater, downloading.waiting.has_value()};
                          },
                          [&](const PollOutcome::Ready& o) -> Step {
                              Downloading next = paused(std::nullopt);
                              next.address = o.address;
                              next.since = ended.now;
                              return {next, Effect::Download, true, o.cost};
                          },
                          [&](const PollOutcome::KeyRefused& o) -> Step { return {paused(o.error)}; },
                          [&](const PollOutcome::Trouble& o) -> Step {
                              return {paused(o.error), Effect::PollLater};
                          },
                          [&](const auto& end) -> Step { return endFound(downloading.requestId, end); },
                      },
                      ended.outcome.value);
}

/// What was known of a file that is not there any more is forgotten.
Downloading withoutFile(Downloading downloading)
{
    downloading.servedHash.clear();
    downloading.servedBytes = 0;
    downloading.landedAt = {};
    downloading.hash.clear();
    return downloading;
}

/// An address that does not give the clip: one fresh one is asked for, then it is the end.
Step addressFailed(const Downloading& downloading, const Error& error)
{
    if (downloading.refreshed)
        return {Failed{downloading.requestId, error}};
    Downloading next = downloading;
    next.refreshed = true;
    return {withoutFile(next), Effect::Poll};
}

/// A paid clip is never given up for trouble of the network or of this machine.
Step downloadPaused(const Downloading& downloading, const Error& error, Effect later)
{
    Downloading next = downloading;
    next.waiting = error;
    return {next, later, downloading.waiting != next.waiting};
}

Step downloaded(const Downloading& downloading, const event::DownloadEnded& ended)
{
    return std::visit(
        Overloaded{
            [&](const DownloadOutcome::Complete& o) -> Step {
                Downloading next = downloading;
                next.received = next.total = o.bytes;
                return {next, Effect::Examine, false};
            },
            [&](const DownloadOutcome::LinkGone& o) -> Step {
                // Often signed for writing alone. To be asked for the address again changes nothing.
                if (ended.isOwnAddress)
                    return {Failed{downloading.requestId, Error{ErrorKind::AtOwnAddress, o.error.detail}}};
                return addressFailed(downloading, o.error);
            },
            [&](const DownloadOutcome::Interrupted& o) -> Step {
                return downloadPaused(downloading, o.error, Effect::DownloadLater);
            },
            [&](const DownloadOutcome::LocalTrouble& o) -> Step {
                return downloadPaused(downloading, o.error, Effect::DownloadLater);
            },
        },
        ended.outcome.value);
}

/// With a hash the file may have its final name, and then it is a clip that needs a row: the disk decides, for what the
/// rename reported may still be on its way.
Step cancelDownload(Downloading downloading)
{
    if (downloading.hash.isEmpty())
        return {Cancelled{downloading.requestId}, Effect::StopCalls};
    downloading.cancelAsked = true;
    return {downloading, Effect::Recover};
}

/// Begins anew in the other folder: what lies in the first one may be out of reach.
Step retargeted(const Downloading& downloading, const event::Retargeted& e)
{
    if (!waitsForFolder(downloading) || downloading.target == e.target)
        return unchanged(downloading);
    Downloading next = withoutFile(downloading);
    next.target = e.target;
    next.received = 0;
    next.waiting.reset();
    next.refreshed = false;
    return {next, Effect::Download};
}

Step restored(Downloading downloading)
{
    downloading.waiting.reset();
    downloading.refreshed = false;
    // With a hash the file was whole, and was about to be described or to get its name, or has got it.
    const bool isWhole = !downloading.servedHash.isEmpty() || !downloading.hash.isEmpty();
    return {downloading, isWhole ? Effect::Recover : Effect::Poll};
}

Step watchAgain(const Phase& phase)
{
    const RequestId id = requestIdOf(phase);
    if (id.isEmpty())
        return unchanged(phase);
    return {Generating{id, {}, {}}, Effect::Poll};
}

} // namespace

Step advance(const Phase& phase, const Event& event)
{
    using namespace event;
    return std::visit(
        Overloaded{
            // Not sent
            [](const Held&, const ReleaseAsked&) -> Step { return {Queued{}}; },
            [](const Held&, const CancelAsked&) -> Step { return {Cancelled{}}; },
            [](const Queued&, const HoldAsked&) -> Step { return {Held{}}; },
            [](const Queued&, const CancelAsked&) -> Step { return {Cancelled{}}; },
            [](const Queued&, const SlotFree&) -> Step {
                return {Uploading{}, Effect::Upload};
            },
            [](const Queued&, const FoundInvalid& e) -> Step {
                return {Failed{{}, e.error}};
            },
            [](const Queued&, const PutOff& e) -> Step {
                return {Queued{e.reason, e.until}, Effect::None, false};
            },
            [](const Queued& queued, const Restored& e) -> Step { return {unsentAfterRestart(queued, e)}; },

            // On the way; before the commit it can be taken back for free
            [](const Uploading&, const UploadMoved& e) -> Step {
                return {Uploading{e.sent, e.total}, Effect::None, false};
            },
            [](const Uploading&, const Uploaded&) -> Step {
                return {Submitting{}, Effect::Commit};
            },
            [](const Uploading&, const SubmitEnded& e) -> Step { return submitEnded(e); },
            [](const Uploading&, const CancelAsked&) -> Step {
                return {Cancelled{}, Effect::StopCalls};
            },
            [](const Uploading&, const Restored& e) -> Step { return {unsentAfterRestart({}, e)}; },
            [](const Submitting&, const SubmitEnded& e) -> Step { return submitEnded(e); },
            [](const Submitting&, const CancelAsked&) -> Step {
                return {Cancelled{{}, true}};
            },
            [](const Submitting&, const Restored&) -> Step {
                return {Unconfirmed{Error{ErrorKind::SubmitLost, {}}}};
            },

            // With the service
            [](const Generating& generating, const PollEnded& e) -> Step { return polled(generating, e); },
            [](Generating generating, const NoKey&) -> Step {
                generating.waiting = Error{ErrorKind::KeyMissing, {}};
                return {generating};
            },
            [](Generating generating, const KeyChanged&) -> Step {
                if (!waitsForKey(generating.waiting))
                    return unchanged(generating);
                generating.waiting.reset();
                return {generating, Effect::Poll};
            },
            [](Generating generating, const Overdue&) -> Step {
                generating.overdue = true;
                return {generating};
            },
            [](Generating generating, const WatchAsked&) -> Step {
                generating.overdue = false;
                return {generating, Effect::Poll};
            },
            [](const Generating& generating, const CancelAsked&) -> Step {
                return {Cancelled{generating.requestId}, Effect::StopCalls};
            },
            [](Generating generating, const Restored&) -> Step {
                generating.waiting.reset();
                return {generating, Effect::Poll};
            },

            // Coming down
            [](Downloading downloading, const DownloadMoved& e) -> Step {
                downloading.received = e.received;
                downloading.total = e.total;
                const bool resumed = downloading.waiting.has_value();
                downloading.waiting.reset();
                return {downloading, Effect::None, resumed};
            },
            [](const Downloading& downloading, const DownloadEnded& e) -> Step { return downloaded(downloading, e); },
            [](const Downloading& downloading, const Retargeted& e) -> Step { return retargeted(downloading, e); },
            [](Downloading downloading, const Examined& e) -> Step {
                if (downloading.cancelAsked)
                    return {Cancelled{downloading.requestId}, Effect::StopCalls};
                downloading.waiting.reset();
                downloading.servedHash = e.hash;
                downloading.servedBytes = e.info.bytes;
                downloading.landedAt = e.now;
                downloading.hash.clear();
                return {downloading, Effect::Describe};
            },
            [](Downloading downloading, const Described& e) -> Step {
                if (downloading.cancelAsked)
                    return {Cancelled{downloading.requestId}, Effect::StopCalls};
                downloading.waiting.reset();
                downloading.hash = e.hash;
                return {downloading, Effect::Finalize};
            },
            [](const Downloading& downloading, const FinalizingFailed& e) -> Step {
                if (e.error.kind == ErrorKind::NotAClip && downloading.cancelAsked)
                    return {Cancelled{downloading.requestId}, Effect::StopCalls};
                if (e.error.kind == ErrorKind::NotAClip)
                    return addressFailed(downloading, e.error);
                return downloadPaused(downloading, e.error, Effect::RecoverLater);
            },
            [](const Downloading& downloading, const NothingFound&) -> Step {
                if (downloading.cancelAsked)
                    return {Cancelled{downloading.requestId}, Effect::StopCalls};
                return {withoutFile(downloading), Effect::Poll};
            },
            [](const Downloading& downloading, const Finalized& e) -> Step {
                return {Done{downloading.requestId, e.clip.id}};
            },
            [](const Downloading& downloading, const PollEnded& e) -> Step { return polled(downloading, e); },
            [](Downloading downloading, const NoKey&) -> Step {
                // Only a fresh address needs the key: after a restart the old one may still do.
                if (!downloading.refreshed)
                    return {downloading, Effect::Download, false};
                downloading.waiting = Error{ErrorKind::KeyMissing, {}};
                return {downloading};
            },
            [](Downloading downloading, const KeyChanged&) -> Step {
                if (!waitsForKey(downloading.waiting))
                    return unchanged(downloading);
                downloading.waiting.reset();
                return {downloading, Effect::Poll};
            },
            [](const Downloading& downloading, const CancelAsked&) -> Step { return cancelDownload(downloading); },
            [](Downloading downloading, const WatchAsked&) -> Step {
                if (!std::exchange(downloading.cancelAsked, false))
                    return unchanged(downloading);
                return {downloading};
            },
            [](const Downloading& downloading, const Restored&) -> Step { return restored(downloading); },

            // Ended; what has a request id can be asked for again
            [](const Cancelled& cancelled, const SubmitEnded& e) -> Step {
                return cancelled.unanswered ? submitEndedAfterCancel(e) : unchanged(cancelled);
            },
            [](const Cancelled& cancelled, const Restored&) -> Step {
                if (!cancelled.unanswered)
                    return unchanged(cancelled);
                return {Unconfirmed{Error{ErrorKind::SubmitLost, {}}}};
            },
            [](const Cancelled& cancelled, const WatchAsked&) -> Step { return watchAgain(cancelled); },
            [](const Failed& failed, const WatchAsked&) -> Step { return watchAgain(failed); },
            [](const Expired& expired, const WatchAsked&) -> Step { return watchAgain(expired); },
            [](const Moderated& moderated, const WatchAsked&) -> Step { return watchAgain(moderated); },

            [](const auto& same, const auto&) -> Step { return unchanged(same); },
        },
        phase, event);
}

bool awaitsLateAnswer(const Phase& phase)
{
    const auto* cancelled = std::get_if<Cancelled>(&phase);
    return cancelled && cancelled->unanswered;
}

bool isCancelledUnsent(const Phase& phase)
{
    const auto* cancelled = std::get_if<Cancelled>(&phase);
    return cancelled && !cancelled->unanswered && cancelled->requestId.isEmpty();
}

bool isOver(const Phase& phase)
{
    return !isUnfinished(stateOf(phase)) && !awaitsLateAnswer(phase);
}

bool waitsForFolder(const Phase& phase)
{
    const auto* downloading = std::get_if<Downloading>(&phase);
    return downloading && downloading->waiting && !downloading->cancelAsked &&
           (downloading->waiting->kind == ErrorKind::Disk || downloading->waiting->kind == ErrorKind::DiskFull);
}

bool waitsForKey(const Phase& phase)
{
    return !isOver(phase) && waitsForKey(errorOf(phase));
}

} // namespace clipkiln
