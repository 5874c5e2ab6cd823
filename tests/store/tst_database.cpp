// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/jobstore.h"
#include "store/migrations.h"
#include "support/testcase.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

Job someJob(const QString& prompt = u"A paper boat"_s)
{
    Job job;
    job.id = JobId::create();
    job.request.prompt = prompt;
    job.createdAt = QDateTime::currentDateTimeUtc();
    return job;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Runs statements on a connection of its own, as another program would.
void runOutside(const QString& file, const QStringList& statements)
{
    {
        auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"outside"_s);
        connection.setDatabaseName(file);
        QVERIFY(connection.open());
        for (const auto& statement : statements) {
            QSqlQuery query(connection);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"outside"_s);
}

QString pragma(const Database& database, const QString& name)
{
    auto query = database.run(u"PRAGMA "_s + name);
    return query && query->next() ? query->value(0).toString() : QString();
}

} // namespace

class TestDatabase : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_file;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        QVERIFY(m_folder.isValid());
        m_file = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + u".sqlite"_s);
    }

    void aNewFileIsSafeAndUpToDate()
    {
        const auto database = Database::open(m_file);
        QVERIFY(database);
        QCOMPARE(pragma(**database, u"user_version"_s).toInt(), currentVersion());
        QCOMPARE(pragma(**database, u"journal_mode"_s), u"wal"_s);
        QCOMPARE(pragma(**database, u"synchronous"_s), u"2"_s); // FULL
        QCOMPARE(pragma(**database, u"foreign_keys"_s), u"1"_s);
    }

    void openingAgainKeepsWhatIsThere()
    {
        const Job job = someJob();
        {
            const auto database = Database::open(m_file);
            QVERIFY(database);
            QVERIFY(!JobStore(*database).save(job));
        }
        const auto database = Database::open(m_file);
        QVERIFY(database);
        const auto jobs = JobStore(*database).load();
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), 1);
        QCOMPARE(jobs->first().id, job.id);
    }

    void aLadderThatBrokeOffIsClimbedFromItsStart()
    {
        // A migration that fails half way leaves nothing behind: here the second table is in its way.
        runOutside(m_file, {u"CREATE TABLE clips (in_the_way TEXT)"_s});
        QVERIFY(!Database::open(m_file));
        runOutside(m_file, {u"DROP TABLE clips"_s});
        const auto database = Database::open(m_file);
        QVERIFY(database);
        QVERIFY(!JobStore(*database).save(someJob()));
    }

    void aFileOfTheFirstVersionComesAlong()
    {
        const Job job = someJob();
        runOutside(m_file,
                   migrationFrom(0) + QStringList{u"INSERT INTO jobs VALUES ('%1', 'service', 'queued', '{}', "
                                                  "'{\"mode\":\"text\",\"prompt\":\"A paper boat\",\"model\":\"\"}', "
                                                  "'2026-11-23T08:09:10.123Z', NULL, NULL, NULL, NULL, '', '')"_s.arg(
                                                      job.id.toString()),
                                                  u"PRAGMA user_version = 1"_s});
        const auto database = Database::open(m_file);
        QVERIFY(database);
        JobStore jobs(*database);
        const auto old = jobs.find(job.id);
        QVERIFY(old);
        QCOMPARE(old->request.prompt, u"A paper boat"_s);
        QCOMPARE(old->takes, 1);
        QCOMPARE(jobs.load()->size(), 1);
        QVERIFY(!jobs.remove(job.id));
        QCOMPARE(jobs.load()->size(), 0);
    }

    void aNewerFileIsLeftAsItIs()
    {
        runOutside(m_file, {u"CREATE TABLE later (x)"_s, u"PRAGMA user_version = 9999"_s});
        const QByteArray before = contentOf(m_file);
        for (const auto access : {Database::Access::ReadWrite, Database::Access::ReadOnly}) {
            const auto database = Database::open(m_file, access);
            QVERIFY(!database);
            QCOMPARE(database.error().kind, ErrorKind::Database);
            QVERIFY2(database.error().detail.contains(u"newer"_s), qPrintable(database.error().detail));
        }
        QCOMPARE(contentOf(m_file), before);
        QVERIFY(!QFile::exists(m_file + u"-wal"_s));
    }

    void whatIsNoDatabaseIsLeftAsItIs()
    {
        const QByteArray letter(5'000, 'x');
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(letter);
        file.close();
        const auto database = Database::open(m_file);
        QVERIFY(!database);
        QCOMPARE(database.error().kind, ErrorKind::Database);
        QCOMPARE(contentOf(m_file), letter);
    }

    void aFolderThatIsMissingIsADiskError()
    {
        const auto database = Database::open(m_folder.filePath(u"missing/library.sqlite"_s));
        QVERIFY(!database);
        QCOMPARE(database.error().kind, ErrorKind::Disk);
    }

    void aReaderSeesWhatTheWriterWrites()
    {
        const auto writer = Database::open(m_file);
        QVERIFY(writer);
        const auto reader = Database::open(m_file, Database::Access::ReadOnly);
        QVERIFY(reader);
        QVERIFY(!JobStore(*writer).save(someJob()));
        const auto jobs = JobStore(*reader).load();
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), 1);
        QVERIFY(JobStore(*reader).save(someJob())); // refused
    }

    void aReaderComesAfterTheWriterHasGone()
    {
        {
            const auto writer = Database::open(m_file);
            QVERIFY(writer);
            QVERIFY(!JobStore(*writer).save(someJob()));
        }
        const auto reader = Database::open(m_file, Database::Access::ReadOnly);
        QVERIFY(reader);
        QCOMPARE(JobStore(*reader).load()->size(), 1);
    }

    void aTransactionCountsWholeOrNotAtAll()
    {
        const auto database = Database::open(m_file);
        QVERIFY(database);
        JobStore jobs(*database);
        const Error stop{ErrorKind::Database, u"stop"_s};
        const auto error = (*database)->inTransaction([&]() -> std::optional<Error> {
            if (auto failed = jobs.save(someJob()))
                return failed;
            return stop;
        });
        QCOMPARE(error, std::optional(stop));
        QCOMPARE(jobs.load()->size(), 0);
        QVERIFY(!jobs.save(someJob())); // and the connection is free again
    }

    void aFullFileIsDiskFullAndChangesNothing()
    {
        const auto database = Database::open(m_file);
        QVERIFY(database);
        JobStore jobs(*database);
        const Job first = someJob();
        QVERIFY(!jobs.save(first));
        // SQLite's own limit gives the very error of a full disk.
        QVERIFY((*database)->run(u"PRAGMA max_page_count = 1"_s));
        const auto error = jobs.save(someJob(QString(100'000, u'x')));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::DiskFull);
        QCOMPARE(jobs.load()->size(), 1);
        QVERIFY((*database)->run(u"PRAGMA max_page_count = 1000000"_s));
        QVERIFY(!jobs.save(someJob()));
        QCOMPARE(jobs.load()->size(), 2);
    }

#ifdef Q_OS_UNIX
    void aWriteThatTheSystemRefusesIsADiskError()
    {
        const auto database = Database::open(m_file);
        QVERIFY(database);
        JobStore jobs(*database);
        QVERIFY(!jobs.save(someJob()));

        // No file may grow beyond 64 KiB: write() fails as it does on a disk in trouble.
        const auto usual = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit limit = before;
        limit.rlim_cur = 64 * 1024;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        const auto error = jobs.save(someJob(QString(1'000'000, u'x')));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, usual);

        QVERIFY(error);
        QVERIFY2(error->kind == ErrorKind::Disk || error->kind == ErrorKind::DiskFull, qPrintable(error->detail));
        QCOMPARE(jobs.load()->size(), 1);
        QVERIFY(!jobs.save(someJob()));
    }
#endif

    void eachOpenFileHasItsOwnConnection()
    {
        const auto one = Database::open(m_file);
        const auto two = Database::open(m_file);
        QVERIFY(one);
        QVERIFY(two);
        QVERIFY((*one)->connectionName() != (*two)->connectionName());
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
