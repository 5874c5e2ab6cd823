// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Reply;
using simulator::Rule;
using simulator::Step;

/// The program with texts and files that somebody made to do harm, or that a fault has left behind.
class TestHostile : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
        QVERIFY(!Profile(m_program->profile()).makeFolders());
    }

    void nothingFromOutsideReachesTheTerminal()
    {
        Rule rule;
        rule.step = Step::Post;
        rule.reply = Reply::Status;
        rule.status = 400;
        rule.body = "{\"error\":\"No\\u001b]0;x\\u0007\\u009b31m\\u202e\\r\\nclipkiln: Done\\nok\"}"; // escapes of JSON
        m_program->play({rule});
        const QString prompt = u"A boat\u001b[31m\u009b1m\u202e\u2066 \r\nof 👨‍👩‍👧"_s;
        QStringList arguments = m_program->generateText();
        arguments[arguments.indexOf(u"--prompt"_s) + 1] = prompt;
        const Outcome outcome = m_program->run(arguments);
        QCOMPARE(outcome.exitCode, 3);
        const Outcome list = m_program->run({u"jobs"_s});
        QVERIFY2(list.out.contains("👨‍👩‍👧"), list.out);
        for (const QByteArray& printed : {outcome.out, outcome.err, list.out, list.err}) {
            const QStringList lines = QString::fromUtf8(printed).split(u'\n');
            for (const QString& line : lines) {
                QCOMPARE(cleanLine(line), line);
                QVERIFY2(!line.startsWith(u"clipkiln: Done"_s), printed);
            }
        }
        QCOMPARE(m_program->seen(Step::Post).first().body.value(u"prompt"_s).toString(), prompt);
    }

    void aFileNameIsCleanedToo()
    {
        const QString name = u"no\u001b[31m\nclipkiln: Done\u202egnp.png"_s;
        const Outcome outcome = m_program->run(QStringList{u"generate"_s, u"image"_s, u"--image"_s, name, u"--prompt"_s,
                                                           u"A boat"_s, u"--output"_s, u"a.mp4"_s} +
                                               m_program->quickly());
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.err.count('\n'), 1);
        QCOMPARE(cleanLine(QString::fromUtf8(outcome.err.trimmed())), QString::fromUtf8(outcome.err.trimmed()));
    }

    void aLimitThatCannotBeReadIsReached_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::newRow("a comma") << QByteArray("[money]\ndailyLimit=0,01\n");
        QTest::newRow("no number") << QByteArray("[money]\nmonthlyLimit=nan\n");
        QTest::newRow("a cut file") << QByteArray("[queue]\nconcurrency=3\n[mon");
        QTest::newRow("an empty file") << QByteArray();
        QTest::newRow("a file of 40 MB") << QByteArray("[money]\n" + QByteArray("a=1\n").repeated(10'000'000));
    }
    void aLimitThatCannotBeReadIsReached()
    {
        QFETCH(const QByteArray, settings);
        QVERIFY(writeFile(Profile(m_program->profile()).settingsFile(), settings));
        const Outcome outcome = m_program->run(m_program->generateText());
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("limits could not be read"), outcome.err);
        QVERIFY2(outcome.err.contains("Nothing was sent."), outcome.err);
        QCOMPARE(m_program->posts(), 0);
    }

    void theProfileIsPrivateAndClipsFollowTheUmask_data()
    {
        QTest::addColumn<uint>("umask");
        QTest::newRow("open to all") << 0u;
        QTest::newRow("the usual one") << 0022u;
        QTest::newRow("private") << 0077u;
    }
    void theProfileIsPrivateAndClipsFollowTheUmask()
    {
#ifdef Q_OS_UNIX
        QFETCH(const uint, umask);
        QVERIFY(QDir(m_program->profile()).removeRecursively());
        QImage picture(32, 32, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        QVERIFY(picture.save(m_program->path(u"in.png"_s)));
        const mode_t before = ::umask(umask);
        const Outcome outcome =
            m_program->run(QStringList{u"generate"_s, u"image"_s, u"--image"_s, m_program->path(u"in.png"_s),
                                       u"--prompt"_s, u"A boat"_s, u"--output"_s, m_program->path(u"a.mp4"_s)} +
                           m_program->quickly());
        ::umask(before);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const auto modeOf = [](const QString& path) {
            struct stat status = {};
            return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777 : 0;
        };
        QCOMPARE(modeOf(m_program->path(u"a.mp4"_s)), 0666u & ~umask);
        QCOMPARE(modeOf(m_program->profile()), 0700u);
        QDirIterator each(m_program->profile(), QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden,
                          QDirIterator::Subdirectories);
        int files = 0;
        while (each.hasNext()) {
            const QString path = each.next();
            files += each.fileInfo().isFile();
            QVERIFY2(modeOf(path) == (each.fileInfo().isDir() ? 0700u : 0600u), qPrintable(path));
        }
        QVERIFY(files >= 2); // the database, the input
#else
        QSKIP("Rights are those of the folder here.");
#endif
    }

    void aModelFileThatIsNoneIsLeftOut_data()
    {
        QTest::addColumn<bool>("isPipe");
        QTest::newRow("a pipe") << true;
        QTest::newRow("40 MB") << false;
    }
    void aModelFileThatIsNoneIsLeftOut()
    {
        QFETCH(const bool, isPipe);
        const QString file = Profile(m_program->profile()).modelsFile();
        if (isPipe) {
#ifdef Q_OS_UNIX
            QCOMPARE(::mkfifo(QFile::encodeName(file).constData(), 0600), 0);
#else
            QSKIP("There are no named pipes in folders here.");
#endif
        } else {
            QVERIFY(writeFile(file, "{\"models\":[" + QByteArray("{},").repeated(13'000'000) + "{}]}"));
        }
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QVERIFY2(outcome.err.contains("models.json: This "), outcome.err);
    }
};

QTEST_MAIN(TestHostile)

#include "tst_hostile.moc"
