// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QUuid>

#include <cstring>
#include <memory>

#ifdef Q_OS_LINUX
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace clipkiln;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Result = ProfileWait::Result;

std::optional<Error> inUse()
{
    return Error{ErrorKind::ProfileInUse, {}};
}

} // namespace

class TestSingleInstance : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    /// Starts a second time and waits for the end of it.
    [[nodiscard]] std::optional<Result> startAgain(const ProfileWait::Open& open = inUse,
                                                   std::chrono::milliseconds limit = 10s) const
    {
        ProfileWait second(m_name, open, limit);
        QSignalSpy finished(&second, &ProfileWait::finished);
        second.start();
        if (!finished.wait(20'000) || finished.count() != 1)
            return std::nullopt;
        return finished.first().first().value<Result>();
    }

    QString m_name;

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init()
    {
        TestCase::init();
        m_name = u"clipkiln-test-"_s + QUuid::createUuid().toString(QUuid::Id128);
    }

    void aSecondOneRaisesTheFirst()
    {
        const SingleInstance first(m_name);
        QSignalSpy requests(&first, &SingleInstance::raiseRequested);
        QCOMPARE(startAgain(), Result::Raised);
        QCOMPARE(requests.count(), 1);
        QCOMPARE(startAgain(), Result::Raised);
        QCOMPARE(requests.count(), 2);
    }

    void aLineWithoutEndIsNotKept()
    {
        const SingleInstance first(m_name);
        QSignalSpy requests(&first, &SingleInstance::raiseRequested);
        QLocalSocket other;
        other.connectToServer(m_name);
        QTRY_COMPARE(other.state(), QLocalSocket::ConnectedState);
        other.write(QByteArray(10'000, 'r'));
        QTRY_COMPARE(other.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(startAgain(), Result::Raised);
        QCOMPARE(requests.count(), 1);
    }

    void anAnswerWithoutEndIsNoAnswer()
    {
        QLocalServer other;
        QVERIFY(other.listen(m_name));
        connect(&other, &QLocalServer::newConnection, &other,
                [&other] { other.nextPendingConnection()->write(QByteArray(10'000, 'o')); });
        QCOMPARE(startAgain(inUse, 300ms), Result::Failed);
    }

    void anotherUserIsNotAnswered()
    {
#ifdef Q_OS_LINUX
        if (::geteuid() != 0)
            QSKIP("Only root can become another user.");
        const SingleInstance first(m_name);
        QSignalSpy requests(&first, &SingleInstance::raiseRequested);
        const QByteArray path = QFile::encodeName(QDir::tempPath() + u'/' + m_name);
        QCOMPARE(::chmod(path.constData(), 0666), 0); // as if its rights had not been set
        const pid_t child = ::fork();
        if (child == 0) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
            const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
            char answer = 0;
            const bool asked = ::setuid(65534) == 0 &&
                               ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
            ::send(fd, "raise\n", 6, MSG_NOSIGNAL);
            ::_exit(asked && ::read(fd, &answer, 1) <= 0 ? 0 : 1); // the end of the connection, no answer
        }
        int status = -1;
        bool hasEnded = false; // asked for more than once, a child that ended is gone
        QTRY_VERIFY(hasEnded = hasEnded || ::waitpid(child, &status, WNOHANG) == child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QCOMPARE(requests.count(), 0);
        QCOMPARE(startAgain(), Result::Raised);
#else
        QSKIP("How to become another user differs by system.");
#endif
    }

    void withoutAFirstNobodyAnswers()
    {
        ProfileWait second(m_name, inUse, 300ms);
        QSignalSpy finished(&second, &ProfileWait::finished);
        second.start();
        QVERIFY(finished.wait(20'000));
        QCOMPARE(finished.first().first().value<Result>(), Result::Failed);
        QCOMPARE(second.error().value().kind, ErrorKind::ProfileInUse);
    }

    void aFirstThatHasJustStartedIsWaitedFor()
    {
        std::unique_ptr<SingleInstance> first;
        int attempts = 0;
        const auto open = [&]() -> std::optional<Error> {
            if (++attempts == 4)
                first = std::make_unique<SingleInstance>(m_name);
            return inUse();
        };
        QCOMPARE(startAgain(open), Result::Raised);
    }

    void aFirstThatIsClosingIsWaitedFor()
    {
        SingleInstance first(m_name);
        first.stop();
        QSignalSpy requests(&first, &SingleInstance::raiseRequested);
        int attempts = 0;
        QCOMPARE(startAgain([&] { return ++attempts < 4 ? inUse() : std::nullopt; }), Result::Opened);
        QCOMPARE(attempts, 4);
        QCOMPARE(requests.count(), 0);
    }

    void aProfileThatCannotBeOpenedIsNotWaitedFor()
    {
        QCOMPARE(startAgain([] { return Error{ErrorKind::Disk, {}}; }), Result::Failed);
    }

    void theSocketOfADeadOneIsTakenOver()
    {
        auto dead = std::make_unique<SingleInstance>(m_name);
        const SingleInstance next(m_name); // removes what the other left behind
        QSignalSpy requests(&next, &SingleInstance::raiseRequested);
        QCOMPARE(startAgain(), Result::Raised);
        QCOMPARE(requests.count(), 1);
    }

    void aStrangerOnTheSocketDoesNothing()
    {
        const SingleInstance first(m_name);
        QSignalSpy requests(&first, &SingleInstance::raiseRequested);
        QLocalSocket stranger;
        stranger.connectToServer(m_name);
        QVERIFY(stranger.waitForConnected(5'000));
        stranger.write("GET / HTTP/1.1\r\n\r\n");
        stranger.flush();
        QCOMPARE(startAgain(), Result::Raised);
        QCOMPARE(requests.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)

#include "tst_singleinstance.moc"
