// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"
#include "gui/models/groupactions.h"
#include "gui/models/jobactions.h"
#include "gui/models/jobmodel.h"
#include "gui/models/jobrow.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using samples::error;
using samples::job;
using samples::now;
using samples::requestId;

namespace {

Downloading downloading(qint64 received, qint64 total, std::optional<Error> waiting = {})
{
    Downloading phase;
    phase.requestId = requestId;
    phase.received = received;
    phase.total = total;
    phase.waiting = std::move(waiting);
    return phase;
}

} // namespace

class TestJobModel : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void newestComesFirst();
    void anUpdateStaysInItsRow();
    void removingTakesTheRow();
    void aRowThatComesBackStandsWhereItStood();
    void unfinishedJobsAreCounted();
    void rowsRead_data();
    void rowsRead();
    void thePlaceInTheLineIsTold();
    void aQueueOnHoldSaysSo();
    void whatIsToRunNextGoesFirst();
    void whoFollowsMovesUpWhenTheNextIsSent();
    void aCountdownRunsDown();
    void jobsOfOneSubmitStandTogether();
    void theirMenuDoesWhatCanBeDone();
    void whatWasFoundInvalidSaysWhy();
    void pricesAreRealOrAbout();
    void whatCostNothingHasNoPrice_data();
    void whatCostNothingHasNoPrice();
    void progressIsAFraction();
    void theClipReplacesTheStartImage();
    void aScreenReaderHearsTheWholeRow();
    void aToolTipShowsMarkupAsText();
    void whatCouldDeceiveIsNotShown();
    void simulatedJobsSaySo();
    void actionsByState_data();
    void actionsByState();
    void everyActionOfEveryStateHasWords();

private:
    static QStringList ids(const JobModel& model);
    static JobRow rowOf(const Job& job) { return rowFor(job, now(), 0); }
};

QStringList TestJobModel::ids(const JobModel& model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.index(row).data(JobModel::JobRole).value<Job>().id.toString();
    return ids;
}

void TestJobModel::newestComesFirst()
{
    JobModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJobs({job(u"old"_s, Held{}, 300), job(u"older"_s, Held{}, 400), job(u"new"_s, Held{}, 100)});
    QCOMPARE(ids(model), QStringList({u"new"_s, u"old"_s, u"older"_s}));
    model.update(job(u"newest"_s, Queued{}, 10));
    model.update(job(u"between"_s, Queued{}, 350));
    QCOMPARE(ids(model), QStringList({u"newest"_s, u"new"_s, u"old"_s, u"between"_s, u"older"_s}));
}

void TestJobModel::anUpdateStaysInItsRow()
{
    JobModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJobs({job(u"a"_s, Generating{requestId, 1, {}, false}, 1), job(u"b"_s, Held{}, 2)});
    QSignalSpy changes(&model, &JobModel::dataChanged);
    model.update(job(u"a"_s, Generating{requestId, 55, {}, false}, 1));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(JobModel::RowRole).value<JobRow>().state, u"Generating 55 %"_s);
}

void TestJobModel::removingTakesTheRow()
{
    JobModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJobs({job(u"a"_s, Held{}, 1), job(u"b"_s, Held{}, 2)});
    model.remove(JobId(u"a"_s));
    model.remove(JobId(u"unknown"_s));
    QCOMPARE(ids(model), QStringList({u"b"_s}));
    QVERIFY(!model.find(JobId(u"a"_s)));
}

