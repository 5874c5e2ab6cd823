// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/scheduler.h"
#include "support/testcase.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

const Moment now{QDateTime(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC), 5min};
const RequestId requestId(u"4c0f9a31"_s);
const Error limited{ErrorKind::RateLimited, u"slow down"_s, 12s};
const Error offline{ErrorKind::Offline, u"no route"_s, 40s};
const Error keyMissing{ErrorKind::KeyMissing, {}, {}};
const Error diskFull{ErrorKind::DiskFull, u"full"_s, 3s};
const QDateTime limitEnds = now.utc.addSecs(12);
const QDateTime offlineEnds = now.utc.addSecs(40);

Origin xai()
{
    return *Origin::fromAddress(u"https://api.x.ai/v1"_s);
}

Origin other()
{
    return *Origin::fromAddress(u"https://video.example.com/v1"_s);
}

Gate closedFor(const Error& error)
{
    Gate gate;
    gate.close(error, {}, now);
    return gate;
}

ScheduledJob job(const char* id, const Phase& phase = Queued{}, const Origin& origin = xai())
{
    return {JobId(QLatin1StringView(id)), origin, phase};
}

ScheduledJob letGo(ScheduledJob job)
{
    job.letGo = true;
    return job;
}

ScheduledJob unwritten(ScheduledJob job)
{
    job.unwritten = true;
    return job;
}

Phase generating(const std::optional<Error>& waiting = {})
{
    return Generating{requestId, {}, waiting};
}

/// One job may be with the service, and there is a key for each.
SchedulerInput input(
    const QList<ScheduledJob>& jobs, void (*change)(SchedulerInput&) = [](SchedulerInput&) {})
{
    SchedulerInput input;
    input.jobs = jobs;
    input.keyedOrigins = {xai().toString(), other().toString()};
    input.now = now;
    change(input);
    return input;
}

void limitXai(SchedulerInput& input)
{
    input.gates.insert(xai().toString(), closedFor(limited));
}

void limitBoth(SchedulerInput& input)
{
    limitXai(input);
    input.gates.insert(other().toString(), closedFor(offline));
}

void takeKeysAway(SchedulerInput& input)
{
    input.keyedOrigins.clear();
}

void hold(SchedulerInput& input)
{
    input.hold = true;
}

void closeStore(SchedulerInput& input)
{
    input.storeGate = closedFor(diskFull);
}

/// As a row of a table: "job reason until".
QStringList inWords(const QList<Schedule::Wait>& waits)
{
    QStringList words;
    for (const auto& [id, putOff] : waits) {
        QString line = id.toString() + u' ' + (putOff.reason ? toName(putOff.reason->kind) : u"nothing"_s);
        if (putOff.until.isValid())
            line += u" for %1 s"_s.arg(now.utc.secsTo(putOff.until));
        words.append(line);
    }
    return words;
}

QStringList inWords(const QList<JobId>& ids)
{
    QStringList words;
    for (const JobId& id : ids)
        words.append(id.toString());
    return words;
}

} // namespace

Q_DECLARE_METATYPE(clipkiln::SchedulerInput)
Q_DECLARE_METATYPE(std::optional<std::chrono::milliseconds>)

