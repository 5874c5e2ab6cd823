// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profile.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QProcess>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

constexpr char holdArgument[] = "--hold-the-lock";
constexpr char holdAsEarlierArgument[] = "--hold-the-lock-as-an-earlier-clipkiln";

/// The other process: says whether it has the lock, and stays with it until it is killed.
int hold(bool lock)
{
    QFile out;
    if (!out.open(1, QIODevice::WriteOnly))
        return 2;
    out.write(lock ? "held\n" : "refused\n");
    out.flush();
    return lock ? QCoreApplication::exec() : 1;
}

int holdTheLock(const QString& folder)
{
    const auto lock = Profile(folder).lock();
    return hold(lock.has_value());
}

int holdAsEarlier(const QString& folder)
{
    QLockFile lock(folder + u"/clipkiln.lock"_s);
    lock.setStaleLockTime(0);
    return hold(lock.tryLock());
}

} // namespace

class TestProfile : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aFolderOfItsOwnHoldsEverything()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.path());
        for (const auto& path :
             {profile.dataFolder(), profile.clipsFolder(), profile.databaseFile(), profile.settingsFile(),
              profile.inputsFolder(), profile.thumbnailsFolder(), profile.simulatorFolder()})
            QVERIFY2(path.startsWith(folder.path()), qPrintable(path));
        QCOMPARE(profile.databaseFile(), folder.filePath(u"library.sqlite"_s));
        QCOMPARE(profile.settingsFile(), folder.filePath(u"settings.ini"_s));
        QCOMPARE(profile.clipsFolder(), folder.filePath(u"clips"_s));
    }

    void withoutAFolderItIsTheSystems()
    {
        const Profile profile;
        QVERIFY(profile.dataFolder().startsWith(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)));
        QVERIFY(profile.dataFolder().endsWith(u"/clipkiln"_s));
        QCOMPARE(profile.clipsFolder(),
                 QStandardPaths::writableLocation(QStandardPaths::MoviesLocation) + u"/Clipkiln"_s);
    }

    void aRelativeFolderIsMadeAbsolute() { QVERIFY(QDir::isAbsolutePath(Profile(u"some/where"_s).databaseFile())); }

    void theFoldersAreMadeForTheirOwnerAlone()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.filePath(u"new"_s));
        QVERIFY(!profile.makeFolders());
        QVERIFY(QDir(profile.inputsFolder()).exists());
        QVERIFY(QDir(profile.thumbnailsFolder()).exists());
#ifdef Q_OS_UNIX
        const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(profile.dataFolder()) & others));
#endif
        QVERIFY(!profile.makeFolders()); // once more is fine
    }

    void whatIsOursIsPrivateWhateverTheUmask()
    {
#ifdef Q_OS_UNIX
        const mode_t before = ::umask(0);
        const auto back = qScopeGuard([before] { ::umask(before); });
        const QTemporaryDir folder;
        const QString data = folder.filePath(u"new"_s);
        const Profile profile(data);
        const auto open = [&](const QString& path) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
        };
        QVERIFY(!profile.makeFolders());
        open(profile.settingsFile());
        open(profile.databaseFile());
        open(profile.databaseFile() + u"-wal"_s);
        QVERIFY(QFile::setPermissions(data, QFile::Permissions(0x7777)));
        QVERIFY(!profile.makeFolders()); // as an earlier Clipkiln left it
        for (const QString& path : {data, profile.inputsFolder(), profile.thumbnailsFolder(), profile.backupsFolder(),
                                    profile.simulatorFolder(), profile.settingsFile(), profile.databaseFile(),
                                    profile.databaseFile() + u"-wal"_s}) {
            struct stat status = {};
            QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
            QCOMPARE(status.st_mode & 0777, S_ISDIR(status.st_mode) ? 0700u : 0600u);
        }
#else
        QSKIP("Rights are those of the folder here.");
