// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int rendering = 180'000; // milliseconds, on a busy machine
constexpr int shortPatience = 60'000;

} // namespace

/// The real program on a real X server, driven by real keys.
class TestClickThrough : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void aTypedPromptBecomesAClip();
    void aSecondStartRaisesTheFirst();
    void afterAKillTheClipStillArrives();

private:
    /// Ends by itself when it is forgotten.
    using Process = std::unique_ptr<QProcess>;

    [[nodiscard]] Process start() const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->setProcessChannelMode(QProcess::ForwardedChannels);
        process->start(qEnvironmentVariable("CLIPKILN_PROGRAM"),
                       {u"--simulator"_s, u"--profile"_s, m_folder->filePath(u"profile"_s)});
        return process;
    }
    /// Runs xdotool; its standard output, nothing when it failed.
    [[nodiscard]] std::optional<QString> xdotool(const QStringList& words) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(u"xdotool"_s, words);
        if (!process.waitForFinished(shortPatience) || process.exitCode() != 0)
            return std::nullopt;
        return QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
    }
    /// The window that the program shows; empty when it shows none.
    [[nodiscard]] QString window() const
    {
        QString id;
        (void)QTest::qWaitFor(
            [&] {
                id = xdotool({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"^Clipkiln$"_s}).value_or(QString());
                return !id.isEmpty();
            },
            shortPatience);
        return id.section(u'\n', 0, 0);
    }
    /// Gives the window the keys, as a window manager does: there is none here.
    [[nodiscard]] bool focus() const
    {
        const QString id = window();
        return !id.isEmpty() && xdotool({u"windowfocus"_s, u"--sync"_s, id});
    }
    [[nodiscard]] bool press(const QString& keys) const { return xdotool({u"key"_s, keys}).has_value(); }
    [[nodiscard]] bool type(const QString& text) const
    {
        return xdotool({u"type"_s, u"--delay"_s, u"20"_s, text}).has_value();
    }
    [[nodiscard]] QStringList files(const QString& below, const QString& pattern) const
    {
        QStringList found;
        QDirIterator each(m_folder->filePath(u"profile/"_s + below), {pattern}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (each.hasNext())
            found.append(each.next());
        return found;
    }
    [[nodiscard]] QStringList clips() const { return files(u"clips"_s, u"*.mp4"_s); }
    /// Ctrl+Q; true when the program ended well.
    [[nodiscard]] bool quits(QProcess& process) const
    {
        return focus() && press(u"ctrl+q"_s) && process.waitForFinished(shortPatience) &&
               process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    QProcess m_server;
    QProcessEnvironment m_environment;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestClickThrough::initTestCase()
{
    // The server finds a free display by itself and writes its number to the descriptor.
    m_server.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1400x900x24"_s, u"-nolisten"_s,
                               u"tcp"_s, u"-noreset"_s});
    QVERIFY2(m_server.waitForStarted(), "Xvfb does not start: packaging/bootstrap test installs it");
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), shortPatience);
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(u"DISPLAY"_s, u':' + QString::fromLatin1(m_server.readLine().trimmed()));
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    // With none named a bus is started beside the display.
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
    m_environment.remove(u"XAI_API_KEY"_s);
}

void TestClickThrough::init()
{
    TestCase::init();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestClickThrough::cleanup()
{
    m_folder.reset();
}

void TestClickThrough::cleanupTestCase()
{
    m_server.terminate();
    QVERIFY(m_server.waitForFinished(shortPatience));
}

void TestClickThrough::aTypedPromptBecomesAClip()
{
    const Process program = start();
    QVERIFY(focus());
    QVERIFY(press(u"ctrl+l"_s));
    QVERIFY(type(u"A paper boat in the rain"_s));
    QVERIFY(press(u"ctrl+Return"_s));
    QTRY_COMPARE_WITH_TIMEOUT(clips().size(), 1, rendering);
    QCOMPARE(files(u"simulator/requests"_s, u"*.json"_s).size(), 1);
    QFile clip(clips().first());
    QVERIFY(clip.open(QIODevice::ReadOnly));
    QCOMPARE(clip.read(8).mid(4), "ftyp");
    QCOMPARE(program->state(), QProcess::Running);
    QVERIFY(quits(*program));
}

void TestClickThrough::aSecondStartRaisesTheFirst()
{
    const Process first = start();
    QVERIFY(focus());
    const Process second = start();
    QVERIFY(second->waitForFinished(shortPatience));
    QCOMPARE(second->exitStatus(), QProcess::NormalExit);
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    QVERIFY(quits(*first));
}

void TestClickThrough::afterAKillTheClipStillArrives()
{
    const Process killed = start();
    QVERIFY(focus());
    QVERIFY(press(u"ctrl+l"_s));
    QVERIFY(type(u"A lighthouse in winter surf"_s));
    QVERIFY(press(u"ctrl+Return"_s));
    // Accepted and noted: killed before that, nobody knows whether it was, and a person decides.
    const auto isNoted = [this] {
        QFile log(m_folder->filePath(u"profile/accepted.jsonl"_s));
        return log.open(QIODevice::ReadOnly) && log.readAll().contains('}');
    };
    QTRY_VERIFY_WITH_TIMEOUT(isNoted(), shortPatience);
    killed->kill();
    QVERIFY(killed->waitForFinished(shortPatience));

    const Process again = start();
    QVERIFY(!window().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(clips().size(), 1, rendering);
    QCOMPARE(files(u"simulator/requests"_s, u"*.json"_s).size(), 1); // one POST
    QVERIFY(quits(*again));
}

QTEST_GUILESS_MAIN(TestClickThrough)
#include "tst_clickthrough.moc"
