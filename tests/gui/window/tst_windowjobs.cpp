// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/library/clipview.h"
#include "gui/models/jobrow.h"
#include "gui/player/stage.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/notice.h"
#include "jobs/engine.h"
#include "store/database.h"
#include "support/mediafiles.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QJsonObject>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSqlQuery>
#include <QThread>
#include <QTimer>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

using Act = void (*)(OpenWindow&);

/// Jobs that end in other ways than with a clip, and what a person does with jobs and clips.
class TestWindowJobs : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aModeratedJobIsEditedAndRun_data();
    void aModeratedJobIsEditedAndRun();
    void editAndRunBringsThePictureBack();
    void aJobThatFailedIsTriedAgain_data();
    void aJobThatFailedIsTriedAgain();
    void anAddressForTheResultIsNotUsedTwice();
    void aJobWhoseClipWasGoneIsWatchedAgain();
    void anUnconfirmedJobIsNeverSentByItself();

    void cancellingAnUnsentJobIsFreeAndCanBeUndone();
    void takesAreCancelledAndBroughtBackTogether();
    void aHeldJobComesBackHeld();
    void cancellingASentJobSaysWhatItMeans();
    void whatWasSentMeanwhileIsNotCalledUnsent();
    void whatIsOnHoldIsNotSent();
    void aRowCanBeRemovedAndItsClipStays();

    void aBinnedClipComesBackWithUndo();
    void theLastClipLeavesTheFirstSteps();
    void aNoticeOffersOnlyWhatItCanDo();
    void troubleStaysUntilItIsMended_data();
    void troubleStaysUntilItIsMended();
    void generatingEndsWhatTheFormSaidAndNoMore();
    void aJobThatCannotBeKeptIsNotSentAndThatIsSaid();

private:
    static QStringList binned(const OpenWindow& open)
    {
        return QDir(open.path(u"Trash/files"_s)).entryList(QDir::Files);
    }
};

void TestWindowJobs::aModeratedJobIsEditedAndRun_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<Reply>("reply");
    QTest::newRow("refused at the submit") << Step::Post << Reply::ModeratedPost;
    QTest::newRow("done, but withheld") << Step::Poll << Reply::ModeratedDone;
    QTest::newRow("refused by a poll's 400") << Step::Poll << Reply::ModeratedPoll;
    QTest::newRow("failed for moderation") << Step::Poll << Reply::ModeratedFailed;
}

void TestWindowJobs::aModeratedJobIsEditedAndRun()
{
    QFETCH(Step, step);
    QFETCH(Reply, reply);
    OpenWindow open;
    open.play({rule(step, reply)});
    open.generate(u"Ember storm"_s);
    QVERIFY(open.reaches(0, State::Moderated));
    open.play({});
    open.write(u"Another prompt"_s);
    open.press(Qt::Key_2, Qt::ControlModifier); // and another mode

    QVERIFY(open.clickRow(0));
    auto* create = open.window().findChild<CreatePanel*>();
    QCOMPARE(create->mode(), Mode::Text);
    QCOMPARE(create->request(), open.job(0).request);
    QCOMPARE(open.window().focusWidget()->objectName(), u"promptEdit"_s);
    QCOMPARE(open.posts(), 1); // looking at the form sends nothing

    open.write(u"Ember storm, calmer"_s);
    open.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 2);
    QCOMPARE(open.job(1).state(), State::Moderated);
    QCOMPARE(open.posts(), 2);
}

void TestWindowJobs::editAndRunBringsThePictureBack()
{
    OpenWindow open;
    QImage picture(64, 36, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    const QString photo = open.path(u"harbour.jpg"_s);
    QVERIFY(picture.save(photo));
    const QByteArray bytes = test::readFile(photo);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(photo)});
    open.drop(data, open.window().rect().center());
    open.play({rule(Step::Poll, Reply::ModeratedPoll)});
    open.generate(u"It comes alive"_s); // waits for the picture
    QVERIFY(open.reaches(0, State::Moderated));
    QVERIFY(QFile::remove(photo));
    open.click("removeImageButton");
    open.play({});

    QVERIFY(open.clickRow(0));
    open.write(u"It comes alive slowly"_s);
    open.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(open.reaches(0, State::Done));
    const QString url = open.seen(Step::Post).last().body[u"image"_s][u"url"_s].toString();
    QCOMPARE(QByteArray::fromBase64(url.section(u',', 1).toLatin1()), bytes);
}

