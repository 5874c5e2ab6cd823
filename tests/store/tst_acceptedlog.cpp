// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/acceptedlog.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using Entry = AcceptedLog::Entry;

namespace {

Entry entry(const QString& job)
{
    return {JobId(job), Origin::service(), RequestId(u"4c0f-"_s + job),
            QDateTime::fromString(u"2026-12-01T12:35:32.125Z"_s, Qt::ISODateWithMs), u"/videos/ä "_s + job + u".mp4"_s};
}

} // namespace

class TestAcceptedLog : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;

    [[nodiscard]] QList<Entry> stored() const { return AcceptedLog(m_file).entries(); }
    [[nodiscard]] qint64 size() const { return QFile(m_file).size(); }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void replace(const QByteArray& content) const
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"accepted.jsonl"_s);
    }

    void whatIsNotedIsThereAtTheNextStart()
    {
        AcceptedLog log(m_file);
        QVERIFY(log.entries().isEmpty());
        QVERIFY(!log.note(entry(u"a"_s)));
        QVERIFY(!log.note(entry(u"b"_s)));
        QVERIFY(log.contains(JobId(u"a"_s)));
        QCOMPARE(log.entries(), (QList{entry(u"a"_s), entry(u"b"_s)}));
        QCOMPARE(stored(), log.entries());
    }

    void aLineIsOneJsonObject()
    {
        QVERIFY(!AcceptedLog(m_file).note(entry(u"a"_s)));
        const QJsonObject json = QJsonDocument::fromJson(content().trimmed()).object();
        QCOMPARE(json.keys(), (QStringList{u"job"_s, u"origin"_s, u"requestId"_s, u"target"_s, u"time"_s}));
        QCOMPARE(json.value(u"origin"_s).toString(), u"service"_s);
        QCOMPARE(json.value(u"requestId"_s).toString(), u"4c0f-a"_s);
        QCOMPARE(json.value(u"time"_s).toString(), u"2026-12-01T12:35:32.125Z"_s);
    }

    void whatIsForgottenIsGoneAndItsRoomIsUsedAgain()
    {
        AcceptedLog log(m_file);
        for (int round = 0; round < 2'000; ++round) {
            QVERIFY(!log.note(entry(QString::number(round))));
            log.forget(JobId(QString::number(round)));
        }
        QVERIFY(stored().isEmpty());
        QVERIFY(content().trimmed().isEmpty());
        QCOMPARE(size(), 64 * 1024);

        QVERIFY(!log.note(entry(u"a"_s)));
        QVERIFY(!log.note(entry(u"b"_s)));
        log.forget(JobId(u"a"_s));
        log.forget(JobId(u"unknown"_s));
        QCOMPARE(stored(), QList{entry(u"b"_s)});
    }

    /// A full disk gives no new blocks: what is noted goes into those that the file has.
    void theReserveIsFilledBeforeTheFileGrows()
    {
        AcceptedLog log(m_file);
        log.reserve();
        const qint64 reserved = size();
        for (int i = 0; i < 100; ++i)
            QVERIFY(!log.note(entry(QString::number(i))));
        QCOMPARE(size(), reserved);
        for (int i = 100; i < 1'000; ++i)
            QVERIFY(!log.note(entry(QString::number(i))));
        QVERIFY(size() > reserved);
        QCOMPARE(stored().size(), 1'000);
    }

    void aJobIsNotedOnce()
    {
        AcceptedLog log(m_file);
        Entry later = entry(u"a"_s);
        QVERIFY(!log.note(later));
        later.target = u"/elsewhere.mp4"_s;
        QVERIFY(!log.note(later));
        QCOMPARE(stored(), QList{later});
    }

    void whatCannotBeReadHidesNoOther_data()
    {
        QTest::addColumn<QByteArray>("junk");
        QTest::newRow("cut by a crash") << QByteArray("{\"job\":\"x\",\"origin\":\"serv");
        QTest::newRow("no object") << QByteArray("[1]\n");
        QTest::newRow("without an id") << QByteArray("{\"job\":\"x\",\"origin\":\"service\"}\n");
        QTest::newRow("of an unknown origin") << QByteArray(
            "{\"job\":\"x\",\"origin\":\"ftp://a\",\"requestId\":\"y\",\"time\":\"2026-12-01T12:35:32Z\"}\n");
        QTest::newRow("bytes") << QByteArray("\0\xff\x1b\n", 4);
        QTest::newRow("deep") << QByteArray(100'000, '[') + '\n';
    }
    void whatCannotBeReadHidesNoOther()
    {
        QFETCH(const QByteArray, junk);
        QVERIFY(!AcceptedLog(m_file).note(entry(u"a"_s)));
        replace('\n' + content().trimmed() + '\n' + junk);
        AcceptedLog log(m_file);
        QCOMPARE(log.entries(), QList{entry(u"a"_s)});
        QVERIFY(!log.note(entry(u"b"_s)));
        QCOMPARE(stored(), (QList{entry(u"a"_s), entry(u"b"_s)}));
    }

    void whereItCannotBeWrittenThatIsSaid()
    {
        QVERIFY(QDir().mkpath(m_file)); // a folder of that name
        AcceptedLog log(m_file);
        const auto error = log.note(entry(u"a"_s));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::Disk);
        QVERIFY(!log.contains(JobId(u"a"_s)));
        log.forget(JobId(u"a"_s));
        QVERIFY(log.entries().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAcceptedLog)
#include "tst_acceptedlog.moc"