void TestJobModel::aRowThatComesBackStandsWhereItStood()
{
    JobModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    // Jobs of one submit are of one moment.
    const QList<Job> takes{job(u"a"_s, Held{}), job(u"b"_s, Held{}), job(u"c"_s, Held{})};
    model.setJobs({takes.at(0), takes.at(1)});
    model.update(takes.at(2));
    model.remove(takes.at(0).id);
    model.remove(takes.at(1).id);
    model.update(takes.at(1));
    model.update(takes.at(0));
    QCOMPARE(ids(model), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TestJobModel::unfinishedJobsAreCounted()
{
    JobModel model;
    QSignalSpy counts(&model, &JobModel::unfinishedCountChanged);
    model.setJobs({job(u"a"_s, Held{}), job(u"b"_s, Generating{requestId, {}, {}, false}),
                   job(u"c"_s, Done{requestId, ClipId(u"x"_s)}),
                   job(u"d"_s, Unconfirmed{error(ErrorKind::SubmitLost)})});
    QCOMPARE(model.unfinishedCount(), 2);
    model.update(job(u"b"_s, Done{requestId, ClipId(u"y"_s)}));
    QCOMPARE(model.unfinishedCount(), 1);
    QCOMPARE(counts.size(), 2);
}

void TestJobModel::rowsRead_data()
{
    QTest::addColumn<Job>("job");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("side");
    QTest::addColumn<bool>("isAction");
    QTest::addColumn<int>("color");

    const auto row = [](const char* name, Phase phase, const QString& state, const QString& side, bool isAction,
                        Token color) {
        QTest::newRow(name) << job(u"j"_s, std::move(phase)) << state << side << isAction << static_cast<int>(color);
    };
    const auto generating = [](std::optional<int> percent, std::optional<Error> waiting = {}, bool overdue = false) {
        return Generating{requestId, percent, std::move(waiting), overdue};
    };
    const QDateTime soon = now().addMSecs(11'400);
    row("a held job can be let go", Held{}, u"Held"_s, u"Release"_s, true, Token::Text2);
    row("a queued job is next", Queued{}, u"Queued"_s, u"next"_s, false, Token::Text2);
    row("a rate limit counts down", Queued{error(ErrorKind::RateLimited), soon}, u"Rate limit"_s, u"again in 0:12"_s,
        false, Token::Warn);
    row("offline counts down", Queued{error(ErrorKind::Offline), soon}, u"Offline"_s, u"again in 0:12"_s, false,
        Token::Warn);
    row("a missing key is asked for", Queued{error(ErrorKind::KeyMissing), {}}, u"Add the key to go on"_s, u"Add key"_s,
        true, Token::Warn);
    row("an upload tells its bytes", Uploading{3'100'000, 8'000'000}, u"Uploading"_s, u"3.1 of 8.0 MB"_s, false,
        Token::Info);
    row("a submit just waits", Submitting{}, u"Submitting"_s, {}, false, Token::Info);
    row("a lost answer is explained first", Unconfirmed{error(ErrorKind::SubmitLost)}, u"Unconfirmed"_s,
        u"What happened?"_s, true, Token::Warn);
    row("a running job tells percent and time", generating(42), u"Generating 42 %"_s, u"0:31"_s, false, Token::Info);
    row("without percent the word stands alone", generating({}), u"Generating"_s, u"0:31"_s, false, Token::Info);
    row("an overdue job is still running", generating(89, {}, true), u"Still running 89 %"_s, u"0:31"_s, false,
        Token::Info);
    row("a refused key can be changed", generating(12, error(ErrorKind::KeyRefused)), u"Key refused"_s, u"Change key"_s,
        true, Token::Warn);
    row("polling without a network says offline", generating(12, error(ErrorKind::Offline)), u"Offline"_s, u"0:31"_s,
        false, Token::Warn);
    row("a download tells its bytes", downloading(3'100'000, 8'000'000), u"Downloading"_s, u"3.1 of 8.0 MB"_s, false,
        Token::Info);
    row("a full disk can be answered", downloading(0, 0, error(ErrorKind::DiskFull)), u"Disk full"_s,
        u"Change folder"_s, true, Token::Warn);
    row("a finished job tells how long it took", Done{requestId, ClipId(u"c"_s)}, u"Done"_s, u"0:31"_s, false,
        Token::Done);
    row("a moderated job can be changed", Moderated{requestId, error(ErrorKind::Moderated)}, u"Moderated"_s,
        u"Edit and run"_s, true, Token::Moderated);
    row("a failed job can be tried again", Failed{requestId, error(ErrorKind::ServerFault)}, u"Failed"_s,
        u"Try again"_s, true, Token::Failed);
    row("used up credits lead to the console", Failed{{}, error(ErrorKind::OutOfCredits)}, u"Failed"_s,
        u"Check credits"_s, true, Token::Failed);
    row("a gone link can be asked for once more", Failed{requestId, error(ErrorKind::LinkGone)}, u"Failed"_s,
        u"Watch again"_s, true, Token::Failed);
    row("without an id there is nothing to watch", Failed{{}, error(ErrorKind::BadAnswer)}, u"Failed"_s, u"Try again"_s,
        true, Token::Failed);
    row("an expired job can be tried again", Expired{requestId, error(ErrorKind::Expired)}, u"Expired"_s,
        u"Try again"_s, true, Token::Warn);
    row("a sent and cancelled job can be watched again", Cancelled{requestId}, u"Cancelled"_s, u"Watch again"_s, true,
        Token::Text2);
    row("one cancelled before its answer came offers nothing in passing", Cancelled{{}, true}, u"Cancelled"_s, {},
        false, Token::Text2);
    row("an unsent and cancelled job can be tried again", Cancelled{}, u"Cancelled"_s, u"Try again"_s, true,
        Token::Text2);
}

void TestJobModel::rowsRead()
{
    QFETCH(Job, job);
    QFETCH(int, color);
    const JobRow row = rowOf(job);
    QTEST(row.state, "state");
    QTEST(row.side, "side");
    QTEST(row.sideIsAction, "isAction");
    QCOMPARE(static_cast<int>(row.stateColor), color);
    QCOMPARE(row.settings, u"image · 6 s · 720p"_s);
    QVERIFY(!stateSentence(job).isEmpty());
}

void TestJobModel::thePlaceInTheLineIsTold()
{
    JobModel model;
    model.setJobs({job(u"third"_s, Queued{}, 10), job(u"second"_s, Queued{}, 20), job(u"first"_s, Queued{}, 30),
                   job(u"waits"_s, Queued{error(ErrorKind::RateLimited), now()}, 40), job(u"held"_s, Held{}, 50)});
    const auto side = [&model](int row) { return model.index(row).data(JobModel::RowRole).value<JobRow>().side; };
    QCOMPARE(side(0), u"2 ahead"_s);
    QCOMPARE(side(1), u"1 ahead"_s);
    QCOMPARE(side(2), u"next"_s);
}

void TestJobModel::aQueueOnHoldSaysSo()
{
    JobModel model;
    model.setJobs({job(u"next"_s, Queued{}, 10),
                   job(u"waits"_s, Queued{error(ErrorKind::RateLimited), now().addSecs(60)}, 20),
                   job(u"needs a key"_s, Queued{error(ErrorKind::KeyMissing), {}}, 30),
                   job(u"runs"_s, Generating{requestId, 42, {}, false}, 40)});
    const auto row = [&model](int index) { return model.index(index).data(JobModel::RowRole).value<JobRow>(); };
    const QString running = row(3).side;
    QSignalSpy changes(&model, &JobModel::dataChanged);
    model.setOnHold(true);
    model.setOnHold(true);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(row(0).side, u"on hold"_s);
    QCOMPARE(row(1).state, u"Rate limit"_s);
    QCOMPARE(row(1).side, u"on hold"_s); // not "again in": that time passes without a submit
    QVERIFY(!row(1).ticks);
    QCOMPARE(row(2).side, u"Add key"_s);
    QCOMPARE(row(3).side, running);
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"The queue is on hold."_s));
    model.setOnHold(false);
    QCOMPARE(row(0).side, u"next"_s);
}

void TestJobModel::whatIsToRunNextGoesFirst()
{
    JobModel model;
    model.setJobs({job(u"third"_s, Queued{}, 10), job(u"second"_s, Queued{}, 20), job(u"first"_s, Queued{}, 30)});
    const auto side = [&model](int row) { return model.index(row).data(JobModel::RowRole).value<JobRow>().side; };
    model.putFirst(JobId(u"second"_s));
    model.putFirst(JobId(u"third"_s));
    QCOMPARE(side(0), u"next"_s);
    QCOMPARE(side(1), u"1 ahead"_s);
    QCOMPARE(side(2), u"2 ahead"_s);
}

void TestJobModel::whoFollowsMovesUpWhenTheNextIsSent()
{
    JobModel model;
    model.setJobs({job(u"second"_s, Queued{}, 20), job(u"first"_s, Queued{}, 30)});
    QSignalSpy changes(&model, &JobModel::dataChanged);
    model.update(job(u"first"_s, Uploading{}, 30));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().at(0).toModelIndex().row(), 0); // the row of "second" is painted anew as well
    QCOMPARE(model.index(0).data(JobModel::RowRole).value<JobRow>().side, u"next"_s);
}