void TestWindowJobs::aJobThatFailedIsTriedAgain_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<State>("state");
    QTest::newRow("failed") << Reply::Failed << State::Failed;
    QTest::newRow("expired") << Reply::Expired << State::Expired;
}

void TestWindowJobs::aJobThatFailedIsTriedAgain()
{
    QFETCH(Reply, reply);
    QFETCH(State, state);
    OpenWindow open;
    open.play({rule(Step::Poll, reply)});
    open.generate(u"Night train"_s);
    QVERIFY(open.reaches(0, state));
    open.play({});
    const Job failed = open.job(0);

    QVERIFY(open.clickRow(0));
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 2);
    QVERIFY(open.job(0).id != failed.id);
    QCOMPARE(open.job(0).retryOf, failed.id);
    QCOMPARE(open.job(0).request, failed.request);
    QCOMPARE(open.job(1), failed);
    const auto posts = open.seen(Step::Post);
    QCOMPARE(posts.size(), 2);
    QCOMPARE(posts.first().body, posts.last().body);
    QVERIFY(posts.first().headers.value("idempotency-key") != posts.last().headers.value("idempotency-key"));
}

void TestWindowJobs::anAddressForTheResultIsNotUsedTwice()
{
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Failed)});
    auto* create = open.window().findChild<CreatePanel*>();
    open.write(u"Night train"_s);
    GenerationRequest request = create->request();
    request.uploadUrl = QUrl(u"https://bucket.example/put?signature=1"_s);
    create->setRequest(request);
    open.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(open.reaches(0, State::Failed));
    QVERIFY(!create->request().uploadUrl);

    QVERIFY(open.clickRow(0)); // Try again
    QVERIFY(open.showsNotice(u"for one clip"_s));
    QCOMPARE(create->request(), request); // to be looked at
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 1);
}

void TestWindowJobs::aJobWhoseClipWasGoneIsWatchedAgain()
{
    OpenWindow open;
    open.play({rule(Step::Download, Reply::LinkGone)});
    open.generate(u"Lanterns"_s);
    QVERIFY(open.reaches(0, State::Failed));
    QCOMPARE(std::get<Failed>(open.job(0).phase).error.kind, ErrorKind::LinkGone);
    open.play({});
    QVERIFY(open.clickRow(0));
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 1);
}

void TestWindowJobs::anUnconfirmedJobIsNeverSentByItself()
{
    OpenWindow open;
    open.play({rule(Step::Post, Reply::ServerFault)});
    open.generate(u"Fireflies"_s);
    QVERIFY(open.reaches(0, State::Unconfirmed));
    open.play({});
    // The row explains; only what is chosen by its name sends again.
    QVERIFY(open.clickRow(0));
    QVERIFY(open.find<QLabel>("sentenceLabel")->isVisible());
    QCOMPARE(open.find<QLabel>("sentenceLabel")->text(), stateSentence(open.job(0)));
    open.open();
    QCOMPARE(open.job(0).state(), State::Unconfirmed);
    QCOMPARE(open.posts(), 1);

    QVERIFY(open.chooseInRow(0, u"Try again"_s));
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 2);
    QCOMPARE(open.job(1).state(), State::Unconfirmed);
}

