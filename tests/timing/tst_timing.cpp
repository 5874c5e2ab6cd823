// SPDX-License-Identifier: GPL-3.0-or-later
// What a person would call at once, by the clock: for a machine that does nothing else, so no part of the usual run.
#include "gui/create/historypopup.h"
#include "gui/create/promptrecall.h"
#include "gui/library/clipview.h"
#include "gui/library/librarypanel.h"
#include "gui/models/clipmodel.h"
#include "gui/player/player.h"
#include "media/read/thumbnails.h"
#include "simulator/httpclient.h"
#include "simulator/simulator.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/promptstore.h"
#include "support/createform.h"
#include "support/mediafiles.h"
#include "support/requests.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

namespace {

const QDateTime moment({2026, 11, 23}, {17, 2}, Qt::UTC);

/// The middle of five, in milliseconds: one slow moment is no verdict.
template <typename Work>
qint64 median(Work work)
{
    std::array<qint64, 5> times{};
    for (size_t i = 0; i < times.size(); ++i) {
        QElapsedTimer timer;
        timer.start();
        work(static_cast<int>(i));
        times[i] = timer.elapsed();
    }
    std::ranges::sort(times);
    return times[2];
}

} // namespace

#define VERIFY_LESS(took, most) QVERIFY2((took) < (most), qPrintable(QString::number(took) + u" ms"_s))

class TestTiming : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aClipOfTheSimulatorTakesSeconds();
    void tenThousandClipsAreSearchedAtOnce();
    void tenThousandPromptsAreSearchedAtOnce();
    void tenThousandPromptsAreLoadedAtOnce();
    void twiceTheSpeedTakesHalfTheTime();

private:
    QTemporaryDir m_folder;
};

void TestTiming::aClipOfTheSimulatorTakesSeconds()
{
    simulator::Options options; // as the app starts it
    options.folder = m_folder.filePath(u"simulator"_s);
    simulator::Simulator simulator(options);
    QVERIFY(!simulator.start());
    HttpClient api(simulator.baseUrl());
    const QJsonObject body{{u"prompt"_s, u"Hills in the snow"_s}, {u"duration"_s, 6}, {u"resolution"_s, u"720p"_s}};
    QElapsedTimer timer;
    timer.start();
    const QString id = api.post(u"/v1/videos/generations"_s, body).json()[u"request_id"_s].toString();
    QTRY_COMPARE(api.get(u"/v1/videos/"_s + id).status, 200);
    VERIFY_LESS(timer.elapsed(), 8'000);
}

void TestTiming::tenThousandClipsAreSearchedAtOnce()
{
    Theme theme;
    Thumbnails thumbnails(m_folder.filePath(u"thumbnails"_s));
    ClipModel model;
    LibraryPanel panel(theme, thumbnails, model);
    panel.resize(400, Theme::libraryHeight);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel, patience));
    QList<Clip> many;
    for (int i = 0; i < 10'000; ++i) {
        many << samples::clip(QString::number(i), u"Prompt %1 of a long walk along the harbour at dawn"_s.arg(i),
                              Mode::Text, i);
    }
    model.setClips(many);
    auto* search = test::find<QLineEdit>(panel, "searchEdit");
    auto* view = panel.findChild<ClipView*>();
    const qint64 took = median([&](int round) {
        search->setText(u"prompt %1"_s.arg(round + 1));
        view->viewport()->repaint();
    });
    VERIFY_LESS(took, 250);
}

void TestTiming::tenThousandPromptsAreSearchedAtOnce()
{
    test::CreateForm form(m_folder.path());
    QList<PastPrompt> prompts;
    for (int i = 0; i < 10'000; ++i)
        prompts.append({u"A long shot of harbour number %1, gulls far off, soft wind"_s.arg(i), Mode::Text, 1,
                        moment.addSecs(-i)});
    QElapsedTimer timer;
    timer.start();
    form.panel.recall().setPrompts(prompts);
    QTest::keyClick(&form.prompt(), Qt::Key_Up, Qt::AltModifier);
    VERIFY_LESS(timer.restart(), 500);
    form.click("historyButton");
    auto* popup = form.part<HistoryPopup>("historyPopup");
    popup->repaint();
    VERIFY_LESS(timer.restart(), 500);
    QTest::keyClicks(form.part<QLineEdit>("historySearchEdit"), u"harbour 9"_s);
    popup->repaint();
    VERIFY_LESS(timer.elapsed(), 1'500); // nine keys
}

void TestTiming::tenThousandPromptsAreLoadedAtOnce()
{
    const auto database = Database::open(m_folder.filePath(u"library.sqlite"_s));
    QVERIFY(database.has_value());
    JobStore jobs(*database);
    QList<Job> many;
    for (int i = 0; i < 10'000; ++i) {
        Job job;
        job.id = JobId::create();
        job.request = test::request(Mode::Text);
        job.request.prompt = u"A long shot of harbour number %1, gulls far off, soft wind"_s.arg(i);
        job.createdAt = moment.addSecs(-i);
        job.phase = Queued{};
        many << job;
    }
    QVERIFY(!jobs.save(many));
    const PromptStore prompts(*database);
    QElapsedTimer timer;
    timer.start();
    const auto loaded = prompts.load();
    VERIFY_LESS(timer.elapsed(), 500);
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->size(), 10'000);
}

void TestTiming::twiceTheSpeedTakesHalfTheTime()
{
    constexpr int frames = 48; // 2 s
    const QString file = m_folder.filePath(u"clip.mp4"_s);
    QVERIFY(test::makeNumberedVideo(file, frames, {u"-c:v"_s, u"libx264"_s}));
    Player player;
    QSignalSpy ended(&player, &Player::ended);
    player.open(file, 2, 24);
    QTRY_COMPARE(player.state(), Player::State::Paused);
    player.setSpeed(2);
    QElapsedTimer timer;
    timer.start();
    player.play();
    QTRY_COMPARE(ended.size(), 1);
    VERIFY_LESS(timer.elapsed(), 1'700);
}

QTEST_MAIN(TestTiming)
#include "tst_timing.moc"