class TestScheduler : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whoseTurnItIs_data()
    {
        using Wake = std::optional<std::chrono::milliseconds>;
        QTest::addColumn<SchedulerInput>("given");
        QTest::addColumn<QStringList>("toSend");
        QTest::addColumn<QStringList>("toPutOff");
        QTest::addColumn<Wake>("wakeIn");
        const auto row = [](const char* name, const SchedulerInput& given, const QStringList& toSend,
                            const QStringList& toPutOff = {},
                            const Wake& wakeIn = {}) { QTest::newRow(name) << given << toSend << toPutOff << wakeIn; };

        // Room on the disk: each job has its own
        ScheduledJob large = job("large");
        large.room = closedFor(diskFull);
        row("without room it waits, others go", input({large, job("b")}), {u"b"_s}, {u"large disk_full for 3 s"_s}, 3s);
        row("a limit comes first", input({large}, limitXai), {}, {u"large rate_limited for 12 s"_s}, 12s);

        // Places
        row("nothing to do", input({}), {});
        row("the first in line goes", input({job("a"), job("b")}), {u"a"_s});
        row("as many as there are places", input({job("a"), job("b"), job("c")}, [](auto& i) { i.concurrency = 2; }),
            {u"a"_s, u"b"_s});
        for (const Phase& phase : {Phase(Uploading{}), Phase(Submitting{}), generating(), Phase(Downloading{})}) {
            row(qPrintable(u"a place is taken while "_s + toName(stateOf(phase))), input({job("a", phase), job("b")}),
                {});
        }
        row("trouble of the network keeps the place", input({job("a", generating(offline)), job("b")}), {});
        row("a job that waits for a key takes no place", input({job("a", generating(keyMissing)), job("b")}), {u"b"_s});
        row("nor does one with a refused key",
            input({job("a", generating(Error{ErrorKind::KeyRefused, {}})), job("b")}), {u"b"_s});
        row("nor one that is not followed any more", input({letGo(job("a", generating())), job("b")}), {u"b"_s});
        row("nor one that was cancelled while its answer is to come", input({job("a", Cancelled{{}, true}), job("b")}),
            {u"b"_s});
        row("a held job is no job in line", input({job("a", Held{}), job("b")}), {u"b"_s});
        row("an unconfirmed job neither", input({job("a", Unconfirmed{}), job("b")}), {u"b"_s});
        row("a job in line that is let go stays", input({letGo(job("a"))}), {});
        row("fewer places than jobs at work send nothing",
            input({job("a", generating()), job("b", generating()), job("c")}), {});

        // Keys
        row("without a key it waits for one", input({job("a")}, takeKeysAway), {}, {u"a key_missing"_s});
        row("it is told so once", input({job("a", Queued{keyMissing, {}})}, takeKeysAway), {});
        row("without a key others go", input({job("a"), job("b", Queued{}, Origin::simulator())}, takeKeysAway),
            {u"b"_s}, {u"a key_missing"_s});
        row("the simulator needs no key", input({job("a", Queued{}, Origin::simulator())}, takeKeysAway), {u"a"_s});
        row("with a key it goes", input({job("a", Queued{keyMissing, {}})}), {u"a"_s});
        row("a missing key counts more than a closed gate",
            input({job("a")},
                  [](auto& i) {
                      takeKeysAway(i);
                      limitXai(i);
                  }),
            {}, {u"a key_missing"_s});
        row("a key that came behind a place that is taken ends the reason",
            input({job("a", generating()), job("b", Queued{keyMissing, {}})}), {}, {u"b nothing"_s});

        // Gates
        row("a rate limit keeps all jobs of the origin", input({job("a"), job("b")}, limitXai), {},
            {u"a rate_limited for 12 s"_s, u"b rate_limited for 12 s"_s}, 12s);
        row("one that knows it is left alone", input({job("a", Queued{limited, limitEnds})}, limitXai), {}, {}, 12s);
        row("a longer wait is news", input({job("a", Queued{limited, limitEnds.addSecs(-5)})}, limitXai), {},
            {u"a rate_limited for 12 s"_s}, 12s);
        row("another origin goes", input({job("a"), job("b", Queued{}, other())}, limitXai), {u"b"_s},
            {u"a rate_limited for 12 s"_s}, 12s);
        row("it wakes when the first gate opens", input({job("a"), job("b", Queued{}, other())}, limitBoth), {},
            {u"a rate_limited for 12 s"_s, u"b offline for 40 s"_s}, 12s);
        row("a gate that nobody waits at wakes nobody", input({job("a", Queued{}, other())}, limitXai), {u"a"_s});
        row("nor one of jobs that were sent before", input({job("a", generating())}, limitXai), {});
        row("a gate that has opened lets them go",
            input({job("a", Queued{limited, limitEnds})},
                  [](auto& i) {
                      limitXai(i);
                      i.now = {limitEnds, now.steady + 12s};
                  }),
            {u"a"_s});
        row("a computer's clock that is set opens no gate",
            input({job("a", Queued{limited, limitEnds})},
                  [](auto& i) {
                      limitXai(i);
                      i.now.utc = limitEnds.addYears(1);
                  }),
            {}, {}, 12s);

        // The person's hold
        row("a queue on hold sends nothing", input({job("a")}, hold), {});
        row("its jobs still say what else they wait for",
            input({job("a")},
                  [](auto& i) {
                      hold(i);
                      limitXai(i);
                  }),
            {}, {u"a rate_limited for 12 s"_s}, 12s);
        row("and when they do no longer", input({job("a", Queued{offline, offlineEnds})}, hold), {}, {u"a nothing"_s});

        // The end of the program
        row("a program that ends sends nothing and wakes for nothing",
            input({job("a"), job("b")},
                  [](auto& i) {
                      limitXai(i);
                      i.settling = true;
                  }),
            {});
        row("but writes what it could not write",
            input({unwritten(job("a", Done{}))},
                  [](auto& i) {
                      closeStore(i);
                      i.settling = true;
                  }),
            {}, {}, 3s);

        // Rows that cannot be written
        row("without rows nothing is sent", input({job("a")}, closeStore), {}, {}, 3s);
        row("nor is anything put off",
            input({job("a"), job("b", Queued{}, other())},
                  [](auto& i) {
                      closeStore(i);
                      takeKeysAway(i);
                  }),
            {}, {}, 3s);
        row("a row is written again when the gate opens", input({unwritten(job("a", generating()))}, closeStore), {},
            {}, 3s);
        row("at once when it has opened", input({unwritten(job("a", generating()))}), {}, {}, 0s);
        row("a job whose row is to come is not sent", input({unwritten(job("a")), job("b")}), {u"b"_s}, {}, 0s);
        row("what nobody waits for wakes nobody", input({job("a", generating())}, closeStore), {});
    }
    void whoseTurnItIs()
    {
        QFETCH(const SchedulerInput, given);
        const Schedule due = schedule(given);
        QTEST(inWords(due.toSend), "toSend");
        QTEST(inWords(due.toPutOff), "toPutOff");
        QTEST(due.wakeIn, "wakeIn");
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
