// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/presets.h"
#include "settings/settings.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/profile.h"
#include "store/promptstore.h"
#include "store/uploadstore.h"
#include "support/testcase.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

QString dataFile(const QString& name)
{
    QFile file(QStringLiteral(CLIPKILN_TEST_DATA "/profile/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    return QString::fromUtf8(file.readAll());
}

/// Runs a dump of a database on a connection of its own.
void restore(const QString& file, const QString& dump)
{
    {
        auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"dump"_s);
        connection.setDatabaseName(file);
        QVERIFY(connection.open());
        for (const QString& statement : dump.split(u";\n"_s, Qt::SkipEmptyParts)) {
            QSqlQuery query(connection);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text() + u": "_s + statement));
        }
    }
    QSqlDatabase::removeDatabase(u"dump"_s);
}

} // namespace

/// A profile that an earlier Clipkiln left is read as it was meant: tables, columns, fields and keys keep their names.
/// tests/data/profile holds it as text, with @PROFILE@ for its folder.
class TestEarlierProfile : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const Profile profile(m_folder.path());
        restore(profile.databaseFile(), dataFile(u"library.sql"_s).replace(u"@PROFILE@"_s, m_folder.path()));
        for (const auto& [name, path] : {std::pair{u"settings.ini"_s, profile.settingsFile()},
                                         std::pair{u"presets.json"_s, m_folder.filePath(u"presets.json"_s)}}) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(dataFile(name).toUtf8());
        }
        auto database = Database::open(profile.databaseFile());
        QVERIFY2(database.has_value(), database ? "" : qPrintable(database.error().detail));
        m_database = *database;
    }

    void jobsAreInTheirStates_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<Mode>("mode");
        QTest::addColumn<State>("state");
        QTest::addColumn<ErrorKind>("error");
        const ErrorKind none{};
        QTest::newRow("done") << u"A paper boat on a pond"_s << Mode::Text << State::Done << none;
        QTest::newRow("from an image") << u"It starts to snow"_s << Mode::Image << State::Done << none;
        QTest::newRow("takes with references")
            << u"The coat from <IMAGE_2> in the boat"_s << Mode::Reference << State::Done << none;
        QTest::newRow("an edit") << u"Make it snow"_s << Mode::Edit << State::Done << none;
        QTest::newRow("moderated") << u"Ember storm"_s << Mode::Text << State::Moderated << ErrorKind::Moderated;
        QTest::newRow("failed") << u"Rain on the window"_s << Mode::Text << State::Failed << ErrorKind::ServerFault;
        QTest::newRow("expired") << u"Winter surf"_s << Mode::Text << State::Expired << ErrorKind::Expired;
        QTest::newRow("unconfirmed") << u"Fireflies"_s << Mode::Text << State::Unconfirmed << ErrorKind::SubmitLost;
        QTest::newRow("generating") << u"Clouds pour over a ridge"_s << Mode::Text << State::Generating << none;
        QTest::newRow("held") << u"A fox crosses a frozen river"_s << Mode::Text << State::Held << none;
        QTest::newRow("queued") << u"Lanterns over a lake"_s << Mode::Text << State::Queued << none;
        QTest::newRow("cancelled") << u"A market in neon"_s << Mode::Text << State::Cancelled << none;
    }
    void jobsAreInTheirStates()
    {
        QFETCH(QString, prompt);
        QFETCH(Mode, mode);
        QFETCH(State, state);
        QFETCH(ErrorKind, error);
        const Job job = find(prompt);
        QCOMPARE(job.request.mode(), mode);
        QCOMPARE(job.state(), state);
        QVERIFY(job.createdAt.isValid());
        QVERIFY(job.estimate.has_value());
        const std::optional<Error> trouble = errorOf(job.phase);
        QCOMPARE(trouble.has_value(), error != ErrorKind{});
        if (trouble)
            QCOMPARE(trouble->kind, error);
    }

    void whatWasTakenOutStaysInTheBooks()
    {
        QVERIFY(find(u"Taken out of the list"_s).id.isEmpty());
        QVERIFY(!JobStore(m_database).spendSince({})->lines.isEmpty());
    }

    void inputsKeepTheirCopies()
    {
        const Job snow = find(u"It starts to snow"_s);
        const auto file = std::get<LocalFile>(std::get<FromImage>(snow.request.inputs).image);
        QCOMPARE(file.name, u"boat.jpg"_s);
        QCOMPARE(file.size, QSize(200, 200));
        QVERIFY(file.path.startsWith(m_folder.path()));
        QVERIFY(file.path.contains(file.hash));
        const Job takes = find(u"The coat from <IMAGE_2> in the boat"_s);
        QCOMPARE(std::get<FromReferences>(takes.request.inputs).images.size(), 2);
        QCOMPARE(takes.takes, 2);
        QVERIFY(!takes.group.isEmpty());
        const Job edit = find(u"Make it snow"_s);
        const auto video = std::get<LocalFile>(std::get<EditClip>(edit.request.inputs).video);
        QVERIFY(video.seconds > 2);
        QCOMPARE(UploadStore(m_database).ids(edit.origin)->size(), 1);
    }

    void clipsKnowTheirJobs()
    {
        const Job job = find(u"A paper boat on a pond"_s);
        const auto clip = ClipStore(m_database).find(std::get<Done>(job.phase).clip);
        QVERIFY(clip.has_value());
        QCOMPARE(clip->job, job.id);
        QCOMPARE(clip->request, job.request);
        QCOMPARE(clip->path, m_folder.filePath(u"out/boat.mp4"_s));
        QVERIFY(clip->origin.isSimulated());
        QVERIFY(clip->bytes > 0 && clip->seconds > 1.9);
    }

    void promptsAreRemembered()
    {
        const auto prompts = PromptStore(m_database).load();
        QVERIFY(prompts.has_value());
        QStringList names;
        for (const PastPrompt& prompt : *prompts)
            names << prompt.prompt;
        QVERIFY(names.contains(u"Winter surf"_s));
        QVERIFY(!names.contains(u"A market in neon"_s)); // forgotten
    }

    void settingsAreAsTheyWereLeft()
    {
        const Settings settings(Profile(m_folder.path()).settingsFile());
        QCOMPARE(settings.concurrency(), 2);
        QVERIFY(!settings.removeMetadata());
        QVERIFY(settings.queueOnHold());
        QCOMPARE(settings.unsentAtStart(), Settings::UnsentAtStart::Hold);
        QCOMPARE(settings.sendVideos(), Settings::SendVideos::Inline);
        QCOMPARE(settings.uploadLife(), std::chrono::hours(48));
        QCOMPARE(settings.spendLimits(),
                 (SpendLimits{Money{Money::ticksPerDollar * 5}, Money{Money::ticksPerDollar * 50}, true}));
        QVERIFY(!settings.autoPlay());
        QVERIFY(settings.loop());
        QCOMPARE(settings.volume(), 0.5);
        QVERIFY(settings.muted());
        QCOMPARE(settings.theme(), Settings::Theme::Dark);
        QCOMPARE(settings.mode(), Mode::Reference);
        QCOMPARE(settings.promptDraft(), u"A half-written prompt"_s);
        QCOMPARE(settings.takes(Mode::Text), 3);
        QVERIFY(settings.realMoneyExplained());
        const auto last = settings.lastRequest(Mode::Text);
        QVERIFY(last);
        QCOMPARE(last->duration, std::chrono::seconds(9));
        QCOMPARE(last->aspectRatio, u"9:16"_s);
    }

    void presetsAreThere()
    {
        Presets presets(m_folder.filePath(u"presets.json"_s));
        QVERIFY(!presets.load());
        QCOMPARE(presets.all().size(), 2);
        const Preset* night = presets.find(u"Night, rain on the lens"_s);
        QVERIFY(night && night->starred);
        QCOMPARE(night->request.duration, std::chrono::seconds(9));
        QVERIFY(presets.find(u"Go on for a while"_s)->request.mode() == Mode::Extend);
    }

private:
    [[nodiscard]] Job find(const QString& prompt) const
    {
        const auto jobs = JobStore(m_database).load();
        for (const Job& job : jobs.value_or(QList<Job>{})) {
            if (job.request.prompt == prompt)
                return job;
        }
        return {};
    }

    QTemporaryDir m_folder;
    std::shared_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(TestEarlierProfile)
#include "tst_earlierprofile.moc"