void TestJobModel::aCountdownRunsDown()
{
    JobModel model;
    QDateTime time = now();
    model.setClock([&time] { return time; });
    model.setJobs({job(u"a"_s, Queued{error(ErrorKind::RateLimited), now().addSecs(12)})});
    const auto side = [&model] { return model.index(0).data(JobModel::RowRole).value<JobRow>().side; };
    QCOMPARE(side(), u"again in 0:12"_s);
    time = now().addSecs(2);
    QCOMPARE(side(), u"again in 0:10"_s);
    time = now().addSecs(60);
    QCOMPARE(side(), u"again in 0:00"_s);
}

void TestJobModel::jobsOfOneSubmitStandTogether()
{
    const auto take = [](const QString& id, int number, const Phase& phase = Queued{}) {
        Job one = job(id, phase, 50);
        one.group = GroupId(u"group"_s);
        one.take = number;
        one.takes = 3;
        return one;
    };
    JobModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJobs({job(u"old"_s, Queued{}, 90), job(u"new"_s, Queued{}, 10)});
    for (const Job& each : {take(u"a"_s, 1), take(u"b"_s, 2), take(u"c"_s, 3)})
        model.update(each);
    const QStringList expected{u"new"_s, u"a"_s, u"b"_s, u"c"_s, u"old"_s};
    QCOMPARE(ids(model), expected);
    const auto row = [&](int index) { return model.index(index).data(JobModel::RowRole).value<JobRow>(); };
    QCOMPARE(row(2).settings, u"2/3 · image · 6 s · 720p"_s);
    const QString spoken = model.index(2).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(u"take 2 of 3"_s), qPrintable(spoken));
    QCOMPARE(row(0).settings, u"image · 6 s · 720p"_s);
    // The first take goes first, whatever its row is.
    QCOMPARE(row(4).side, u"next"_s);
    QCOMPARE(row(1).side, u"1 ahead"_s);
    QCOMPARE(row(2).side, u"2 ahead"_s);
    QCOMPARE(row(0).side, u"4 ahead"_s);

    QVERIFY(!row(0).joinsBelow);
    QVERIFY(!row(1).joinsAbove && row(1).joinsBelow);
    QVERIFY(row(2).joinsAbove && row(2).joinsBelow);
    QVERIFY(row(3).joinsAbove && !row(3).joinsBelow);
    QVERIFY(!row(4).joinsAbove);
    QCOMPARE(model.groupOf(GroupId(u"group"_s)).size(), 3);
    QVERIFY(model.groupOf(GroupId()).isEmpty());

    QSignalSpy changes(&model, &JobModel::dataChanged);
    model.remove(JobId(u"c"_s));
    QVERIFY(!row(2).joinsBelow);
    QVERIFY(!changes.isEmpty());

    // As the store gives them, oldest first, after a restart.
    JobModel again;
    again.setJobs(
        {job(u"old"_s, Queued{}, 90), take(u"a"_s, 1), take(u"b"_s, 2), take(u"c"_s, 3), job(u"new"_s, Queued{}, 10)});
    QCOMPARE(ids(again), expected);
}

