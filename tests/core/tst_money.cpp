// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"
#include "support/testcase.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace clipkiln;
using namespace Qt::StringLiterals;

class TestMoney : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void isShown_data();
    void isShown();
    void isRead_data();
    void isRead();
    void isRefused_data();
    void isRefused();
    void everyAmountComesBack();
    void addsAndMultipliesExactly();
};

void TestMoney::isShown_data()
{
    QTest::addColumn<qint64>("ticks");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64{0} << u"$0.00"_s;
    QTest::newRow("two decimals always") << qint64{4'000'000'000} << u"$0.40"_s;
    QTest::newRow("a third where it counts") << qint64{4'220'000'000} << u"$0.422"_s;
    QTest::newRow("one tick") << qint64{1} << u"$0.0000000001"_s;
    QTest::newRow("no thousands marks") << qint64{12'345'000'000'000} << u"$1234.50"_s;
    QTest::newRow("a debt") << qint64{-4'220'000'000} << u"-$0.422"_s;
    QTest::newRow("the most") << std::numeric_limits<qint64>::max() << u"$922337203.6854775807"_s;
    QTest::newRow("the least") << std::numeric_limits<qint64>::min() << u"-$922337203.6854775808"_s;
}

void TestMoney::isShown()
{
    QFETCH(qint64, ticks);
    QFETCH(QString, text);
    QCOMPARE(formatUsd(Money{ticks}), text);
    QCOMPARE(toDecimal(Money{ticks}), text.remove(u'$'));
}

void TestMoney::isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ticks");
    QTest::newRow("whole dollars") << u"3"_s << qint64{30'000'000'000};
    QTest::newRow("cents, exactly") << u"0.07"_s << qint64{700'000'000};
    QTest::newRow("ten decimals") << u"0.0000000001"_s << qint64{1};
    QTest::newRow("a debt") << u"-1.5"_s << qint64{-15'000'000'000};
    QTest::newRow("the most") << u"922337203.6854775807"_s << std::numeric_limits<qint64>::max();
}

void TestMoney::isRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, ticks);
    const auto money = moneyFromDecimal(text);
    QVERIFY(money);
    QCOMPARE(money->ticks, ticks);
}

void TestMoney::isRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a minus alone") << u"-"_s;
    QTest::newRow("a word") << u"cheap"_s;
    QTest::newRow("a sign of money") << u"$0.07"_s;
    QTest::newRow("a comma") << u"0,07"_s;
    QTest::newRow("an exponent") << u"7e-2"_s;
    QTest::newRow("a space") << u" 0.07"_s;
    QTest::newRow("no digit before the point") << u".07"_s;
    QTest::newRow("no digit behind the point") << u"1."_s;
    QTest::newRow("two points") << u"1.0.0"_s;
    QTest::newRow("two signs") << u"--1"_s;
    QTest::newRow("eleven decimals") << u"0.00000000001"_s;
    QTest::newRow("digits of another script") << u"٣"_s;
    QTest::newRow("more than 64 bits hold") << u"922337203.6854775808"_s;
    QTest::newRow("far more") << u"99999999999999999999999999"_s;
}

void TestMoney::isRefused()
{
    QFETCH(QString, text);
    QVERIFY(!moneyFromDecimal(text));
}

void TestMoney::everyAmountComesBack()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 10'000; ++i) {
        const Money money{static_cast<qint64>(random.generate64() >> (1 + random.bounded(60)))};
        QCOMPARE(moneyFromDecimal(toDecimal(money)), std::optional(money));
    }
}

void TestMoney::addsAndMultipliesExactly()
{
    const Money perSecond = *moneyFromDecimal(u"0.07"_s);
    Money sum;
    for (int i = 0; i < 1000; ++i)
        sum += perSecond;
    QCOMPARE(sum, perSecond * 1000);
    QCOMPARE(formatUsd(sum + *moneyFromDecimal(u"0.002"_s)), u"$70.002"_s);
    QVERIFY(perSecond < sum);
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