void TestWindowJobs::cancellingAnUnsentJobIsFreeAndCanBeUndone()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.generate(u"Not yet"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QVERIFY(open.chooseInRow(0, u"Cancel"_s));
    QVERIFY(open.reaches(0, State::Cancelled));
    const JobId cancelled = open.job(0).id;
    QTRY_VERIFY(open.showsNotice(u"before anything was sent"_s));

    open.clickNotice(u"before anything was sent"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QTRY_COMPARE(open.rows(), 1);
    QCOMPARE(open.job(0).id, cancelled);
    QCOMPARE(open.job(0).request.prompt, u"Not yet"_s);
    QCOMPARE(open.posts(), 0);
    open.settings.setQueueOnHold(false);
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 1);
}

void TestWindowJobs::takesAreCancelledAndBroughtBackTogether()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.find<QComboBox>("takesCombo")->setCurrentIndex(3);
    open.generate(u"Four of a kind"_s);
    QTRY_COMPARE(open.rows(), 4);
    QCOMPARE(open.job(0).take, 1);
    QCOMPARE(open.job(3).take, 4);
    QVERIFY(open.chooseInRow(1, u"Cancel all"_s));
    for (int row = 0; row < 4; ++row)
        QVERIFY(open.reaches(row, State::Cancelled));
    QTRY_VERIFY(open.showsNotice(u"4 jobs were cancelled"_s));

    open.clickNotice(u"4 jobs were cancelled"_s);
    for (int row = 0; row < 4; ++row)
        QVERIFY(open.reaches(row, State::Queued));
    QCOMPARE(open.rows(), 4);
    QCOMPARE(open.posts(), 0);
    open.settings.setQueueOnHold(false);
    for (int row = 0; row < 4; ++row)
        QVERIFY(open.reaches(row, State::Done));
    QCOMPARE(open.posts(), 4);

    QVERIFY(open.chooseInRow(2, u"Run again"_s)); // one job, no take of others
    QTRY_COMPARE(open.rows(), 5);
    QCOMPARE(open.job(0).takes, 1);
    QVERIFY(open.job(0).group.isEmpty());
    QVERIFY(open.chooseInRow(2, u"Remove finished ones from list"_s));
    QTRY_COMPARE(open.rows(), 1);
}

void TestWindowJobs::aHeldJobComesBackHeld()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.generate(u"Not yet"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QVERIFY(open.chooseInRow(0, u"Hold"_s));
    QVERIFY(open.reaches(0, State::Held));
    open.settings.setQueueOnHold(false);
    QVERIFY(open.chooseInRow(0, u"Cancel"_s));
    QTRY_VERIFY(open.showsNotice(u"before anything was sent"_s));
    open.clickNotice(u"before anything was sent"_s);
    QVERIFY(open.reaches(0, State::Held));
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 0);

    QVERIFY(open.clickRow(0)); // Release
    QVERIFY(open.reaches(0, State::Done));
}

void TestWindowJobs::cancellingASentJobSaysWhatItMeans()
{
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"Too slow"_s);
    QVERIFY(open.reaches(0, State::Generating));
    QVERIFY(open.chooseInRow(0, u"Stop watching (may still be charged)"_s));
    QVERIFY(open.reaches(0, State::Cancelled));
    const QString sentence = u"may still finish the clip and charge"_s;
    QTRY_VERIFY(open.showsNotice(sentence));

    open.clickNotice(sentence); // Watch again
    QVERIFY(open.reaches(0, State::Generating));
    open.play({});
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 1);
}

void TestWindowJobs::whatWasSentMeanwhileIsNotCalledUnsent()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"Just leaving"_s);
    QVERIFY(open.reaches(0, State::Queued));
    open.settings.setQueueOnHold(false);
    // The engine sends it while the window is busy: the row still says Queued when Cancel is chosen.
    QDeadlineTimer deadline(patience);
    while (open.posts() == 0 && !deadline.hasExpired())
        QThread::msleep(5);
    QCOMPARE(open.posts(), 1);
    QCOMPARE(open.job(0).state(), State::Queued);
    QVERIFY(open.chooseInRow(0, u"Cancel"_s));
    QVERIFY(open.reaches(0, State::Cancelled));
    QTRY_COMPARE(open.notices().size(), 1);
    QVERIFY(open.showsNotice(u"may still finish the clip and charge"_s));
}

