// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/migrations.h"
#include "store/uploadstore.h"
#include "support/testcase.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace clipkiln;

class TestUploadStore : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;

    [[nodiscard]] UploadStore open()
    {
        m_database.reset();
        auto database = Database::open(m_folder->filePath(u"library.sqlite"_s));
        if (!database)
            qFatal("%s", qPrintable(database.error().detail));
        m_database = *database;
        return UploadStore(m_database);
    }
    static RemoteFile file(const QString& id, std::chrono::seconds left)
    {
        RemoteFile file;
        file.id = id;
        file.name = u"gulls.mp4"_s;
        file.bytes = 21'400'000;
        file.expiresAt = QDateTime::currentDateTimeUtc().addSecs(left.count());
        return file;
    }
    static std::optional<QString> found(const UploadStore& store, const Origin& origin, const QString& hash)
    {
        return store.find(origin, hash).value_or(std::nullopt);
    }
    int rows()
    {
        auto counted = m_database->run(u"SELECT count(*) FROM uploads"_s);
        return counted && counted->next() ? counted->value(0).toInt() : -1;
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void whatIsRememberedIsFoundInTheNextRun()
    {
        UploadStore store = open();
        QCOMPARE(found(store, Origin::service(), u"aa"_s), std::nullopt);
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, u"video/mp4"_s, file(u"file_1"_s, 24h)));
        store = open();
        QCOMPARE(found(store, Origin::service(), u"aa"_s), u"file_1"_s);
        QCOMPARE(found(store, Origin::service(), u"bb"_s), std::nullopt);
        QCOMPARE(found(store, Origin::simulator(), u"aa"_s), std::nullopt); // another service has other files
        QCOMPARE(*store.ids(Origin::service()), QSet{u"file_1"_s});
        QVERIFY(store.ids(Origin::simulator())->isEmpty());
    }

    void anUploadNeedsTenMinutes()
    {
        UploadStore store = open();
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_1"_s, 10min - 5s)));
        QVERIFY(!store.remember(Origin::service(), u"bb"_s, {}, file(u"file_2"_s, 10min + 30s)));
        QCOMPARE(found(store, Origin::service(), u"aa"_s), std::nullopt);
        QCOMPARE(found(store, Origin::service(), u"bb"_s), u"file_2"_s);
    }

    void aNewUploadTakesThePlaceOfTheOld()
    {
        UploadStore store = open();
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_1"_s, 24h)));
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_2"_s, 24h)));
        QCOMPARE(found(store, Origin::service(), u"aa"_s), u"file_2"_s);
        // Late news of the old one does not take the new one away.
        QVERIFY(!store.forget(Origin::service(), u"file_1"_s));
        QCOMPARE(found(store, Origin::service(), u"aa"_s), u"file_2"_s);
    }

    void whatIsForgottenIsNotFound()
    {
        UploadStore store = open();
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_1"_s, 24h)));
        QVERIFY(!store.remember(Origin::simulator(), u"aa"_s, {}, file(u"file_1"_s, 24h)));
        QVERIFY(!store.forget(Origin::service(), u"file_1"_s));
        QCOMPARE(found(store, Origin::service(), u"aa"_s), std::nullopt);
        QCOMPARE(found(store, Origin::simulator(), u"aa"_s), u"file_1"_s);
        QVERIFY(!store.forgetContent(Origin::simulator(), u"aa"_s));
        QCOMPARE(rows(), 0);
    }

    void whatHasExpiredIsSweptAway()
    {
        UploadStore store = open();
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_1"_s, -1s)));
        QCOMPARE(rows(), 1);
        QVERIFY(!store.remember(Origin::service(), u"bb"_s, {}, file(u"file_2"_s, 24h)));
        QCOMPARE(rows(), 1);
    }

    void aDatabaseWithoutUploadsComesAlong()
    {
        UploadStore store = open();
        QVERIFY(m_database->run(u"DROP TABLE uploads"_s));
        // What came after uploads goes too.
        for (const QString& column : {u"served_sha256"_s, u"served_bytes"_s})
            QVERIFY(m_database->run(u"ALTER TABLE clips DROP COLUMN "_s + column));
        QVERIFY(m_database->run(u"PRAGMA user_version = %1"_s.arg(versionBeforeUploads())));
        store = open();
        QVERIFY(!store.remember(Origin::service(), u"aa"_s, {}, file(u"file_1"_s, 24h)));
        QCOMPARE(found(store, Origin::service(), u"aa"_s), u"file_1"_s);
    }

private:
    static int versionBeforeUploads()
    {
        int version = 0;
        while (!migrationFrom(version).join(u' ').contains(u"CREATE TABLE uploads"_s))
            ++version;
        return version;
    }
};

QTEST_GUILESS_MAIN(TestUploadStore)

#include "tst_uploadstore.moc"
