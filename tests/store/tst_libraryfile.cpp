// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backups.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/library.h"
#include "store/migrations.h"
#include "store/sqlitefile.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;
using samples::job;
using samples::requestId;

/// The database when all is well, when it is damaged, and when it is gone.
class TestLibraryFile : public test::TestCase
{
    Q_OBJECT

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"library.sqlite"_s); }
    [[nodiscard]] QStringList names(const QString& folder = u"."_s) const
    {
        return QDir(m_folder->filePath(folder)).entryList({u"library*"_s}, QDir::Files | QDir::Hidden, QDir::Name);
    }
    [[nodiscard]] QStringList lookingAside() const { return names().filter(u"damaged"_s); }
    void fill(const QList<Job>& jobs) const
    {
        const auto library = openLibrary(file(), m_day);
        QVERIFY(library);
        QVERIFY(library->recovery.isEmpty());
        QVERIFY(!JobStore(library->database).save(jobs));
    }
    void write(const QByteArray& content) const
    {
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        QCOMPARE(damaged.write(content), content.size());
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile whole(file());
        return whole.open(QIODevice::ReadOnly) ? whole.readAll() : QByteArray();
    }
    static QHash<QString, State> statesIn(const Library& library)
    {
        QHash<QString, State> states;
        const auto jobs = JobStore(library.database).load();
        if (jobs) {
            for (const Job& each : *jobs)
                states.insert(each.id.toString(), each.state());
        }
        return states;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    const QDate m_day{2026, 12, 1};

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aNewOneIsMade()
    {
        fill({job(u"a"_s, Queued{})});
        QCOMPARE(names(), QStringList(u"library.sqlite"_s));
        const auto library = openLibrary(file(), m_day);
        QVERIFY(library);
        QCOMPARE(library->recovery, QString());
        QCOMPARE(statesIn(*library), (QHash<QString, State>{{u"a"_s, State::Queued}}));
    }

    void aBackupADayAndSevenOfThem()
    {
        fill({job(u"a"_s, Queued{})});
        const auto open = openLibrary(file(), m_day); // it may be open
        QVERIFY(open);
        const Backups backups(file());
        for (int day = 0; day < 9; ++day) {
            QVERIFY(backups.isDue(m_day.addDays(day)));
            QVERIFY(!backups.make(m_day.addDays(day)));
            QVERIFY(!backups.isDue(m_day.addDays(day)));
        }
        QVERIFY(!backups.make(m_day.addDays(8))); // once more takes its place
        QCOMPARE(backups.all().size(), 7);
        QCOMPARE(backups.all().first().path, m_folder->filePath(u"backups/library-2026-12-09.sqlite"_s));
        QCOMPARE(names(u"backups"_s).size(), 7); // and nothing else
        QCOMPARE(examine(backups.all().first().path).version, currentVersion());
#ifdef Q_OS_UNIX
        QVERIFY(!(QFile::permissions(backups.all().first().path) & (QFile::ReadGroup | QFile::ReadOther)));
#endif
    }

    void whatACrashLeftOfABackupGoes()
    {
        fill({});
        QVERIFY(QDir(m_folder->path()).mkdir(u"backups"_s));
        QFile half(m_folder->filePath(u"backups/library.0123.part"_s));
        QVERIFY(half.open(QIODevice::WriteOnly));
        QVERIFY(!Backups(file()).make(m_day));
        QCOMPARE(names(u"backups"_s), QStringList(u"library-2026-12-01.sqlite"_s));
    }

    void theSchemaChangesBehindABackup()
    {
        {
            const auto database = Database::open(file());
            QVERIFY(database);
            QVERIFY((*database)->run(u"DROP TABLE uploads"_s));
            QVERIFY((*database)->run(u"PRAGMA user_version = 4"_s));
        }
        const int before = examine(file()).version;
        QVERIFY(before < currentVersion());
        QVERIFY(!QDir(m_folder->filePath(u"backups"_s)).exists());
        // Whether the steps in between can be climbed from here or not: the backup is there first.
        std::ignore = openLibrary(file(), m_day);
        QCOMPARE(examine(m_folder->filePath(u"backups/library-2026-12-01.sqlite"_s)).version, before);
    }

    void aDamagedOneIsReplacedByTheBackup_data()
    {
        QTest::addColumn<QByteArray>("damage"); // "half": cut to the half
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a web page") << QByteArray("<html>Bad gateway</html>");
        QTest::newRow("nulls") << QByteArray(64 * 1024, '\0');
        QTest::newRow("cut to the half") << QByteArray("half");
        QTest::newRow("another program's, of our version") << QByteArray("foreign");
    }
    void aDamagedOneIsReplacedByTheBackup()
    {
        QFETCH(const QByteArray, damage);
        Downloading downloading;
        downloading.requestId = requestId;
        fill({job(u"held"_s, Held{}), job(u"queued"_s, Queued{}), job(u"uploading"_s, Uploading{}),
              job(u"submitting"_s, Submitting{}), job(u"generating"_s, Generating{requestId, {}, {}}),
              job(u"downloading"_s, downloading), job(u"failed"_s, Failed{})});
        QVERIFY(!Backups(file()).make(m_day));
        fill({job(u"later"_s, Queued{})});
        if (damage == "foreign") {
            QFile::remove(file());
            const auto database = Database::open(file());
            QVERIFY(database);
            QVERIFY((*database)->run(u"DROP TABLE jobs"_s));
        } else {
            write(damage == "half" ? content().first(content().size() / 2) : damage);
        }
        const auto library = openLibrary(file(), m_day.addDays(1));
        QVERIFY2(library, qPrintable(library ? QString() : library.error().detail));
        QCOMPARE(library->recovery,
                 u"The library was damaged and was set aside as library-damaged-2026-12-02.sqlite. The backup of "
                 "2026-12-01 is in use; jobs that had not been sent then wait for your decision."_s);
        QCOMPARE(lookingAside().filter(QRegularExpression(u"sqlite$"_s)),
                 QStringList(u"library-damaged-2026-12-02.sqlite"_s));
        // Nothing is sent by itself; what has an id is asked for.
        QCOMPARE(statesIn(*library), (QHash<QString, State>{{u"held"_s, State::Unconfirmed},
                                                            {u"queued"_s, State::Unconfirmed},
                                                            {u"uploading"_s, State::Unconfirmed},
                                                            {u"submitting"_s, State::Unconfirmed},
                                                            {u"generating"_s, State::Generating},
                                                            {u"downloading"_s, State::Downloading},
                                                            {u"failed"_s, State::Failed}}));
    }

    void aDamagedOneWithoutABackupBeginsAnew()
    {
        write("nonsense");
        {
            const auto library = openLibrary(file(), m_day);
            QVERIFY(library);
            QVERIFY2(library->recovery.contains(u"begins anew"_s), qPrintable(library->recovery));
            QVERIFY(statesIn(*library).isEmpty());
        }
        write("nonsense again");
        QVERIFY(openLibrary(file(), m_day));
        QCOMPARE(lookingAside().size(), 2); // of one day
    }

    void aDamagedBackupIsPassedOver()
    {
        fill({job(u"a"_s, Failed{})});
        QVERIFY(!Backups(file()).make(m_day));
        QFile damaged(m_folder->filePath(u"backups/library-2026-12-03.sqlite"_s));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.close();
        write({});
        const auto library = openLibrary(file(), m_day.addDays(5));
        QVERIFY(library);
        QVERIFY2(library->recovery.contains(u"backup of 2026-12-01"_s), qPrintable(library->recovery));
        QCOMPARE(statesIn(*library).size(), 1);
    }

    void oneThatIsGoneComesFromTheBackup()
    {
        fill({job(u"a"_s, Queued{})});
        QVERIFY(!Backups(file()).make(m_day));
        QVERIFY(QFile::remove(file()));
        const auto library = openLibrary(file(), m_day);
        QVERIFY(library);
        QVERIFY2(library->recovery.contains(u"was gone"_s), qPrintable(library->recovery));
        QCOMPARE(statesIn(*library), (QHash<QString, State>{{u"a"_s, State::Unconfirmed}}));
    }

    void aBackupPutInPlaceByHandSendsNothing()
    {
        fill({job(u"a"_s, Queued{}), job(u"b"_s, Generating{requestId, {}, {}})});
        QVERIFY(!Backups(file()).make(m_day));
        QVERIFY(QFile::remove(file()));
        QVERIFY(QFile::copy(m_folder->filePath(u"backups/library-2026-12-01.sqlite"_s), file()));
        const auto library = openLibrary(file(), m_day);
        QVERIFY(library);
        QCOMPARE(statesIn(*library),
                 (QHash<QString, State>{{u"a"_s, State::Unconfirmed}, {u"b"_s, State::Generating}}));
    }

    void aNewerOneIsNotTouched()
    {
        fill({job(u"a"_s, Queued{})});
        QVERIFY(!Backups(file()).make(m_day));
        {
            const auto database = Database::open(file());
            QVERIFY(database);
            QVERIFY((*database)->run(u"PRAGMA user_version = 99"_s));
        }
        const QByteArray before = content();
        const auto library = openLibrary(file(), m_day);
        QVERIFY(!library);
        QVERIFY2(library.error().detail.contains(u"newer Clipkiln"_s), qPrintable(library.error().detail));
        QCOMPARE(content(), before);
        QCOMPARE(names(), QStringList(u"library.sqlite"_s));
    }

    void whatAnotherProgramLocksIsNotDamaged()
    {
        fill({job(u"a"_s, Queued{})});
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder.sqlite"_s));
        QCOMPARE(examine(m_folder->filePath(u"folder.sqlite"_s)).state, FileState::Unreadable);
        QVERIFY(!openLibrary(m_folder->filePath(u"folder.sqlite"_s), m_day));
        QVERIFY(QDir(m_folder->filePath(u"folder.sqlite"_s)).exists());
    }

    void aHundredDamagesEndInAWorkingLibrary()
    {
        QList<Job> jobs;
        for (int i = 0; i < 200; ++i)
            jobs.append(job(QString::number(i), Failed{}));
        fill(jobs);
        QVERIFY(!Backups(file()).make(m_day));
        const QByteArray whole = content();
        QRandomGenerator random(4711);
        for (int i = 0; i < 100; ++i) {
            QByteArray damaged = whole;
            if (i % 4 == 0) {
                damaged.truncate(random.bounded(static_cast<int>(whole.size())));
            } else {
                const int at = i % 4 == 1 ? random.bounded(100) : random.bounded(static_cast<int>(whole.size()) - 512);
                for (int byte = 0; byte < (i % 4 == 3 ? 512 : 1); ++byte)
                    damaged[at + byte] = static_cast<char>(random.bounded(256));
            }
            write(damaged);
            const auto library = openLibrary(file(), m_day);
            QVERIFY2(library || library.error().detail.contains(u"newer"_s),
                     qPrintable(library ? QString() : library.error().detail));
            if (!library)
                continue;
            const bool wasRecovered = !library->recovery.isEmpty();
            QVERIFY(!wasRecovered || statesIn(*library).size() == 200);
            const auto error = JobStore(library->database).save(job(u"new"_s, Queued{}));
            QVERIFY2(!error, qPrintable(error ? error->detail : QString())); // it works
        }
    }
};

QTEST_GUILESS_MAIN(TestLibraryFile)

#include "tst_libraryfile.moc"
