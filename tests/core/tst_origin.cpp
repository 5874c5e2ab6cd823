// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/origin.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

class TestOrigin : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreTaken_data();
    void addressesAreTaken();
    void addressesAreRefused_data();
    void addressesAreRefused();
    void aPasswordInAnAddressIsNotRepeated();
    void comesBackFromItsName();
    void loopback_data();
    void loopback();
};

void TestOrigin::addressesAreTaken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Origin::Kind>("kind");
    QTest::addColumn<QString>("name");
    QTest::newRow("the real service") << u"https://api.x.ai/v1"_s << Origin::Kind::Service << u"service"_s;
    QTest::newRow("with a slash at the end") << u"https://api.x.ai/v1/"_s << Origin::Kind::Service << u"service"_s;
    QTest::newRow("with its port") << u"https://api.x.ai:443/v1"_s << Origin::Kind::Service << u"service"_s;
    QTest::newRow("in capitals") << u"HTTPS://API.X.AI/v1"_s << Origin::Kind::Service << u"service"_s;
    QTest::newRow("another host") << u"https://us.api.x.ai/v1"_s << Origin::Kind::Other << u"https://us.api.x.ai/v1"_s;
    QTest::newRow("another port") << u"https://api.x.ai:8443/v1"_s << Origin::Kind::Other
                                  << u"https://api.x.ai:8443/v1"_s;
    QTest::newRow("a longer path") << u"https://gate.example/xai/v1"_s << Origin::Kind::Other
                                   << u"https://gate.example/xai/v1"_s;
    QTest::newRow("plain http on this computer")
        << u" http://127.0.0.1:8080/v1 "_s << Origin::Kind::Other << u"http://127.0.0.1:8080/v1"_s;
    QTest::newRow("localhost") << u"http://localhost/v1"_s << Origin::Kind::Other << u"http://localhost/v1"_s;
}

void TestOrigin::addressesAreTaken()
{
    QFETCH(QString, text);
    QFETCH(Origin::Kind, kind);
    QFETCH(QString, name);
    const auto origin = Origin::fromAddress(text);
    QVERIFY(origin);
    QCOMPARE(origin->kind(), kind);
    QCOMPARE(origin->toString(), name);
    QVERIFY(!origin->isSimulated());
}

void TestOrigin::addressesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no address") << u"my service"_s;
    QTest::newRow("no host") << u"https:///v1"_s;
    QTest::newRow("plain http elsewhere") << u"http://api.x.ai/v1"_s;
    QTest::newRow("a name that begins like loopback") << u"http://127.0.0.1.example.com/v1"_s;
    QTest::newRow("another scheme") << u"ftp://127.0.0.1/v1"_s;
    QTest::newRow("without /v1") << u"https://api.x.ai"_s;
    QTest::newRow("a query") << u"https://api.x.ai/v1?key=1"_s;
    QTest::newRow("a fragment") << u"https://api.x.ai/v1#top"_s;
    QTest::newRow("a password") << u"https://me:secret@api.x.ai/v1"_s;
}

void TestOrigin::addressesAreRefused()
{
    QFETCH(QString, text);
    const auto origin = Origin::fromAddress(text);
    QVERIFY(!origin);
    QCOMPARE(origin.error().kind, ErrorKind::AddressRefused);
}

void TestOrigin::aPasswordInAnAddressIsNotRepeated()
{
    const auto origin = Origin::fromAddress(u"https://me:secret@api.x.ai/v1"_s);
    QVERIFY(!origin);
    QVERIFY(!origin.error().detail.contains("secret"_L1));
}

void TestOrigin::comesBackFromItsName()
{
    const auto other = Origin::fromAddress(u"https://gate.example:444/v1"_s);
    QVERIFY(other);
    for (const Origin& origin : {Origin::simulator(), Origin::service(), *other})
        QCOMPARE(Origin::fromString(origin.toString()).value_or(Origin()), origin);
    QVERIFY(Origin::simulator().isSimulated());
    QVERIFY(Origin::simulator().address().isEmpty());
    QVERIFY(!(Origin::service() == *other));
}

void TestOrigin::loopback_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("is");
    QTest::newRow("127.0.0.1") << u"http://127.0.0.1"_s << true;
    QTest::newRow("all of 127") << u"http://127.9.8.7:1"_s << true;
    QTest::newRow("IPv6") << u"http://[::1]:80"_s << true;
    QTest::newRow("long IPv6") << u"http://[0:0:0:0:0:0:0:1]"_s << true;
    QTest::newRow("localhost") << u"http://LocalHost"_s << true;
    QTest::newRow("another host") << u"http://128.0.0.1"_s << false;
    QTest::newRow("a name of four parts") << u"http://127.0.0.example"_s << false;
    QTest::newRow("a name that begins so") << u"http://localhost.example"_s << false;
    QTest::newRow("another IPv6") << u"http://[::2]"_s << false;
    QTest::newRow("no host") << u"file:///tmp"_s << false;
}

void TestOrigin::loopback()
{
    QFETCH(QString, text);
    QFETCH(bool, is);
    QCOMPARE(isLoopback(QUrl(text)), is);
}

QTEST_GUILESS_MAIN(TestOrigin)
#include "tst_origin.moc"
