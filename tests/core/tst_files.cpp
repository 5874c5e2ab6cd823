// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestFiles : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aFileIsSynced();
    void aFinishedFileGetsItsName();
    void aTakenNameGetsANumber_data();
    void aTakenNameGetsANumber();
    void manyAtOnceNeverOverwrite();
    void aFileThatIsNotThereIsAnError();
    void aFolderThatIsNotThereKeepsTheTemporary();

    void aSmallFileIsWritten();
    void anOlderFileIsReplacedWhole();
    void aFailedWriteLeavesTheOldFile();

    void aPlainFileIsReadUpToItsLimit();
    void whatIsNoPlainFileIsRefused();

    void aPrivateFileIsOneWhateverTheUmask();
    void aLinkUnderItsNameIsNotFollowed();
    void whatIsThereIsGoneOnWith();

    void aFullDiskIsToldApart();
    void aFullDeviceIsRecognizedByItsWords();

    void fileNames_data();
    void fileNames();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString make(const QString& name, const QByteArray& content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no file to test with");
        return file.fileName();
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFiles::init()
{
    TestCase::init();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestFiles::aFileIsSynced()
{
    QVERIFY(!durableSync(make(u"a.part"_s, "clip")));
    const auto missing = durableSync(path(u"nothing.part"_s));
    QVERIFY(missing);
    QCOMPARE(missing->kind, ErrorKind::Disk);
}

void TestFiles::aFinishedFileGetsItsName()
{
    const auto name = durableRename(make(u"a.part"_s, "clip"), path(u"clip.mp4"_s));
    QVERIFY(name);
    QCOMPARE(*name, path(u"clip.mp4"_s));
    QCOMPARE(names(), QStringList{u"clip.mp4"_s});
    QCOMPARE(contentOf(*name), "clip");
}

void TestFiles::aTakenNameGetsANumber_data()
{
    QTest::addColumn<QStringList>("existing");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("given");
    QTest::newRow("once") << QStringList{u"clip.mp4"_s} << u"clip.mp4"_s << u"clip (2).mp4"_s;
    QTest::newRow("twice") << QStringList{u"clip.mp4"_s, u"clip (2).mp4"_s} << u"clip.mp4"_s << u"clip (3).mp4"_s;
    QTest::newRow("a gap is used") << QStringList{u"clip.mp4"_s, u"clip (3).mp4"_s} << u"clip.mp4"_s
                                   << u"clip (2).mp4"_s;
    QTest::newRow("no suffix") << QStringList{u"clip"_s} << u"clip"_s << u"clip (2)"_s;
    QTest::newRow("dots in the name") << QStringList{u"v1.2 take.mp4"_s} << u"v1.2 take.mp4"_s
                                      << u"v1.2 take (2).mp4"_s;
    QTest::newRow("a percent in the name") << QStringList{u"50%1.mp4"_s} << u"50%1.mp4"_s << u"50%1 (2).mp4"_s;
}

void TestFiles::aTakenNameGetsANumber()
{
    QFETCH(QStringList, existing);
    QFETCH(QString, wanted);
    QFETCH(QString, given);
    for (const QString& name : existing)
        (void)make(name, "older");
    const auto name = durableRename(make(u"a.part"_s, "newer"), path(wanted));
    QVERIFY(name);
    QCOMPARE(*name, path(given));
    QCOMPARE(contentOf(path(given)), "newer");
    for (const QString& older : existing)
        QCOMPARE(contentOf(path(older)), "older");
}

void TestFiles::manyAtOnceNeverOverwrite()
{
    constexpr int count = 24;
    QThreadPool pool;
    pool.setMaxThreadCount(8);
    for (int i = 0; i < count; ++i) {
        const QString temporary = make(u"%1.part"_s.arg(i), QByteArray::number(i));
        pool.start([temporary, this] {
            if (!durableRename(temporary, path(u"clip.mp4"_s)))
                qCritical("a rename failed");
        });
    }
    pool.waitForDone();
    QSet<QByteArray> contents;
    for (const QString& name : names())
        contents.insert(contentOf(path(name)));
    QCOMPARE(names().size(), count);
    QCOMPARE(contents.size(), count);
    QVERIFY(names().contains(u"clip (24).mp4"_s));
}

void TestFiles::aFileThatIsNotThereIsAnError()
{
    const auto name = durableRename(path(u"nothing.part"_s), path(u"clip.mp4"_s));
    QVERIFY(!name);
    QCOMPARE(name.error().kind, ErrorKind::Disk);
    QVERIFY(name.error().detail.contains("nothing.part"_L1));
    QVERIFY(names().isEmpty());
}

void TestFiles::aFolderThatIsNotThereKeepsTheTemporary()
{
    const QString temporary = make(u"a.part"_s, "clip");
    for (const QString& wanted : {path(u"gone/clip.mp4"_s), temporary + u"/clip.mp4"_s}) {
        const auto name = durableRename(temporary, wanted);
        QVERIFY(!name);
        QCOMPARE(name.error().kind, ErrorKind::Disk);
    }
    QCOMPARE(contentOf(temporary), "clip");
}

void TestFiles::aSmallFileIsWritten()
{
    QVERIFY(!durableWrite(path(u"settings.json"_s), "one"));
    QCOMPARE(contentOf(path(u"settings.json"_s)), "one");
    QCOMPARE(names(), QStringList{u"settings.json"_s});
}

void TestFiles::anOlderFileIsReplacedWhole()
{
    (void)make(u"settings.json"_s, "a much longer text than the new one");
    QVERIFY(!durableWrite(path(u"settings.json"_s), "two"));
    QCOMPARE(contentOf(path(u"settings.json"_s)), "two");
    QVERIFY(!durableWrite(path(u"settings.json"_s), {}));
    QCOMPARE(contentOf(path(u"settings.json"_s)), "");
    QCOMPARE(names(), QStringList{u"settings.json"_s});
}

void TestFiles::aFailedWriteLeavesTheOldFile()
{
    // A folder of that name stands in the way of the rename at the end.
    QVERIFY(QDir(m_folder->path()).mkpath(u"settings.json/inside"_s));
    const auto inTheWay = durableWrite(path(u"settings.json"_s), "two");
    QVERIFY(inTheWay);
    QCOMPARE(inTheWay->kind, ErrorKind::Disk);
    QVERIFY(names().isEmpty());
    QVERIFY(QDir(path(u"settings.json/inside"_s)).exists());

    const auto nowhere = durableWrite(path(u"gone/settings.json"_s), "two");
    QVERIFY(nowhere);
    QCOMPARE(nowhere->kind, ErrorKind::Disk);
}

void TestFiles::aPlainFileIsReadUpToItsLimit()
{
    constexpr qint64 most = 1024 * 1024;
    QCOMPARE(readPlainFile(make(u"a"_s, "content"), most).value(), QByteArray("content"));
    QCOMPARE(readPlainFile(make(u"none"_s, {}), most).value(), QByteArray());
    QCOMPARE(readPlainFile(make(u"full"_s, QByteArray(most, 'a')), most)->size(), most);
    const Result<QByteArray> large = readPlainFile(make(u"large"_s, QByteArray(most + 1, 'a')), most);
    QCOMPARE(large.error(), (Error{ErrorKind::InputUnusable, u"This file is larger than 1 MB."_s}));
    const Result<QByteArray> missing = readPlainFile(path(u"missing"_s), most);
    QCOMPARE(missing.error().kind, ErrorKind::Disk);
    QVERIFY(missing.error().detail.contains(u"missing"_s));
}

void TestFiles::whatIsNoPlainFileIsRefused()
{
    const Error refused{ErrorKind::InputUnusable, u"This is not a plain file."_s};
    QCOMPARE(readPlainFile(m_folder->path(), 100).error(), refused);
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    QCOMPARE(readPlainFile(path(u"pipe"_s), 100).error(), refused);
    QCOMPARE(readPlainFile(u"/dev/zero"_s, 100).error(), refused);
    QVERIFY(QFile::link(path(u"pipe"_s), path(u"link"_s)));
    QCOMPARE(readPlainFile(path(u"link"_s), 100).error(), refused);
#endif
}

#ifdef Q_OS_UNIX
namespace {
constexpr QFile::Permissions others =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
}
#endif

void TestFiles::aPrivateFileIsOneWhateverTheUmask()
{
#ifdef Q_OS_UNIX
    const mode_t before = ::umask(0);
    const auto back = qScopeGuard([before] { ::umask(before); });
    QFile file(path(u"a.part"_s));
    QVERIFY(!openPrivate(file));
    QVERIFY(!(file.permissions() & others));
    QVERIFY(!durableWrite(path(u"settings"_s), "a"));
    QVERIFY(!(QFile::permissions(path(u"settings"_s)) & others));
    QVERIFY(QFile::setPermissions(path(u"settings"_s), QFile::ReadOwner | QFile::ReadGroup | QFile::ExeOther));
    makePrivate(path(u"settings"_s));
    QVERIFY(!(QFile::permissions(path(u"settings"_s)) & others));
    makePrivate(path(u"missing"_s));
    QVERIFY(!durableWrite(path(u"export"_s), "a", FileRights::ByUmask));
    QVERIFY(!(QFile::permissions(path(u"export"_s)) & QFile::ExeOwner));
#else
    QSKIP("Rights are those of the folder here.");
#endif
}

void TestFiles::aLinkUnderItsNameIsNotFollowed()
{
#ifdef Q_OS_UNIX
    const QString target = make(u"target"_s, "untouched");
    QVERIFY(QFile::link(target, path(u"a.part"_s)));
    QFile file(path(u"a.part"_s));
    QVERIFY(!openPrivate(file));
    QVERIFY(file.write("clip") == 4);
    file.close();
    QVERIFY(!QFileInfo(path(u"a.part"_s)).isSymLink());
    QCOMPARE(contentOf(target), QByteArray("untouched"));

    QVERIFY(QFile::link(m_folder->path(), path(u"folder"_s))); // folders may be links
    QFile behind(path(u"folder/b.part"_s));
    QVERIFY(!openPrivate(behind));
    QFile folder(m_folder->path());
    QCOMPARE(openPrivate(folder).value().kind, ErrorKind::Disk);
#else
    QSKIP("Links differ by system.");
#endif
}

void TestFiles::whatIsThereIsGoneOnWith()
{
    QFile file(make(u"a.part"_s, "half"));
    QVERIFY(!openPrivate(file));
    QCOMPARE(file.fileName(), path(u"a.part"_s));
    QCOMPARE(file.size(), 4);
    QVERIFY(file.seek(4));
    QCOMPARE(file.write(" more"), 5);
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), QByteArray("half more"));
    QVERIFY(file.resize(2));
    QCOMPARE(file.size(), 2);
}