void TestJobModel::theirMenuDoesWhatCanBeDone()
{
    const QList<Job> group{job(u"a"_s, Queued{}), job(u"b"_s, Held{}),
                           job(u"c"_s, Failed{{}, error(ErrorKind::Rejected)}),
                           job(u"d"_s, Unconfirmed{error(ErrorKind::SubmitLost)}), job(u"e"_s, Done{requestId, {}})};
    const auto actions = groupActionsFor(group);
    const auto jobsFor = [&](JobAction action) {
        QStringList ids;
        for (const GroupAction& each : actions) {
            if (each.action != action)
                continue;
            for (const JobId& id : each.jobs)
                ids << id.toString();
        }
        return ids;
    };
    QCOMPARE(actions.size(), 5);
    QCOMPARE(jobsFor(JobAction::Hold), QStringList{u"a"_s});
    QCOMPARE(jobsFor(JobAction::Release), QStringList{u"b"_s});
    QCOMPARE(jobsFor(JobAction::TryAgain), QStringList{u"c"_s}); // not what may have run and be paid for
    QCOMPARE(jobsFor(JobAction::Cancel), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(jobsFor(JobAction::Remove), (QStringList{u"c"_s, u"d"_s, u"e"_s}));
    QVERIFY(groupActionsFor({group.first()}).isEmpty());
    QCOMPARE(groupTitle(group), u"All 5 jobs of this submit"_s);
}

void TestJobModel::whatWasFoundInvalidSaysWhy()
{
    const Job invalid = job(u"a"_s, Failed{{}, error(ErrorKind::InvalidRequest, u"The length is 16 s."_s)});
    QCOMPARE(stateSentence(invalid), u"The length is 16 s. Nothing was sent."_s);
    QCOMPARE(rowActionFor(invalid), std::optional(JobAction::EditAndRun));
}

void TestJobModel::pricesAreRealOrAbout()
{
    Job priced = job(u"a"_s, Queued{});
    QCOMPARE(rowOf(priced).price, u"about $0.42"_s);
    priced.cost = Money{4'220'000'000};
    QCOMPARE(rowOf(priced).price, u"$0.422"_s);
    priced.cost.reset();
    priced.estimate.reset();
    QCOMPARE(rowOf(priced).price, u"price unknown"_s);
}

void TestJobModel::whatCostNothingHasNoPrice_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("price");
    const auto row = [](const char* name, Phase phase, const QString& price) {
        QTest::newRow(name) << std::move(phase) << price;
    };
    const QString about = u"about $0.42"_s;
    row("still to be sent", Queued{}, about);
    row("held", Held{}, about);
    row("done before the service said what it cost", Done{requestId, ClipId(u"c"_s)}, about);
    row("its answer was lost", Unconfirmed{error(ErrorKind::SubmitLost)}, about);
    row("cancelled before it was sent", Cancelled{}, {});
    row("cancelled before its answer came", Cancelled{{}, true}, about);
    row("cancelled while the service worked on it", Cancelled{requestId}, about);
    row("refused here, before it was sent", Failed{{}, error(ErrorKind::InvalidRequest)}, {});
    row("refused by the service", Failed{{}, error(ErrorKind::Rejected)}, {});
    row("refused by moderation before it ran", Moderated{{}, error(ErrorKind::Moderated)}, {});
    row("moderated after it ran", Moderated{requestId, error(ErrorKind::Moderated)}, about);
    row("failed at the service, which did not charge", Failed{requestId, error(ErrorKind::ServerFault)}, {});
}

void TestJobModel::whatCostNothingHasNoPrice()
{
    QFETCH(Phase, phase);
    Job shown = job(u"a"_s, phase);
    QTEST(rowOf(shown).price, "price");
    shown.origin = Origin::simulator();
    QTEST(rowOf(shown).price, "price");
    shown.cost = Money{4'220'000'000};
    QCOMPARE(rowOf(shown).price, u"$0.422"_s);
}

void TestJobModel::progressIsAFraction()
{
    QCOMPARE(rowOf(job(u"a"_s, Generating{requestId, 42, {}, false})).progress, std::optional(0.42));
    QCOMPARE(rowOf(job(u"a"_s, Generating{requestId, {}, {}, false})).progress, std::optional<double>());
    QCOMPARE(rowOf(job(u"a"_s, downloading(2, 8))).progress, std::optional(0.25));
    QCOMPARE(rowOf(job(u"a"_s, Done{})).progress, std::optional<double>());
}

void TestJobModel::theClipReplacesTheStartImage()
{
    JobModel model;
    model.setJobs({job(u"job-c"_s, Done{requestId, ClipId(u"c"_s)})});
    const auto picture = [&model] { return model.index(0).data(JobModel::ThumbnailRole).toString(); };
    QCOMPARE(picture(), u"/inputs/photo.jpg"_s);
    model.addClip(samples::clip(u"c"_s, u"A boat"_s));
    QCOMPARE(picture(), u"/clips/c.mp4"_s);
    model.removeClip(ClipId(u"c"_s));
    QCOMPARE(picture(), u"/inputs/photo.jpg"_s);
}

void TestJobModel::aScreenReaderHearsTheWholeRow()
{
    JobModel model;
    model.setClock(&now);
    model.setJobs({job(u"a"_s, Generating{requestId, 42, {}, false})});
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             u"Prompt of a, image · 6 s · 720p, about $0.42, Generating 42 %, 0:31"_s);
}

void TestJobModel::aToolTipShowsMarkupAsText()
{
    JobModel model;
    Job marked = job(u"a"_s, Held{});
    marked.request.prompt = u"<b>bold</b>"_s;
    model.setJobs({marked});
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;bold"_s));
}

void TestJobModel::whatCouldDeceiveIsNotShown()
{
    JobModel model;
    Job hostile = job(u"a"_s, Failed{{}, Error{ErrorKind::InvalidRequest, u"No \u202egnp.clip\u0007"_s}});
    hostile.request.prompt = u"Boats\u001b[31m\u202e\nat 👨‍👩‍👧"_s;
    hostile.request.resolution = u"7\u009b20p"_s;
    model.setJobs({hostile});
    const auto row = rowOf(hostile);
    QCOMPARE(row.prompt, u"Boats[31m at 👨‍👩‍👧"_s);
    for (const int role : {int{Qt::DisplayRole}, int{Qt::ToolTipRole}, int{Qt::AccessibleTextRole}}) {
        const QString text = model.index(0).data(role).toString();
        QCOMPARE(cleanText(text), text);
    }
    QCOMPARE(cleanLine(row.settings), row.settings);
    QCOMPARE(stateSentence(hostile, false), u"No gnp.clip Nothing was sent."_s);
    QCOMPARE(model.index(0).data(JobModel::JobRole).value<Job>().request.prompt, hostile.request.prompt);
}

void TestJobModel::simulatedJobsSaySo()
{
    JobModel model;
    Job simulated = job(u"a"_s, Held{});
    simulated.origin = Origin::simulator();
    model.setJobs({simulated, job(u"b"_s, Held{}, 100)});
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"Simulated"_s));
    QVERIFY(!model.index(1).data(Qt::ToolTipRole).toString().contains(u"Simulated"_s));
}

