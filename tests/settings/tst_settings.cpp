// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace clipkiln;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestSettings : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QString file() const { return m_folder->filePath(u"settings.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aNewProfileStartsOnTheSimulatorWithTheDefaults()
    {
        const Settings settings(file());
        QCOMPARE(settings.origin(), Origin::simulator());
        QVERIFY(!settings.realMoneyExplained());
        QVERIFY(!settings.useEnvironmentKey());
        QVERIFY(settings.clipsFolder().isEmpty());
        QVERIFY(settings.describeClips() && !settings.saveWithDetails() && !settings.dragWithDetails());
        QVERIFY(settings.removeMetadata());
        QCOMPARE(settings.concurrency(), 3);
        QCOMPARE(settings.pollInterval(), 5s);
        QCOMPARE(settings.softTimeLimit(), 10min);
        QCOMPARE(settings.unsentAtStart(), Settings::UnsentAtStart::Run);
        QVERIFY(!settings.queueOnHold());
        QCOMPARE(settings.sendVideos(), Settings::SendVideos::AsFile);
        QCOMPARE(settings.uploadLife(), 24h);
        QVERIFY(settings.autoPlay());
        QVERIFY(!settings.loop());
        QCOMPARE(settings.volume(), 0.8);
        QVERIFY(!settings.muted());
        QCOMPARE(settings.theme(), Settings::Theme::System);
        QCOMPARE(settings.mode(), Mode::Text);
        QVERIFY(!settings.lastRequest(Mode::Image));
        QVERIFY(settings.promptDraft().isEmpty());
        QVERIFY(settings.windowGeometry().isEmpty());
    }

    void limitsKeepEveryDecimal()
    {
        const SpendLimits limits{Money{12'345'678'901}, Money{500'000'000'000}, true};
        {
            Settings settings(file());
            QCOMPARE(settings.spendLimits(), SpendLimits{});
            QSignalSpy changed(&settings, &Settings::queueChanged);
            settings.setSpendLimits(limits);
            QCOMPARE(changed.size(), 1);
            QVERIFY(!settings.sync());
        }
        Settings settings(file());
        QCOMPARE(settings.spendLimits(), limits);
        settings.setSpendLimits({});
        QCOMPARE(settings.spendLimits(), SpendLimits{});
    }

    void whatIsSetIsThereInTheNextRun()
    {
        const QString prompt = u"A harbour,\n\"dawn\"; 100% mist = ü 漢字 \\ end"_s;
        {
            Settings settings(file());
            settings.setOrigin(Origin::service());
            settings.setRealMoneyExplained(true);
            settings.setUseEnvironmentKey(true);
            settings.setClipsFolder(u"/tmp/clips, mine"_s);
            settings.setRemoveMetadata(false);
            settings.setConcurrency(5);
            settings.setSendVideos(Settings::SendVideos::Inline);
            settings.setDescribeClips(false);
            settings.setSaveWithDetails(true);
            settings.setDragWithDetails(true);
            settings.setUploadLife(7 * 24h);
            settings.setPollInterval(2500ms);
            settings.setSoftTimeLimit(20min);
            settings.setUnsentAtStart(Settings::UnsentAtStart::Hold);
            settings.setQueueOnHold(true);
            settings.setAutoPlay(false);
            settings.setLoop(true);
            settings.setVolume(0.25);
            settings.setMuted(true);
            settings.setTheme(Settings::Theme::Dark);
            settings.setMode(Mode::Image);
            settings.setPromptDraft(prompt);
            settings.setWindowGeometry(QByteArray("\0\1\xFF;=", 5));
            settings.setWindowState(QByteArray("\2\0", 2));
            QVERIFY(!settings.sync());
        }
        const Settings settings(file());
        QCOMPARE(settings.origin(), Origin::service());
        QVERIFY(settings.realMoneyExplained());
        QVERIFY(settings.useEnvironmentKey());
        QCOMPARE(settings.clipsFolder(), u"/tmp/clips, mine"_s);
        QVERIFY(!settings.describeClips() && settings.saveWithDetails() && settings.dragWithDetails());
        QVERIFY(!settings.removeMetadata());
        QCOMPARE(settings.concurrency(), 5);
        QCOMPARE(settings.sendVideos(), Settings::SendVideos::Inline);
        QCOMPARE(settings.uploadLife(), 7 * 24h);
        QCOMPARE(settings.pollInterval(), 2500ms);
        QCOMPARE(settings.softTimeLimit(), 20min);
        QCOMPARE(settings.unsentAtStart(), Settings::UnsentAtStart::Hold);
        QVERIFY(settings.queueOnHold());
        QVERIFY(!settings.autoPlay());
        QVERIFY(settings.loop());
        QCOMPARE(settings.volume(), 0.25);
        QVERIFY(settings.muted());
        QCOMPARE(settings.theme(), Settings::Theme::Dark);
        QCOMPARE(settings.mode(), Mode::Image);
        QCOMPARE(settings.promptDraft(), prompt);
        QCOMPARE(settings.windowGeometry(), QByteArray("\0\1\xFF;=", 5));
        QCOMPARE(settings.windowState(), QByteArray("\2\0", 2));
    }

    void theSettingsOfEachModeAreRememberedWithoutTheirContent()
    {
        GenerationRequest image;
        image.prompt = u"secret plan"_s;
        image.model = u"grok-imagine-video-1.5"_s;
        image.duration = 9s;
        image.resolution = u"1080p"_s;
        image.generateAudio = false;
        image.inputs = FromImage{RemoteUrl{QUrl(u"https://example.com/a.png"_s)}, {}, {}};
        GenerationRequest text;
        text.model = u"grok-imagine-video"_s;
        text.aspectRatio = u"1:1"_s;
        {
            Settings settings(file());
            settings.setLastRequest(image);
            settings.setLastRequest(text);
        }
        image.prompt.clear();
        image.inputs = FromImage{};
        const Settings settings(file());
        QVERIFY(settings.lastRequest(Mode::Image) == image);
        QVERIFY(settings.lastRequest(Mode::Text) == text);
        QVERIFY(!settings.lastRequest(Mode::Edit));
        const QByteArray stored = test::readFile(file());
        QVERIFY(!stored.contains("secret plan"));
        QVERIFY(!stored.contains("example.com"));
    }

    void aFileSpoiltByHandGivesUsableValues()
    {
        QVERIFY(test::writeFile(
            file(), "[queue]\nconcurrency=99\npollMilliseconds=-5\nsoftLimitSeconds=soon\nunsentAtStart=maybe\n"
                    "[player]\nvolume=7\n[files]\nsendVideos=pigeon\nkeepSeconds=5\n[look]\ntheme=plaid\n[service]"
                    "\norigin=http://example.com/v1\n"
                    "[create]\nmode=dance\nlast-text={\"half\n"));
        const Settings settings(file());
        QCOMPARE(settings.concurrency(), 6);
        QCOMPARE(settings.sendVideos(), Settings::SendVideos::AsFile);
        QCOMPARE(settings.uploadLife(), 1h);
        QCOMPARE(settings.pollInterval(), 1s);
        QVERIFY(settings.softTimeLimit() >= 30s);
        QCOMPARE(settings.unsentAtStart(), Settings::UnsentAtStart::Run);
        QCOMPARE(settings.volume(), 1.0);
        QCOMPARE(settings.theme(), Settings::Theme::System);
        QCOMPARE(settings.origin(), Origin::simulator());
        QCOMPARE(settings.mode(), Mode::Text);
        QVERIFY(!settings.lastRequest(Mode::Text));
    }

    void limitsThatCannotBeReadCountAsReached_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray rest = "[queue]\nconcurrency=2\n";
        QTest::newRow("a comma") << QByteArray("[money]\ndailyLimit=0,01\n" + rest);
        QTest::newRow("a comma, quoted") << QByteArray("[money]\ndailyLimit=\"0,01\"\n" + rest);
        QTest::newRow("no number") << QByteArray("[money]\nmonthlyLimit=nan\n" + rest);
        QTest::newRow("no end") << QByteArray("[money]\nmonthlyLimit=inf\n" + rest);
        QTest::newRow("below nothing") << QByteArray("[money]\ndailyLimit=-1\n" + rest);
        QTest::newRow("another type") << QByteArray("[money]\ndailyLimit=@Invalid()\n" + rest);
        QTest::newRow("one of two") << QByteArray("[money]\ndailyLimit=5\nmonthlyLimit=a lot\n" + rest);
        QTest::newRow("cut within a number") << QByteArray(rest + "[money]\ndailyLimit=0.");
        QTest::newRow("cut before the number") << QByteArray(rest + "[money]\ndailyLimit=");
        QTest::newRow("cut within the name") << QByteArray(rest + "[money]\ndailyL");
        QTest::newRow("cut before the name") << QByteArray("[queue]\nconcurrency=2");
        QTest::newRow("cut to nothing") << QByteArray();
        QTest::newRow("nulls after a power cut") << QByteArray(200, '\0');
        QTest::newRow("too large") << QByteArray("[queue]\nconcurrency=2\n" + QByteArray(5 * 1024 * 1024, '#') + '\n');
    }
    void limitsThatCannotBeReadCountAsReached()
    {
        QFETCH(const QByteArray, content);
        QVERIFY(test::writeFile(file(), content));
        const auto asks = [](const Settings& settings) {
            return limitPassed(settings.spendLimits(), {}, Money{1}, QDate(2026, 10, 5)).has_value();
        };
        {
            Settings settings(file());
            QVERIFY(asks(settings));
            settings.setConcurrency(1); // writes the file anew
        }
        Settings settings(file());
        QVERIFY(asks(settings));
        settings.setSpendLimits({});
        QVERIFY(!asks(settings));
    }

    void aPipeIsNotWaitedFor()
    {
#ifdef Q_OS_UNIX
        QCOMPARE(::mkfifo(QFile::encodeName(file()).constData(), 0600), 0);
        Settings settings(file());
        QVERIFY2(settings.problem().contains(u"settings.ini: This is not a plain file."_s),
                 qPrintable(settings.problem()));
        settings.setConcurrency(1);
        QCOMPARE(settings.concurrency(), 1);
        QVERIFY(settings.sync());
        QVERIFY(!QFileInfo(file()).isFile());
#else
        QSKIP("There are no named pipes in folders here.");
#endif
    }

    void aDraftKeepsTheFileSmall()
    {
        {
            Settings settings(file());
            settings.setPromptDraft(QString(10'000'000, u'漢'));
        }
        const Settings settings(file());
        QVERIFY(settings.problem().isEmpty());
        QCOMPARE(settings.promptDraft(), QString(100'000, u'漢'));
    }

    void everyGroupTellsOfItsChange()
    {
        Settings settings(file());
        QSignalSpy origin(&settings, &Settings::originChanged);
        QSignalSpy folders(&settings, &Settings::foldersChanged);
        QSignalSpy queue(&settings, &Settings::queueChanged);
        QSignalSpy player(&settings, &Settings::playerChanged);
        QSignalSpy theme(&settings, &Settings::themeChanged);
        settings.setOrigin(Origin::service());
        settings.setUseEnvironmentKey(true);
        settings.setClipsFolder(u"/tmp/x"_s);
        settings.setConcurrency(1);
        settings.setPollInterval(1s);
        settings.setSoftTimeLimit(60s);
        settings.setUnsentAtStart(Settings::UnsentAtStart::Hold);
        settings.setQueueOnHold(true);
        settings.setAutoPlay(false);
        settings.setLoop(true);
        settings.setVolume(0);
        settings.setMuted(true);
        settings.setTheme(Settings::Theme::Light);
        QCOMPARE(origin.count(), 2);
        QCOMPARE(folders.count(), 1);
        QCOMPARE(queue.count(), 5);
        QCOMPARE(player.count(), 4);
        QCOMPARE(theme.count(), 1);
    }

    void aFileThatCannotBeWrittenIsToldOf()
    {
        QVERIFY(test::writeFile(m_folder->filePath(u"notafolder"_s), "x"));
        Settings settings(m_folder->filePath(u"notafolder/settings.ini"_s));
        settings.setConcurrency(2);
        const std::optional<Error> error = settings.sync();
        QVERIFY(error);
        QVERIFY(error->kind == ErrorKind::Disk || error->kind == ErrorKind::DiskFull);
    }
};

QTEST_GUILESS_MAIN(TestSettings)

#include "tst_settings.moc"
