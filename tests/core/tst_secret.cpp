// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"
#include "support/testcase.h"

#include <QFile>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace clipkiln;

/// A key stays out of what other programs and dumps can see.
class TestSecret : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void dumpsLeaveItsMemoryOut()
    {
#ifdef Q_OS_LINUX
        const QByteArray text(8000, 'k'); // over page borders
        const Secret secret(QByteArray(text.constData(), text.size()));
        QVERIFY(isLeftOut(secret.reveal().constData()));
        QVERIFY(isLeftOut(secret.reveal().constData() + secret.reveal().size() - 1));
        QCOMPARE(secret.reveal(), text);
        keepFromDumps({});
#else
        QSKIP("Only Linux leaves memory out of a dump.");
#endif
    }

    void dumpsAreOff()
    {
#ifdef Q_OS_UNIX
        switchOffDumps();
        rlimit limit{1, 1};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t{0});
        QCOMPARE(limit.rlim_max, rlim_t{0});
#else
        switchOffDumps();
#endif
    }

    void theEnvironmentForgetsIt()
    {
        qputenv("CLIPKILN_TEST_KEY", "xai-a");
        QCOMPARE(takeFromEnvironment("CLIPKILN_TEST_KEY"), QByteArray("xai-a"));
        QVERIFY(!qEnvironmentVariableIsSet("CLIPKILN_TEST_KEY"));
        QCOMPARE(takeFromEnvironment("CLIPKILN_TEST_KEY"), QByteArray());
    }

private:
    /// Whether the mapping with this address is marked "do not dump".
    static bool isLeftOut(const char* address)
    {
        QFile smaps(QStringLiteral("/proc/self/smaps"));
        if (!smaps.open(QIODevice::ReadOnly))
            return false;
        bool isInside = false;
        const QList<QByteArray> lines = smaps.readAll().split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith("VmFlags:") && isInside)
                return (line + ' ').contains(" dd ");
            const qsizetype dash = line.indexOf('-');
            bool isAddress = false;
            const quintptr begin = line.left(dash).toULongLong(&isAddress, 16);
            if (dash < 0 || !isAddress)
                continue;
            const quintptr end = line.sliced(dash + 1).split(' ').first().toULongLong(nullptr, 16);
            const auto at = reinterpret_cast<quintptr>(address);
            isInside = at >= begin && at < end;
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(TestSecret)

#include "tst_secret.moc"