#endif
    }

    void aFolderOfOtherThingsKeepsItsRights()
    {
#ifdef Q_OS_UNIX
        const QTemporaryDir folder;
        QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
        QVERIFY(!Profile(folder.path()).makeFolders());
        QVERIFY(QFile::permissions(folder.path()) & QFile::ReadOther);
        QVERIFY(!(QFile::permissions(Profile(folder.path()).inputsFolder()) & QFile::ReadOther));
#else
        QSKIP("Rights are those of the folder here.");
#endif
    }

    void aFolderInTheWayIsADiskError()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"taken"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto error = Profile(folder.filePath(u"taken/profile"_s)).makeFolders();
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::Disk);
    }

    void socketsOfTwoProfilesDiffer()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        QVERIFY(Profile(one.path()).socketName() != Profile(two.path()).socketName());
        QCOMPARE(Profile(one.path()).socketName(),
                 Profile(one.path() + u"/../"_s + QDir(one.path()).dirName()).socketName());
    }

    void oneLockAtATime()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.path());
        auto first = profile.lock();
        QVERIFY(first);
        const auto second = profile.lock();
        QVERIFY(!second);
        QCOMPARE(second.error().kind, ErrorKind::ProfileInUse);
        QVERIFY(second.error().detail.contains(QString::number(QCoreApplication::applicationPid())));
        first->reset();
        QVERIFY(profile.lock());
    }

    void aLivingProcessKeepsTheLockAndADeadOneLosesIt()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.path());
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(holdArgument), folder.path()});
        QVERIFY(other.waitForReadyRead());
        QCOMPARE(other.readLine().trimmed(), QByteArray("held"));

        const auto refused = profile.lock();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ProfileInUse);

        other.kill(); // as in a crash: it clears nothing away
        QVERIFY(other.waitForFinished());
        QVERIFY(QFile::exists(folder.filePath(u"clipkiln.lock"_s)));
        QVERIFY(profile.lock());
    }

    void aLockThatWasCutShortByACrashIsTakenOver()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"clipkiln.lock"_s)); // made, and killed before a word was in it
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const Profile profile(folder.path());
        const auto lock = profile.lock();
        QVERIFY(lock);
        QVERIFY(!profile.lock()); // and it is a lock like any other
    }

    void aRecycledNumberShutsNoOneOut_data()
    {
        QTest::addColumn<qint64>("number");
        QTest::newRow("of a program of this name") << QCoreApplication::applicationPid();
        QTest::newRow("the first of a sandbox") << qint64{1};
    }
    void aRecycledNumberShutsNoOneOut()
    {
        QFETCH(const qint64, number);
        const QTemporaryDir folder;
        {
            QLockFile crashed(folder.filePath(u"clipkiln.lock"_s));
            QVERIFY(crashed.tryLock());
            QFile file(folder.filePath(u"clipkiln.lock"_s));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray info = file.readAll();
            file.close();
            crashed.unlock();
            info.replace(0, info.indexOf('\n'), QByteArray::number(number));
            QVERIFY(file.open(QIODevice::WriteOnly)); // left behind
            file.write(info);
        }
        QVERIFY(Profile(folder.path()).lock());
    }

    void anEarlierClipkilnIsRespected()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.path());
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(),
                    {QString::fromLatin1(holdAsEarlierArgument), folder.path()});
        QVERIFY(other.waitForReadyRead());
        QCOMPARE(other.readLine().trimmed(), QByteArray("held"));
        const auto refused = profile.lock();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ProfileInUse);
        QVERIFY2(refused.error().detail.contains(QString::number(other.processId())),
                 qPrintable(refused.error().detail));
        other.kill();
        QVERIFY(other.waitForFinished());

        const auto lock = profile.lock();
        QVERIFY(lock);
        QLockFile earlier(folder.filePath(u"clipkiln.lock"_s));
        earlier.setStaleLockTime(1);
        QVERIFY(!earlier.tryLock(100));
        QCOMPARE(earlier.error(), QLockFile::LockFailedError);
    }

    void noChildKeepsIt()
    {
        const QTemporaryDir folder;
        const Profile profile(folder.path());
        auto lock = profile.lock();
        QVERIFY(lock);
        const QTemporaryDir elsewhere;
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(holdArgument), elsewhere.path()});
        QVERIFY(child.waitForReadyRead());
        lock->reset();
        QVERIFY(!QFile::exists(folder.filePath(u"clipkiln.lock"_s)));
        QVERIFY(profile.lock());
        child.kill();
        QVERIFY(child.waitForFinished());
    }

    void aMissingFolderIsADiskError()
    {
        const auto lock = Profile(u"/nowhere/at/all"_s).lock();
        QVERIFY(!lock);
        QCOMPARE(lock.error().kind, ErrorKind::Disk);
    }
};

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView(holdArgument))
        return holdTheLock(arguments.value(2));
    if (arguments.value(1) == QLatin1StringView(holdAsEarlierArgument))
        return holdAsEarlier(arguments.value(2));
    TestProfile test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_profile.moc"