void TestJobModel::actionsByState_data()
{
    QTest::addColumn<Job>("job");
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QStringList>("notOffered");

    const QString cancel = u"Cancel"_s;
    const QString stop = u"Stop watching (may still be charged)"_s;
    const QString again = u"Try again"_s;
    const QString watch = u"Watch again"_s;
    const QString remove = u"Remove from list"_s;
    const QString save = u"Save as…"_s;
    const QString showError = u"Show error"_s;
    const QString copyId = u"Copy request id"_s;
    QTest::newRow("an unsent job is cancelled for free")
        << job(u"j"_s, Queued{}) << QStringList{u"Run next"_s, u"Hold"_s, u"Edit and run"_s, cancel}
        << QStringList{stop, remove, again, watch, copyId, showError};
    QTest::newRow("a sent job is no longer watched")
        << job(u"j"_s, Generating{requestId, 1, {}, false}) << QStringList{stop, copyId, u"Run again"_s}
        << QStringList{cancel, remove, again, u"Run next"_s, u"Hold"_s};
    QTest::newRow("a finished job has its clip")
        << job(u"j"_s, Done{requestId, ClipId(u"c"_s)})
        << QStringList{u"Play"_s, save, u"Show in folder"_s, u"Run again"_s, u"Edit and run"_s, copyId, remove}
        << QStringList{cancel, stop, again, watch, showError};
    QTest::newRow("a failed job has its error")
        << job(u"j"_s, Failed{requestId, error(ErrorKind::ServerFault)})
        << QStringList{again, watch, showError, copyId, remove, u"Edit and run"_s} << QStringList{save, cancel, stop};
    QTest::newRow("a lost submit is not sent again by anything but a person")
        << job(u"j"_s, Unconfirmed{error(ErrorKind::SubmitLost)}) << QStringList{again, u"What happened?"_s, remove}
        << QStringList{watch, copyId, cancel};
    QTest::newRow("a held job is let go")
        << job(u"j"_s, Held{}) << QStringList{u"Release"_s, cancel} << QStringList{u"Hold"_s, u"Run next"_s};
}

