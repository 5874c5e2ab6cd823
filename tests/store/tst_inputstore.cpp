// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/inputstore.h"
#include "support/testcase.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using namespace clipkiln;

class TestInputStore : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_inputs;

    LocalFile write(const QString& name, const QByteArray& content, const QString& mime = u"image/jpeg"_s) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test's own file cannot be written");
        LocalFile local;
        local.path = file.fileName();
        local.name = name;
        local.mime = mime;
        local.bytes = content.size();
        local.size = QSize(4, 3);
        return local;
    }
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList kept() const { return QDir(m_inputs).entryList(QDir::Files | QDir::Hidden); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
        m_inputs = m_folder->filePath(u"inputs"_s);
    }

    void aCopyIsKeptUnderItsHash()
    {
        const QByteArray content(700'000, 'p'); // more than one piece
        const LocalFile photo = write(u"harbour.JPG"_s, content);
        const auto result = InputStore(m_inputs).keep(photo);
        QVERIFY(result);
        QCOMPARE(result->hash.toLatin1(), QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        QCOMPARE(result->path, m_inputs + u'/' + result->hash + u".jpg"_s);
        QCOMPARE(read(result->path), content);
        QCOMPARE(result->name, photo.name);
        QCOMPARE(result->size, photo.size);
        QCOMPARE(read(photo.path), content); // the original stays
        QCOMPARE(kept().size(), 1);
    }

    void theSameContentIsKeptOnce()
    {
        InputStore inputs(m_inputs);
        const auto one = inputs.keep(write(u"one.png"_s, "same", u"image/png"_s));
        const auto two = inputs.keep(write(u"two.png"_s, "same", u"image/png"_s));
        QVERIFY(one);
        QVERIFY(two);
        QCOMPARE(two->path, one->path);
        QCOMPARE(two->name, u"two.png"_s);
        QCOMPARE(kept().size(), 1);
    }

    void aKeptFileIsTakenAsItIsWhenTheOriginalHasGone()
    {
        InputStore inputs(m_inputs);
        const LocalFile photo = write(u"photo.jpg"_s, "photo");
        const auto first = inputs.keep(photo);
        QVERIFY(first);
        QVERIFY(QFile::remove(photo.path));
        const auto again = inputs.keep(*first);
        QVERIFY(again);
        QCOMPARE(*again, *first);
    }

    void aDamagedCopyIsReplaced()
    {
        InputStore inputs(m_inputs);
        const LocalFile photo = write(u"photo.jpg"_s, "photo");
        const auto first = inputs.keep(photo);
        QVERIFY(first);
        QVERIFY(QFile::resize(first->path, 2));
        QVERIFY(inputs.keep(photo));
        QCOMPARE(read(first->path), QByteArray("photo"));
    }

    void aMissingFileIsUnusable()
    {
        LocalFile photo = write(u"photo.jpg"_s, "photo");
        QVERIFY(QFile::remove(photo.path));
        const auto result = InputStore(m_inputs).keep(photo);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::InputUnusable);
        QVERIFY(result.error().detail.contains(u"photo.jpg"_s));
        QCOMPARE(kept(), QStringList());
    }

    void aFolderThatCannotBeMadeIsADiskError()
    {
        write(u"inputs"_s, "a file in the way");
        const auto result = InputStore(m_inputs).keep(write(u"photo.jpg"_s, "photo"));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Disk);
    }

#ifdef Q_OS_UNIX
    void aCopyThatCannotBeWrittenLeavesNothing()
    {
        InputStore inputs(m_inputs);
        const LocalFile photo = write(u"photo.jpg"_s, QByteArray(500'000, 'p'));
        const auto usual = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit limit = before;
        limit.rlim_cur = 100'000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        const auto result = inputs.keep(photo);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, usual);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Disk);
        QCOMPARE(kept(), QStringList());
    }
#endif

    void whatACrashLeftIsClearedAway()
    {
        QVERIFY(QDir().mkpath(m_inputs));
        write(u"inputs/.dropped-1234"_s, "half a ph");
        write(u"inputs/abc.jpg"_s, "photo");
        InputStore inputs(m_inputs);
        QCOMPARE(kept(), QStringList{u"abc.jpg"_s});
    }

    void everyLocalFileOfARequestIsKept()
    {
        GenerationRequest request;
        FromImage inputs{write(u"first.jpg"_s, "first"),
                         Input(write(u"last.jpg"_s, "last")),
                         {{RemoteUrl{QUrl(u"https://example.com/a.png"_s)}, 1.0},
                          {write(u"mid.png"_s, "mid", u"image/png"_s), 2.0}}};
        request.inputs = inputs;
        const auto result = InputStore(m_inputs).keepAll(request);
        QVERIFY(result);
        int local = 0;
        for (const auto& input : inputsOf(*result)) {
            if (const auto* file = std::get_if<LocalFile>(&input)) {
                ++local;
                QVERIFY(file->path.startsWith(m_inputs));
                QVERIFY(QFile::exists(file->path));
            }
        }
        QCOMPARE(local, 3);
        QCOMPARE(kept().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestInputStore)
#include "tst_inputstore.moc"