void TestWindowJobs::whatIsOnHoldIsNotSent()
{
    OpenWindow open;
    open.press(Qt::Key_H, Qt::ControlModifier);
    QVERIFY(open.settings.queueOnHold());
    QVERIFY(open.find<QAbstractButton>("holdButton")->isChecked());
    open.generate(u"Later"_s);
    QVERIFY(open.reaches(0, State::Queued));
    const auto words = [&] {
        return open.find<QAbstractItemView>("queueView")->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    };
    QVERIFY2(words().endsWith(u"Queued, on hold"_s), qPrintable(words()));
    open.open();
    QVERIFY(open.find<QAbstractButton>("holdButton")->isChecked());
    QVERIFY2(words().endsWith(u"Queued, on hold"_s), qPrintable(words()));
    QCOMPARE(open.job(0).state(), State::Queued);
    QCOMPARE(open.posts(), 0);
    open.click("holdButton");
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 1);
}

void TestWindowJobs::aRowCanBeRemovedAndItsClipStays()
{
    OpenWindow open;
    open.generate(u"A paper boat"_s);
    QTRY_COMPARE(open.clips().size(), 1);
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(open.chooseInRow(0, u"Remove from list"_s));
    QTRY_COMPARE(open.rows(), 0);
    open.open();
    QCOMPARE(open.rows(), 0);
    QCOMPARE(open.clips().size(), 1);
    QVERIFY(QFile::exists(open.clips().first().path));
}

void TestWindowJobs::aBinnedClipComesBackWithUndo()
{
    OpenWindow open;
    qputenv("XDG_DATA_HOME", open.folder.path().toLocal8Bit());
    open.generate(u"A paper boat"_s);
    auto* stage = open.find<Stage>("stage");
    QTRY_VERIFY(stage->clip());
    const Clip clip = open.clips().first();
    const QByteArray bytes = test::readFile(clip.path);

    auto* library = open.find<ClipView>("clipView");
    library->setFocus();
    QTest::keyClick(library, Qt::Key_Delete);
    QTRY_COMPARE(open.clips().size(), 0);
    QVERIFY(!QFile::exists(clip.path));
    QCOMPARE(binned(open).size(), 1);
    QVERIFY(!stage->clip());
    QVERIFY(open.showsNotice(u"The clip is in the bin."_s));

    open.clickNotice(u"The clip is in the bin."_s);
    QTRY_COMPARE(open.clips().size(), 1);
    QCOMPARE(open.clips().first(), clip);
    QCOMPARE(test::readFile(clip.path), bytes);
    QCOMPARE(binned(open), QStringList());
}

void TestWindowJobs::theLastClipLeavesTheFirstSteps()
{
    OpenWindow open;
    qputenv("XDG_DATA_HOME", open.folder.path().toLocal8Bit());
    auto* steps = open.find<QWidget>("firstStart");
    QVERIFY(steps->isVisible());
    open.generate(u"A paper boat"_s);
    QTRY_VERIFY(!steps->isVisible());
    auto* library = open.find<ClipView>("clipView");
    library->setFocus();
    QTest::keyClick(library, Qt::Key_Delete);
    QTRY_VERIFY(steps->isVisible());
    open.click("sampleButton");
    QVERIFY(!open.find<QPlainTextEdit>("promptEdit")->toPlainText().isEmpty());
    QCOMPARE(open.posts(), 1); // a sample is written, not sent
}

void TestWindowJobs::aNoticeOffersOnlyWhatItCanDo()
{
    OpenWindow open;
    Q_EMIT open.engine().trouble({ErrorKind::ServerFault, u"a fault"_s});
    QCOMPARE(open.notices().size(), 1);
    QVERIFY(!open.window().findChild<QAbstractButton*>(u"noticeActionButton"_s));
}

