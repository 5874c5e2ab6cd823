// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QUuid>

#include <atomic>
#include <memory>
#include <thread>

using namespace clipkiln;
using namespace Qt::StringLiterals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private:
    /// Asks from another thread, as a second program would, while this one's event loop runs.
    bool askFromElsewhere() const
    {
        std::atomic<int> answer = -1;
        std::thread second([this, &answer] { answer = SingleInstance::askToRaise(m_name); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer >= 0, 10'000); }();
        second.join();
        return answer == 1;
    }

    QString m_name;

private Q_SLOTS:
    void init() { m_name = u"clipkiln-test-"_s + QUuid::createUuid().toString(QUuid::Id128); }

    void aSecondOneRaisesTheFirst()
    {
        const SingleInstance first(m_name);
        QSignalSpy asked(&first, &SingleInstance::raiseAsked);
        QVERIFY(askFromElsewhere());
        QCOMPARE(asked.count(), 1);
        QVERIFY(askFromElsewhere());
        QCOMPARE(asked.count(), 2);
    }

    void withoutAFirstNobodyAnswers() { QVERIFY(!askFromElsewhere()); }

    void aFirstThatHasJustStartedIsWaitedFor()
    {
        std::atomic<int> answer = -1;
        std::thread second([this, &answer] { answer = SingleInstance::askToRaise(m_name); });
        std::unique_ptr<SingleInstance> first;
        QTimer::singleShot(300, this, [&] { first = std::make_unique<SingleInstance>(m_name); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer >= 0, 10'000); }();
        second.join();
        QCOMPARE(answer.load(), 1);
    }

    void theSocketOfADeadOneIsTakenOver()
    {
        auto dead = std::make_unique<SingleInstance>(m_name);
        const SingleInstance next(m_name); // removes what the other left behind
        QSignalSpy asked(&next, &SingleInstance::raiseAsked);
        QVERIFY(askFromElsewhere());
        QCOMPARE(asked.count(), 1);
    }

    void aStrangerOnTheSocketDoesNothing()
    {
        const SingleInstance first(m_name);
        QSignalSpy asked(&first, &SingleInstance::raiseAsked);
        QLocalSocket stranger;
        stranger.connectToServer(m_name);
        QVERIFY(stranger.waitForConnected(5'000));
        stranger.write("GET / HTTP/1.1\r\n\r\n");
        stranger.flush();
        QVERIFY(askFromElsewhere());
        QCOMPARE(asked.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)

#include "tst_singleinstance.moc"
