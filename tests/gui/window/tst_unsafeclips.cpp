// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/jobmodel.h"
#include "gui/window/unsafeclips.h"
#include "support/testcase.h"

#include <QTest>
#include <QWidget>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

const QDateTime now(QDate(2026, 12, 1), QTime(12, 0), Qt::UTC);

/// Finished at the service, so many minutes before its address is gone.
Job fetching(const QString& prompt, std::chrono::minutes left, const Origin& origin = Origin::service())
{
    Downloading downloading;
    downloading.requestId = RequestId(u"4c0f"_s);
    downloading.since = now.addSecs(std::chrono::seconds(left - addressLife).count());
    Job job;
    job.id = JobId::create();
    job.origin = origin;
    job.request.prompt = prompt;
    job.phase = downloading;
    job.createdAt = now;
    return job;
}

Job done()
{
    Job job = fetching(u"Done"_s, 10min);
    job.phase = Done{RequestId(u"4c0f"_s), ClipId(u"clip"_s)};
    return job;
}

} // namespace

/// What a person may lose by quitting is in the title and in the question.
class TestUnsafeClips : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void paidClipsThatAreNotHereAreCounted_data()
    {
        QTest::addColumn<QList<Job>>("jobs");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QList<Job>{done()} << QString();
        QTest::newRow("one") << QList<Job>{fetching({}, 41min), done()}
                             << u"1 paid clip is not safe yet, 41 min left"_s;
        QTest::newRow("by the least time") << QList<Job>{fetching({}, 90min), fetching({}, 41min), fetching({}, 600min)}
                                           << u"3 paid clips are not safe yet, 41 min left"_s;
        QTest::newRow("hours") << QList<Job>{fetching({}, 250min)} << u"1 paid clip is not safe yet, 4 h left"_s;
        QTest::newRow("too late") << QList<Job>{fetching({}, -5min)} << u"1 paid clip is not safe yet, 0 min left"_s;
        QTest::newRow("a clock that was set")
            << QList<Job>{fetching({}, 9'000min)} << u"1 paid clip is not safe yet, 24 h left"_s;
        QTest::newRow("simulated ones cost nothing")
            << QList<Job>{fetching({}, 41min, Origin::simulator())} << QString();
    }
    void paidClipsThatAreNotHereAreCounted()
    {
        QFETCH(const QList<Job>, jobs);
        QFETCH(const QString, text);
        QCOMPARE(unsafeText(jobs, now), text);
    }

    void theQuestionNamesTheTimeOfEach()
    {
        const auto question = quitQuestion({fetching(u"Gulls"_s, 90min), done(), fetching(u"Waves"_s, 41min)}, now);
        QCOMPARE(question.text, u"2 paid clips are not safe yet, 41 min left."_s);
        QVERIFY(question.detail.contains(u"Gulls: 90 min left"_s));
        QVERIFY(question.detail.contains(u"Waves: 41 min left"_s));
        QVERIFY(!question.detail.contains(u"Done"_s));
        QVERIFY(!quitQuestion({fetching({}, 5min, Origin::simulator())}, now).text.contains(u"paid"_s));
    }

    void theTitleFollows()
    {
        JobModel jobs;
        jobs.setClock([] { return now; });
        QWidget window;
        new UnsafeTitle(jobs, &window);
        QCOMPARE(window.windowTitle(), u"Clipkiln"_s);
        Job job = fetching(u"Gulls"_s, 41min);
        jobs.setJobs({job});
        QCOMPARE(window.windowTitle(), u"Clipkiln – 1 paid clip is not safe yet, 41 min left"_s);
        job.phase = done().phase;
        jobs.update(job);
        QCOMPARE(window.windowTitle(), u"Clipkiln"_s);
        jobs.update(fetching(u"Waves"_s, 7min));
        QCOMPARE(window.windowTitle(), u"Clipkiln – 1 paid clip is not safe yet, 7 min left"_s);
    }
};

QTEST_MAIN(TestUnsafeClips)
#include "tst_unsafeclips.moc"