void TestWindowJobs::troubleStaysUntilItIsMended_data()
{
    QTest::addColumn<ErrorKind>("trouble");
    QTest::addColumn<Act>("act");
    QTest::addColumn<bool>("isMended");

    const Act finishClip = [](OpenWindow& open) {
        open.generate(u"A paper boat"_s);
        QVERIFY(open.reaches(0, State::Done));
        QTRY_COMPARE(open.clips().size(), 1);
    };
    const Act send = [](OpenWindow& open) {
        open.play({rule(Step::Poll, Reply::Pending)});
        open.generate(u"A paper boat"_s);
        QVERIFY(open.reaches(0, State::Generating));
    };
    const Act saveKey = [](OpenWindow& open) { open.access().saveKey(Secret("xai-1234"), [](const auto&) {}); };
    const Act useAnotherFolder = [](OpenWindow& open) { open.settings.setClipsFolder(open.folder.path()); };
    const auto row = [](const char* name, ErrorKind trouble, Act act, bool isMended) {
        QTest::newRow(name) << trouble << act << isMended;
    };
    row("the database takes a job", ErrorKind::Database, send, true);
    row("the database takes a clip", ErrorKind::Database, finishClip, true);
    row("a key is nothing to the database", ErrorKind::Database, saveKey, false);
    row("the folder takes a clip", ErrorKind::Disk, finishClip, true);
    row("a full disk takes a clip", ErrorKind::DiskFull, finishClip, true);
    row("another folder is chosen", ErrorKind::Disk, useAnotherFolder, true);
    row("a job that is sent is nothing to the folder", ErrorKind::Disk, send, false);
    row("a key is set", ErrorKind::KeyRefused, saveKey, true);
    row("a clip is nothing to the key", ErrorKind::KeyRefused, finishClip, false);
}

void TestWindowJobs::troubleStaysUntilItIsMended()
{
    QFETCH(ErrorKind, trouble);
    QFETCH(Act, act);
    QFETCH(bool, isMended);
    OpenWindow open;
    Q_EMIT open.engine().trouble({trouble, u"a fault"_s});
    const QStringList before = open.notices();
    QCOMPARE(before.size(), 1);
    act(open);
    QTRY_COMPARE(open.notices(), isMended ? QStringList() : before);
}

void TestWindowJobs::generatingEndsWhatTheFormSaidAndNoMore()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.generate(u"Not this one"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QVERIFY(open.chooseInRow(0, u"Cancel"_s));
    QTRY_VERIFY(open.showsNotice(u"Cancelled before anything was sent."_s));
    open.find<NoticeArea>("windowNotices")->notices().first()->findChild<QTimer*>()->stop(); // a slow machine
    open.write({});
    open.press(Qt::Key_Delete);
    open.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(open.notices().size(), 2); // and what the form misses
    open.generate(u"This one"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QCOMPARE(open.notices(), QStringList{u"Cancelled before anything was sent."_s});
    open.clickNotice(u"Cancelled before anything was sent."_s); // its Undo
    QVERIFY(open.reaches(1, State::Queued));
    QCOMPARE(open.notices(), QStringList());
}

void TestWindowJobs::aJobThatCannotBeKeptIsNotSentAndThatIsSaid()
{
    OpenWindow open;
    Q_EMIT open.engine().trouble({ErrorKind::Database, u"a fault"_s});
    const auto database = Database::open(open.profile.databaseFile());
    QVERIFY(database);
    const auto execute = [&](const QString& statement) { return (*database)->run(statement).has_value(); };
    QVERIFY(execute(u"CREATE TRIGGER no_more BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    for (int press = 1; press <= 2; ++press) { // the same once more is no repetition of what was sent
        open.generate(u"A paper boat"_s);
        QTRY_VERIFY(open.showsNotice(u"Nothing was sent."_s));
        QCOMPARE(open.notices().size(), 2); // the trouble that was there stays in sight
    }
    QCOMPARE(open.rows(), 0);
    QCOMPARE(open.posts(), 0);

    QVERIFY(execute(u"DROP TRIGGER no_more"_s));
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));
    QTRY_COMPARE(open.notices(), QStringList());
}

QTEST_MAIN(TestWindowJobs)
#include "tst_windowjobs.moc"