void TestFiles::aFullDiskIsToldApart()
{
#ifdef Q_OS_WIN
    constexpr int full = 112; // ERROR_DISK_FULL
    constexpr int other = 5;  // ERROR_ACCESS_DENIED
#else
    constexpr int full = ENOSPC;
    constexpr int other = EACCES;
    QCOMPARE(diskError(u"/a"_s, EDQUOT).kind, ErrorKind::DiskFull);
#endif
    QCOMPARE(diskError(u"/a"_s, full).kind, ErrorKind::DiskFull);
    QCOMPARE(diskError(u"/a"_s, other).kind, ErrorKind::Disk);
    QVERIFY(diskError(u"/a"_s, other).detail.contains(qt_error_string(other)));
    QCOMPARE(diskError(u"/a"_s, QString()).kind, ErrorKind::Disk);
}

void TestFiles::aFullDeviceIsRecognizedByItsWords()
{
#ifdef Q_OS_LINUX
    QFile full(u"/dev/full"_s);
    QVERIFY(full.open(QIODevice::WriteOnly));
    QVERIFY(full.write("x") < 0 || !full.flush());
    QCOMPARE(diskError(full.fileName(), full.errorString()).kind, ErrorKind::DiskFull);
#endif
}

void TestFiles::fileNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain words stay") << u"Gulls over the harbour"_s << u"Gulls over the harbour"_s;
    QTest::newRow("no separators") << u"a/b\\c:d"_s << u"a b c d"_s;
    QTest::newRow("no way out of the folder") << u"../../etc/passwd"_s << u"etc passwd"_s;
    QTest::newRow("no reserved characters") << u"<IMAGE_1> \"what?\" | *"_s << u"IMAGE_1 what"_s;
    QTest::newRow("lines become one") << u"one\ntwo\tthree\u0000four"_s << u"one two three four"_s;
    QTest::newRow("nothing that turns the text around") << u"gpj\u202Eexe"_s << u"gpj exe"_s;
    QTest::newRow("other scripts stay") << u"夜明けの港 — été"_s << u"夜明けの港 — été"_s;
    QTest::newRow("no hidden file") << u".hidden"_s << u"hidden"_s;
    QTest::newRow("no dot at the end") << u"wait..."_s << u"wait"_s;
    QTest::newRow("no device of Windows") << u"con"_s << u"con_"_s;
    QTest::newRow("nor with a suffix") << u"LPT1.txt"_s << u"LPT1_.txt"_s;
    QTest::newRow("a word that begins like one") << u"context"_s << u"context"_s;
    QTest::newRow("nothing left") << u"???"_s << u"clip"_s;
    QTest::newRow("nothing at all") << QString() << u"clip"_s;
    QTest::newRow("cut at the length") << u"x"_s.repeated(80) << u"x"_s.repeated(60);
    QTest::newRow("no half character at the cut") << u"x"_s.repeated(59) + u"🎬"_s << u"x"_s.repeated(59);
    QTest::newRow("a whole one stays") << u"x"_s.repeated(58) + u"🎬"_s << u"x"_s.repeated(58) + u"🎬"_s;
    QTest::newRow("no space at the cut") << u"x"_s.repeated(59) + u" y"_s << u"x"_s.repeated(59);
}

void TestFiles::fileNames()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    QCOMPARE(safeFileName(text), name);
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
