// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/lifecycle.h"
#include "support/testcase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

const RequestId id(u"4c0f9a31"_s);
const QDateTime now = QDateTime::fromString(u"2026-11-23T08:00:00Z"_s, Qt::ISODate);
const QDateTime later = now.addSecs(12);
const QUrl address(u"https://vidgen.x.ai/clip.mp4"_s);
const QUrl freshAddress(u"https://vidgen.x.ai/fresh.mp4"_s);
const QString target = u"/videos/clip.mp4"_s;
const Money price{4'220'000'000};
const Error offline{ErrorKind::Offline, u"no route"_s, {}};
const Error limited{ErrorKind::RateLimited, u"slow down"_s, {}};
const Error keyMissing{ErrorKind::KeyMissing, {}, {}};
const Error keyRefused{ErrorKind::KeyRefused, u"Incorrect API key"_s, {}};
const Error rejected{ErrorKind::Rejected, u"no"_s, {}};
const Error lost{ErrorKind::SubmitLost, u"cut"_s, {}};
const Error lostByRestart{ErrorKind::SubmitLost, {}, {}};
const Error moderated{ErrorKind::Moderated, u"no"_s, {}};
const Error expired{ErrorKind::Expired, u"gone"_s, {}};
const Error fault{ErrorKind::ServerFault, u"503"_s, {}};
const Error linkGone{ErrorKind::LinkGone, u"404"_s, {}};
const Error notAClip{ErrorKind::NotAClip, u"html"_s, {}};
const Error diskFull{ErrorKind::DiskFull, u"full"_s, {}};

Phase generating(std::optional<int> percent = {}, std::optional<Error> waiting = {}, bool overdue = false)
{
    return Generating{id, percent, waiting, overdue};
}

Downloading downloading()
{
    Downloading phase;
    phase.requestId = id;
    phase.address = address;
    phase.since = now;
    phase.target = target;
    return phase;
}

Phase downloadingWith(void (*change)(Downloading&))
{
    Downloading phase = downloading();
    change(phase);
    return phase;
}

template <typename Alternative>
Event submitEnded(const Alternative& outcome)
{
    return event::SubmitEnded{{outcome}, later};
}

template <typename Alternative>
Event pollEnded(const Alternative& outcome)
{
    return event::PollEnded{{outcome}, now, target};
}

template <typename Alternative>
Event downloadEnded(const Alternative& outcome)
{
    return event::DownloadEnded{{outcome}};
}

Event finalized()
{
    Clip clip;
    clip.id = ClipId(u"clip"_s);
    return event::Finalized{clip};
}

} // namespace

Q_DECLARE_METATYPE(Event)
Q_DECLARE_METATYPE(Effect)

