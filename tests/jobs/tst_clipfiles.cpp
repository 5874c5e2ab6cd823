// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "jobs/clipfiles.h"
#include "media/write/xmpbox.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

namespace {

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestClipFiles : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<ClipStore> m_clips;
    std::unique_ptr<ClipFiles> m_files;
    Clip m_clip;

    QString path(const QString& name) const { return m_folder->filePath(name); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
        // The bin of this test's own: $XDG_DATA_HOME/Trash.
        qputenv("XDG_DATA_HOME", m_folder->path().toLocal8Bit());
        auto database = Database::open(path(u"library.sqlite"_s));
        QVERIFY(database);
        m_database = *database;
        m_clips = std::make_unique<ClipStore>(m_database);
        m_files = std::make_unique<ClipFiles>(*m_clips);
        m_clip.id = ClipId::create();
        m_clip.job = JobId::create();
        m_clip.path = path(u"clip.mp4"_s);
        m_clip.createdAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000).toUTC();
        writeFile(m_clip.path, "the clip");
        QVERIFY(!m_clips->save(m_clip));
    }
    void cleanup()
    {
        m_files.reset();
        m_clips.reset();
        m_database.reset();
    }

    void aBinnedClipIsGoneAndComesBack()
    {
        QSignalSpy removed(m_files.get(), &ClipFiles::removed);
        QSignalSpy restored(m_files.get(), &ClipFiles::restored);
        m_files->bin(m_clip.id);
        QCOMPARE(removed.size(), 1);
        QVERIFY(!QFile::exists(m_clip.path));
        QCOMPARE(m_clips->load()->size(), 0);

        m_files->restore(m_clip.id);
        QCOMPARE(restored.size(), 1);
        QCOMPARE(restored.first().first().value<Clip>(), m_clip);
        QCOMPARE(readFile(m_clip.path), QByteArray("the clip"));
        QCOMPARE(*m_clips->load(), QList<Clip>{m_clip});
        QVERIFY(QDir(path(u"Trash/info"_s)).entryList(QDir::Files).isEmpty()); // no note of a file that is not there

        m_files->restore(m_clip.id); // once
        QCOMPARE(restored.size(), 1);
    }

    void aClipIsBinnedOnce()
    {
        QSignalSpy removed(m_files.get(), &ClipFiles::removed);
        QSignalSpy trouble(m_files.get(), &ClipFiles::trouble);
        m_files->bin(m_clip.id);
        m_files->bin(m_clip.id);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(trouble.size(), 0);
    }

    void aNameTakenMeanwhileIsLeftAlone()
    {
        QSignalSpy restored(m_files.get(), &ClipFiles::restored);
        m_files->bin(m_clip.id);
        writeFile(m_clip.path, "another file");
        m_files->restore(m_clip.id);
        QCOMPARE(restored.size(), 1);
        const Clip clip = restored.first().first().value<Clip>();
        QCOMPARE(clip.path, path(u"clip (2).mp4"_s));
        QCOMPARE(readFile(clip.path), QByteArray("the clip"));
        QCOMPARE(readFile(m_clip.path), QByteArray("another file"));
        QCOMPARE(m_clips->find(clip.id)->path, clip.path);
    }

    void withoutABinTheClipStays()
    {
        writeFile(path(u"Trash"_s), "a file where the bin should be");
        QVERIFY(QDir::setCurrent(m_folder->path())); // Qt 6.4 takes it for the bin
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Unable to establish trash directory"_s));
        QSignalSpy trouble(m_files.get(), &ClipFiles::trouble);
        QSignalSpy removed(m_files.get(), &ClipFiles::removed);
        m_files->bin(m_clip.id);
        QCOMPARE(trouble.size(), 1);
        QCOMPARE(trouble.first().first().value<Error>().kind, ErrorKind::Disk);
        QCOMPARE(removed.size(), 0);
        QCOMPARE(readFile(m_clip.path), QByteArray("the clip"));
        QCOMPARE(m_clips->load()->size(), 1);
    }

    void aRowThatCannotBeRemovedBringsTheFileBack()
    {
        QVERIFY(
            m_database->run(u"CREATE TRIGGER no_more BEFORE DELETE ON clips BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        QSignalSpy trouble(m_files.get(), &ClipFiles::trouble);
        m_files->bin(m_clip.id);
        QCOMPARE(trouble.size(), 1);
        QCOMPARE(readFile(m_clip.path), QByteArray("the clip"));
        QCOMPARE(m_clips->load()->size(), 1);
    }

    void aClipWithoutItsFileCanBeTakenOutOfTheLibrary()
    {
        QVERIFY(QFile::remove(m_clip.path));
        QSignalSpy removed(m_files.get(), &ClipFiles::removed);
        m_files->bin(m_clip.id);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(m_clips->load()->size(), 0);
    }

    void aCopyIsWhole()
    {
        QSignalSpy copied(m_files.get(), &ClipFiles::copied);
        m_files->copy(m_clip.id, path(u"saved.mp4"_s), false);
        QVERIFY(copied.wait(patience));
        QCOMPARE(copied.first().at(0).value<ClipId>(), m_clip.id);
        QCOMPARE(copied.first().at(1).toString(), path(u"saved.mp4"_s));
        QCOMPARE(readFile(path(u"saved.mp4"_s)), QByteArray("the clip"));
        QCOMPARE(readFile(m_clip.path), QByteArray("the clip"));
    }

    void aCopyCarriesNoDetailsUnlessTheyAreWanted()
    {
        const QByteArray served = QByteArray::fromHex("0000000c") + "ftypisom";
        const QByteArray finished = served + xmpBox(toXmp(detailsOf(m_clip)));
        writeFile(m_clip.path, finished);
        for (const bool withDetails : {false, true}) {
            QSignalSpy copied(m_files.get(), &ClipFiles::copied);
            m_files->copy(m_clip.id, path(u"saved.mp4"_s), true, withDetails);
            QVERIFY(copied.wait(patience));
            QCOMPARE(readFile(path(u"saved.mp4"_s)), withDetails ? finished : served);
        }
    }

    void aCopyReplacesOnlyWhenTold()
    {
        writeFile(path(u"saved.mp4"_s), "precious");
        QSignalSpy failed(m_files.get(), &ClipFiles::copyFailed);
        m_files->copy(m_clip.id, path(u"saved.mp4"_s), false);
        QVERIFY(failed.wait(patience));
        QCOMPARE(readFile(path(u"saved.mp4"_s)), QByteArray("precious"));

        QSignalSpy copied(m_files.get(), &ClipFiles::copied);
        m_files->copy(m_clip.id, path(u"saved.mp4"_s), true);
        QVERIFY(copied.wait(patience));
        QCOMPARE(readFile(path(u"saved.mp4"_s)), QByteArray("the clip"));
    }

    void aCopyOntoItselfHarmsNothing()
    {
        QSignalSpy copied(m_files.get(), &ClipFiles::copied);
        m_files->copy(m_clip.id, path(u"./clip.mp4"_s), true);
        QVERIFY(copied.wait(patience));
        QCOMPARE(readFile(m_clip.path), QByteArray("the clip"));
    }

    void aCopyIntoNowhereSaysSo()
    {
        QSignalSpy failed(m_files.get(), &ClipFiles::copyFailed);
        m_files->copy(m_clip.id, path(u"missing/saved.mp4"_s), false);
        QVERIFY(failed.wait(patience));
        QCOMPARE(failed.first().at(1).value<Error>().kind, ErrorKind::Disk);
    }

#ifdef Q_OS_UNIX
    void aCopyThatCannotBeWrittenLeavesTheOldFile()
    {
        writeFile(m_clip.path, QByteArray(500'000, 'c'));
        writeFile(path(u"saved.mp4"_s), "precious");
        const auto usual = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit limit = before;
        limit.rlim_cur = 100'000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        QSignalSpy failed(m_files.get(), &ClipFiles::copyFailed);
        m_files->copy(m_clip.id, path(u"saved.mp4"_s), true);
        const bool told = failed.wait(patience);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, usual);
        QVERIFY(told);
        QCOMPARE(readFile(path(u"saved.mp4"_s)), QByteArray("precious"));
        QCOMPARE(QDir(m_folder->path()).entryList({u".clipkiln-*"_s}, QDir::Files | QDir::Hidden), QStringList());
    }
#endif
};

QTEST_GUILESS_MAIN(TestClipFiles)
#include "tst_clipfiles.moc"