void TestJobModel::actionsByState()
{
    QFETCH(Job, job);
    QFETCH(QStringList, offered);
    QFETCH(QStringList, notOffered);
    QStringList texts;
    const auto actions = actionsFor(job);
    for (const JobAction action : actions)
        texts << actionText(action, job);
    for (const QString& text : std::as_const(offered))
        QVERIFY2(texts.contains(text), qUtf8Printable(text));
    for (const QString& text : std::as_const(notOffered))
        QVERIFY2(!texts.contains(text), qUtf8Printable(text));
    QCOMPARE(actions.last(), deleteActionFor(job));
    if (const auto action = rowActionFor(job))
        QVERIFY(actions.contains(*action));
}

void TestJobModel::everyActionOfEveryStateHasWords()
{
    const Error fault = error(ErrorKind::ServerFault);
    const QList<Phase> phases{
        Held{},        Queued{}, Uploading{},          Submitting{},      Unconfirmed{fault}, Generating{},
        Downloading{}, Done{},   Moderated{{}, fault}, Failed{{}, fault}, Expired{{}, fault}, Cancelled{}};
    for (const Phase& phase : phases) {
        const Job any = job(u"j"_s, phase);
        const auto actions = actionsFor(any);
        for (const JobAction action : actions)
            QVERIFY(!actionText(action, any).isEmpty());
    }
}

QTEST_MAIN(TestJobModel)
#include "tst_jobmodel.moc"