class TestLifecycle : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aStepIsTaken_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<Event>("event");
        QTest::addColumn<Phase>("next");
        QTest::addColumn<Effect>("effect");
        const auto row = [](const char* name, const Phase& phase, const Event& event, const Phase& next,
                            Effect effect = Effect::None) { QTest::newRow(name) << phase << event << next << effect; };

        const Error invalid{ErrorKind::InvalidRequest, u"The length is 16 s."_s, {}};

        // Not sent
        row("a held job is let go", Held{}, event::ReleaseAsked{}, Queued{});
        row("a held job is cancelled for free", Held{}, event::CancelAsked{}, Cancelled{});
        row("a queued job is held", Queued{}, event::HoldAsked{}, Held{});
        row("a queued job is cancelled for free", Queued{limited, later}, event::CancelAsked{}, Cancelled{});
        row("a queued job is sent at its turn", Queued{}, event::SlotFree{}, Uploading{}, Effect::Upload);
        row("a job that waited is sent at its turn", Queued{limited, later}, event::SlotFree{}, Uploading{},
            Effect::Upload);
        row("a queued job that cannot be sent as it is ends for free", Queued{}, event::FoundInvalid{invalid},
            Failed{{}, invalid});
        row("a queued job is put off", Queued{}, event::PutOff{limited, later}, Queued{limited, later});
        row("a queued job waits no longer", Queued{limited, later}, event::PutOff{}, Queued{});

        // Refused over an upload that the service has forgotten
        const SubmitOutcome::Refused unknownFile{Error{ErrorKind::Rejected, {}}, {}, true};
        row("a forgotten upload is made again", Submitting{}, event::SubmitEnded{{unknownFile}, {}, true}, Queued{});
        const SubmitOutcome::Refused freeUnknownFile{Error{ErrorKind::Rejected, {}}, Money{}, true};
        row("an answer that costs nothing, too", Submitting{}, event::SubmitEnded{{freeUnknownFile}, {}, true},
            Queued{});
        const SubmitOutcome::Refused paidUnknownFile{Error{ErrorKind::Rejected, {}}, Money{5}, true};
        row("what was charged for is not sent again", Submitting{}, event::SubmitEnded{{paidUnknownFile}, {}, true},
            Failed{{}, paidUnknownFile.error});
        row("a file that stays unknown is the end", Submitting{}, event::SubmitEnded{{unknownFile}, {}},
            Failed{{}, unknownFile.error});
        row("a forgotten upload of a cancelled job stays so", Cancelled{{}, true},
            event::SubmitEnded{{unknownFile}, {}, true}, Cancelled{});

        // A folder that takes nothing
        const Phase stuck = downloadingWith([](Downloading& d) {
            d.waiting = diskFull;
            d.hash = u"abc"_s;
            d.received = 5;
        });
        row("a clip goes elsewhere", stuck, event::Retargeted{u"/other/a.mp4"_s},
            downloadingWith([](Downloading& d) { d.target = u"/other/a.mp4"_s; }), Effect::Download);

        // On the way
        row("bytes leave", Uploading{}, event::UploadMoved{5, 10}, Uploading{5, 10});
        row("the last byte waits for the row", Uploading{9, 10}, event::Uploaded{}, Submitting{}, Effect::Commit);
        row("cancel before the last byte is free", Uploading{}, event::CancelAsked{}, Cancelled{}, Effect::StopCalls);
        row("an accepted job generates", Submitting{}, submitEnded(SubmitOutcome::Accepted{id}), generating(),
            Effect::FirstPoll);
        row("without a connection it is queued", Submitting{}, submitEnded(SubmitOutcome::NotSent{offline}),
            Queued{offline, later});
        row("without a connection it is queued, early too", Uploading{}, submitEnded(SubmitOutcome::NotSent{offline}),
            Queued{offline, later});
        row("a rate limit puts it back", Submitting{}, submitEnded(SubmitOutcome::RateLimited{limited}),
            Queued{limited, later});
        row("a refusal is the end", Submitting{}, submitEnded(SubmitOutcome::Refused{rejected, {}}),
            Failed{{}, rejected});
        row("an early refusal is one", Uploading{}, submitEnded(SubmitOutcome::Refused{rejected, {}}),
            Failed{{}, rejected});
        row("moderated at once", Submitting{}, submitEnded(SubmitOutcome::Moderated{moderated, {}}),
            Moderated{{}, moderated});
        row("a lost answer is unconfirmed", Submitting{}, submitEnded(SubmitOutcome::Lost{lost}), Unconfirmed{lost});
        row("an upload that was cut is as lost", Uploading{}, submitEnded(SubmitOutcome::Lost{lost}),
            Unconfirmed{lost});
        row("cancel while the answer is awaited", Submitting{}, event::CancelAsked{}, Cancelled{{}, true});
        row("its id is kept when it comes", Cancelled{{}, true}, submitEnded(SubmitOutcome::Accepted{id}),
            Cancelled{id});
        row("its refusal makes it free", Cancelled{{}, true}, submitEnded(SubmitOutcome::Refused{rejected, {}}),
            Cancelled{});
        row("a rate limit does, too", Cancelled{{}, true}, submitEnded(SubmitOutcome::RateLimited{limited}),
            Cancelled{});
        row("a lost answer to it is said", Cancelled{{}, true}, submitEnded(SubmitOutcome::Lost{lost}),
            Unconfirmed{lost});

        // With the service
        row("progress is shown", generating(), pollEnded(PollOutcome::Pending{30}), generating(30), Effect::PollLater);
        row("silence keeps the percentage", generating(30), pollEnded(PollOutcome::Pending{}), generating(30),
            Effect::PollLater);
        row("trouble keeps the percentage and asks later", generating(30), pollEnded(PollOutcome::Trouble{fault}),
            generating(30, fault), Effect::PollLater);
        row("an answer ends the trouble", generating(30, fault), pollEnded(PollOutcome::Pending{35}), generating(35),
            Effect::PollLater);
        row("a ready clip is fetched", generating(95), pollEnded(PollOutcome::Ready{address, price}), downloading(),
            Effect::Download);
        row("a failure is the end and keeps the id", generating(), pollEnded(PollOutcome::Failed{rejected, {}}),
            Failed{id, rejected});
        row("moderation is the end", generating(), pollEnded(PollOutcome::Moderated{moderated, {}}),
            Moderated{id, moderated});
        row("expiry is the end", generating(), pollEnded(PollOutcome::Expired{expired, {}}), Expired{id, expired});
        row("a refused key makes it wait", generating(30), pollEnded(PollOutcome::KeyRefused{keyRefused}),
            generating(30, keyRefused));
        row("a missing key makes it wait", generating(30), event::NoKey{}, generating(30, keyMissing));
        row("another key lets it go on", generating(30, keyRefused), event::KeyChanged{}, generating(30), Effect::Poll);
        row("a new key lets it go on", generating(30, keyMissing), event::KeyChanged{}, generating(30), Effect::Poll);
        row("the soft limit is marked", generating(30), event::Overdue{}, generating(30, {}, true));
        row("going on waiting takes the mark off", generating(30, {}, true), event::WatchAsked{}, generating(30),
            Effect::Poll);
        row("stop watching keeps the id", generating(), event::CancelAsked{}, Cancelled{id}, Effect::StopCalls);

        // Coming down
        row("bytes come", downloading(), event::DownloadMoved{5, 10}, downloadingWith([](Downloading& d) {
                d.received = 5;
                d.total = 10;
            }));
        row("a whole file is examined", downloading(), downloadEnded(DownloadOutcome::Complete{10}),
            downloadingWith([](Downloading& d) { d.received = d.total = 10; }), Effect::Examine);
        VideoInfo info;
        info.bytes = 10;
        const auto served = [](Downloading& d) {
            d.servedHash = u"served"_s;
            d.servedBytes = 10;
            d.landedAt = later;
        };
        row("a clip is described once what was sent is noted", downloading(), event::Examined{u"served"_s, info, later},
            downloadingWith(served), Effect::Describe);
        row("a clip gets its name once its hash is noted", downloadingWith(served), event::Described{u"abc"_s},
            downloadingWith([](Downloading& d) {
                d.servedHash = u"served"_s;
                d.servedBytes = 10;
                d.landedAt = later;
                d.hash = u"abc"_s;
            }),
            Effect::Finalize);
        row("a whole file is gone on with after a restart", downloadingWith(served), event::Restored{},
            downloadingWith(served), Effect::Recover);
        row("what was noted of a file goes with the file", downloadingWith(served), event::NothingFound{},
            downloading(), Effect::Poll);
        row("a named clip is done", downloadingWith([](Downloading& d) { d.hash = u"abc"_s; }), finalized(),
            Done{id, ClipId(u"clip"_s)});
        row("a cut is gone behind", downloading(), downloadEnded(DownloadOutcome::Interrupted{offline}),
            downloadingWith([](Downloading& d) { d.waiting = offline; }), Effect::DownloadLater);
        row("a full disk is waited out", downloading(), downloadEnded(DownloadOutcome::LocalTrouble{diskFull}),
            downloadingWith([](Downloading& d) { d.waiting = diskFull; }), Effect::DownloadLater);
        row("a name that cannot be given is tried again", downloadingWith([](Downloading& d) { d.hash = u"abc"_s; }),
            event::FinalizingFailed{diskFull}, downloadingWith([](Downloading& d) {
                d.hash = u"abc"_s;
                d.waiting = diskFull;
            }),
            Effect::RecoverLater);
        row("a dead address is asked for anew", downloading(), downloadEnded(DownloadOutcome::LinkGone{linkGone}),
            downloadingWith([](Downloading& d) { d.refreshed = true; }), Effect::Poll);
        row("a second dead address is the end", downloadingWith([](Downloading& d) { d.refreshed = true; }),
            downloadEnded(DownloadOutcome::LinkGone{linkGone}), Failed{id, linkGone});
        row("the person's own address is not asked for anew", downloading(),
            event::DownloadEnded{{DownloadOutcome::LinkGone{linkGone}}, true},
            Failed{id, Error{ErrorKind::AtOwnAddress, linkGone.detail, {}}});
        row("a cut from the person's own address is gone behind", downloading(),
            event::DownloadEnded{{DownloadOutcome::Interrupted{offline}}, true},
            downloadingWith([](Downloading& d) { d.waiting = offline; }), Effect::DownloadLater);
        row("what is no clip is asked for anew", downloading(), event::FinalizingFailed{notAClip},
            downloadingWith([](Downloading& d) { d.refreshed = true; }), Effect::Poll);
        row("no clip twice is the end", downloadingWith([](Downloading& d) { d.refreshed = true; }),
            event::FinalizingFailed{notAClip}, Failed{id, notAClip});
        row("a fresh address is fetched from, to the same target",
            downloadingWith([](Downloading& d) { d.refreshed = true; }),
            Event(event::PollEnded{{PollOutcome::Ready{freshAddress, {}}}, later, u"/elsewhere.mp4"_s}),
            downloadingWith([](Downloading& d) {
                d.refreshed = true;
                d.address = freshAddress;
                d.since = later;
            }),
            Effect::Download);
        row("trouble of that poll asks again", downloading(), pollEnded(PollOutcome::Trouble{fault}),
            downloadingWith([](Downloading& d) { d.waiting = fault; }), Effect::PollLater);
        row("expired meanwhile", downloading(), pollEnded(PollOutcome::Expired{expired, {}}), Expired{id, expired});
        row("forgotten meanwhile", downloading(), pollEnded(PollOutcome::Failed{rejected, {}}), Failed{id, rejected});
        row("a key refused for that poll", downloading(), pollEnded(PollOutcome::KeyRefused{keyRefused}),
            downloadingWith([](Downloading& d) { d.waiting = keyRefused; }));
        row("another key asks again", downloadingWith([](Downloading& d) { d.waiting = keyRefused; }),
            event::KeyChanged{}, downloading(), Effect::Poll);
        row("without a key the old address is tried", downloading(), event::NoKey{}, downloading(), Effect::Download);
        row("without a key and address it waits", downloadingWith([](Downloading& d) { d.refreshed = true; }),
            event::NoKey{}, downloadingWith([](Downloading& d) {
                d.refreshed = true;
                d.waiting = keyMissing;
            }));
        row("nothing on disk starts over", downloadingWith([](Downloading& d) { d.hash = u"abc"_s; }),
            event::NothingFound{}, downloading(), Effect::Poll);
        row("stop fetching keeps the id", downloading(), event::CancelAsked{}, Cancelled{id}, Effect::StopCalls);
        const Phase finalizing = downloadingWith([](Downloading& d) { d.hash = u"abc"_s; });
        const Phase cancelledLate = downloadingWith([](Downloading& d) {
            d.hash = u"abc"_s;
            d.cancelAsked = true;
        });
        row("a cancel while a file gets its name asks the disk", finalizing, event::CancelAsked{}, cancelledLate,
            Effect::Recover);
        row("a file that has its name is a clip, cancelled or not", cancelledLate, finalized(),
            Done{id, ClipId(u"clip"_s)});
        row("a file without its name is cancelled", cancelledLate, event::Examined{u"abc"_s, {}, {}}, Cancelled{id},
            Effect::StopCalls);
        row("a file that is gone is cancelled", cancelledLate, event::NothingFound{}, Cancelled{id}, Effect::StopCalls);
        row("a broken file is cancelled", cancelledLate, event::FinalizingFailed{notAClip}, Cancelled{id},
            Effect::StopCalls);
        row("a disk in trouble is asked again before the cancel", cancelledLate, event::FinalizingFailed{diskFull},
            downloadingWith([](Downloading& d) {
                d.hash = u"abc"_s;
                d.cancelAsked = true;
                d.waiting = diskFull;
            }),
            Effect::RecoverLater);
        row("a cancel that has not ended yet is taken back", cancelledLate, event::WatchAsked{}, finalizing);
        row("a cancel outlives a restart", cancelledLate, event::Restored{}, cancelledLate, Effect::Recover);

        // After the end
        row("a cancelled job is watched again", Cancelled{id}, event::WatchAsked{}, generating(), Effect::Poll);
        row("a failed job is watched again", Failed{id, rejected}, event::WatchAsked{}, generating(), Effect::Poll);
        row("an expired job is watched again", Expired{id, expired}, event::WatchAsked{}, generating(), Effect::Poll);
        row("a moderated job is watched again", Moderated{id, moderated}, event::WatchAsked{}, generating(),
            Effect::Poll);

        // Restarts
        row("unsent goes on", Queued{offline, later}, event::Restored{}, Queued{});
        row("unsent keeps its rate limit", Queued{limited, later}, event::Restored{}, Queued{limited, later});
        row("unsent is held by setting", Queued{}, event::Restored{true}, Held{});
        row("half an upload was never sent", Uploading{5, 10}, event::Restored{}, Queued{});
        row("half an upload is held by setting", Uploading{}, event::Restored{true}, Held{});
        row("a submit without an answer is unconfirmed", Submitting{}, event::Restored{}, Unconfirmed{lostByRestart});
        row("a cancel without an answer is unconfirmed", Cancelled{{}, true}, event::Restored{},
            Unconfirmed{lostByRestart});
        row("generating is asked for at once", generating({}, offline, true), event::Restored{},
            generating({}, {}, true), Effect::Poll);
        row("a download asks for a fresh address", downloadingWith([](Downloading& d) { d.refreshed = true; }),
            event::Restored{}, downloading(), Effect::Poll);
        row("a file that may have its name is looked for", downloadingWith([](Downloading& d) { d.hash = u"abc"_s; }),
            event::Restored{}, downloadingWith([](Downloading& d) { d.hash = u"abc"_s; }), Effect::Recover);
    }
    void aStepIsTaken()
    {
        QFETCH(const Phase, phase);
        QFETCH(const Event, event);
        QFETCH(const Phase, next);
        QFETCH(const Effect, effect);
        const Step step = clipkiln::advance(phase, event);
        QVERIFY(step.phase == next);
        QCOMPARE(step.effect, effect);
    }

    void nothingHappens_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<Event>("event");
        const auto row = [](const char* name, const Phase& phase, const Event& event) {
            QTest::newRow(name) << phase << event;
        };
        row("a late poll of a cancelled job", Cancelled{id}, pollEnded(PollOutcome::Ready{address, price}));
        row("a late download of a cancelled job", Cancelled{id}, downloadEnded(DownloadOutcome::Complete{1}));
        row("a late answer to a cancelled upload", Cancelled{}, submitEnded(SubmitOutcome::Accepted{id}));
        row("a free slot for a held job", Held{}, event::SlotFree{});
        row("a free slot for an unconfirmed job", Unconfirmed{lost}, event::SlotFree{});
        row("an unconfirmed job after a restart", Unconfirmed{lost}, event::Restored{});
        row("an unconfirmed job and another key", Unconfirmed{lost}, event::KeyChanged{});
        row("watching what never had an id", Failed{{}, rejected}, event::WatchAsked{});
        row("watching what was cancelled unsent", Cancelled{}, event::WatchAsked{});
        row("cancelling what is done", Done{id, ClipId(u"clip"_s)}, event::CancelAsked{});
        row("cancelling twice", Cancelled{id}, event::CancelAsked{});
        row("holding what is sent", generating(), event::HoldAsked{});
        row("holding what is on its way", Uploading{}, event::HoldAsked{});
        row("committing twice", Submitting{}, event::Uploaded{});
        row("another key for one that does not wait for it", generating(30, fault), event::KeyChanged{});
        row("done after a restart", Done{id, ClipId(u"clip"_s)}, event::Restored{});
        row("cancelled after a restart", Cancelled{id}, event::Restored{});
        row("failed after a restart", Failed{id, rejected}, event::Restored{});
    }
    void nothingHappens()
    {
        QFETCH(const Phase, phase);
        QFETCH(const Event, event);
        const Step step = clipkiln::advance(phase, event);
        QVERIFY(step.phase == phase);
        QCOMPARE(step.effect, Effect::None);
        QVERIFY(!step.save);
    }

    void costsAreTakenFromEveryAnswer_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<Event>("event");
        const auto row = [](const char* name, const Phase& phase, const Event& event) {
            QTest::newRow(name) << phase << event;
        };
        row("of a submit that would be sent again but for it", Submitting{},
            event::SubmitEnded{{SubmitOutcome::Refused{rejected, price, true}}, {}, true});
        row("of a refused submit", Submitting{}, submitEnded(SubmitOutcome::Refused{rejected, price}));
        row("of a moderated submit", Submitting{}, submitEnded(SubmitOutcome::Moderated{moderated, price}));
        row("of a submit moderated after cancel", Cancelled{{}, true},
            submitEnded(SubmitOutcome::Moderated{moderated, price}));
        row("of a finished clip", generating(), pollEnded(PollOutcome::Ready{address, price}));
        row("of a failed job", generating(), pollEnded(PollOutcome::Failed{rejected, price}));
        row("of a moderated job", generating(), pollEnded(PollOutcome::Moderated{moderated, price}));
        row("of an expired job", generating(), pollEnded(PollOutcome::Expired{expired, price}));
        row("of a fresh address", downloading(), pollEnded(PollOutcome::Ready{freshAddress, price}));
    }
    void costsAreTakenFromEveryAnswer()
    {
        QFETCH(const Phase, phase);
        QFETCH(const Event, event);
        QCOMPARE(clipkiln::advance(phase, event).cost, std::optional(price));
    }

    void progressAloneIsNotWritten()
    {
        QVERIFY(!clipkiln::advance(Uploading{}, event::UploadMoved{1, 2}).save);
        QVERIFY(!clipkiln::advance(downloading(), event::DownloadMoved{1, 2}).save);
        QVERIFY(!clipkiln::advance(generating(1), pollEnded(PollOutcome::Pending{2})).save);
        QVERIFY(clipkiln::advance(generating(1, fault), pollEnded(PollOutcome::Pending{2})).save);
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
