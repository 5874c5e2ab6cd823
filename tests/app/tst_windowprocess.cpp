// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"
#include "store/profile.h"
#include "support/program.h"

#include <QLocalServer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The program's window as a process: how it starts beside another one.
class TestWindowProcess : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] std::unique_ptr<QProcess> startWindow(const QStringList& arguments = {}) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XAI_API_KEY"_s, QString::fromLatin1(Program::key));
        process->setProcessEnvironment(environment);
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(qEnvironmentVariable("CLIPKILN_PROGRAM"),
                       QStringList{u"--profile"_s, m_program->profile()} + arguments);
        return process;
    }

    /// True as soon as the window runs: it answers a second start.
    [[nodiscard]] bool isOpen() const
    {
        ProfileWait second(
            m_profile->socketName(),
            [] {
                return Error{ErrorKind::ProfileInUse, {}};
            },
            std::chrono::milliseconds(patience));
        QSignalSpy finished(&second, &ProfileWait::finished);
        second.start();
        return finished.wait(patience) &&
               finished.first().first().value<ProfileWait::Result>() == ProfileWait::Result::Raised;
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Profile> m_profile;

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void init()
    {
        m_program = std::make_unique<Program>();
        m_profile = std::make_unique<Profile>(m_program->profile());
        QVERIFY(!m_profile->makeFolders());
    }

    void aStartWaitsForAnotherThatIsClosing()
    {
        auto lock = m_profile->lock();
        QVERIFY(lock);
        auto closing = std::make_unique<QLocalServer>(); // accepts, and never answers
        QVERIFY(closing->listen(m_profile->socketName()));
        QSignalSpy asked(closing.get(), &QLocalServer::newConnection);
        const auto process = startWindow({u"--simulator"_s});
        QVERIFY(asked.wait(patience)); // it has found the profile in use
        closing.reset();
        lock->reset();
        QVERIFY(isOpen());
        process->kill();
        QVERIFY(process->waitForFinished(patience));
    }
};

QTEST_MAIN(TestWindowProcess)

#include "tst_windowprocess.moc"
