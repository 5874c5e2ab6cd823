// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/script.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;

class TestScript : public clipkiln::test::TestCase
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryField();
    void survivesBeingWrittenAndRead();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void holdsForTheRequestsItNames_data();
    void holdsForTheRequestsItNames();
    void countsPathsApart();
    void theFirstRuleWinsAndAllCount();
};

namespace {

Script parsed(const QByteArray& json)
{
    const auto script = parseScript(json);
    return std::holds_alternative<Script>(script) ? std::get<Script>(script) : Script{};
}

} // namespace

void TestScript::readsEveryField()
{
    const Script script = parsed(R"([{"step":"poll","answer":"failed","mode":"image","path":"abc","from":2,"times":3,
        "per_path":true,"delay_ms":40,"status":418,"body":"text","content_type":"text/x","headers":{"Retry-After":7},
        "code":"internal_error","message":"It broke.","cost_in_usd_ticks":4200000000,"progress":9}])");
    QCOMPARE(script.rules.size(), 1);
    const Rule& rule = script.rules.first();
    QCOMPARE(rule.step, Step::Poll);
    QCOMPARE(rule.reply, Reply::Failed);
    QCOMPARE(rule.mode, u"image"_s);
    QCOMPARE(rule.path, u"abc"_s);
    QCOMPARE(rule.from, 2);
    QCOMPARE(rule.times, 3);
    QVERIFY(rule.perPath);
    QCOMPARE(rule.delay, std::chrono::milliseconds(40));
    QCOMPARE(rule.status, 418);
    QCOMPARE(rule.body, "text"_ba);
    QCOMPARE(rule.contentType, u"text/x"_s);
    QCOMPARE(rule.headers.value(u"Retry-After"_s), u"7"_s);
    QCOMPARE(rule.code, u"internal_error"_s);
    QCOMPARE(rule.message, u"It broke."_s);
    QCOMPARE(rule.costInUsdTicks, 4'200'000'000);
    QCOMPARE(rule.progress, 9);
    QCOMPARE(parsed(R"([{"step":"post","answer":"status","body":{"a":1}}])").rules.first().body, R"({"a":1})"_ba);
}

void TestScript::survivesBeingWrittenAndRead()
{
    Script script;
    for (int reply = 0; reply <= static_cast<int>(Reply::Truncated); ++reply) {
        Rule rule{.step = Step::Download, .reply = static_cast<Reply>(reply)};
        rule.headers.insert(u"a"_s, u"b"_s);
        rule.costInUsdTicks = 1LL << 40;
        script.rules.append(rule);
    }
    QCOMPARE(parsed(toJson(script)), script);
}

void TestScript::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no array") << "{}"_ba;
    QTest::newRow("no JSON") << "post 500"_ba;
    QTest::newRow("an unknown step") << R"([{"step":"submit"}])"_ba;
    QTest::newRow("an unknown answer") << R"([{"step":"post","answer":"explode"}])"_ba;
    QTest::newRow("a misspelt field") << R"([{"step":"post","delay":5}])"_ba;
}

void TestScript::refusesWhatItDoesNotKnow()
{
    QFETCH(QByteArray, json);
    const auto script = parseScript(json);
    QVERIFY(std::holds_alternative<QString>(script));
    QVERIFY(!std::get<QString>(script).isEmpty());
}

void TestScript::holdsForTheRequestsItNames_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected"); // of five image polls at /a: x where the rule holds
    QTest::newRow("always") << R"([{"step":"poll"}])"_ba << u"xxxxx"_s;
    QTest::newRow("from the third on") << R"([{"step":"poll","from":3}])"_ba << u"--xxx"_s;
    QTest::newRow("the second only") << R"([{"step":"poll","from":2,"times":1}])"_ba << u"-x---"_s;
    QTest::newRow("the first two") << R"([{"step":"poll","times":2}])"_ba << u"xx---"_s;
    QTest::newRow("of another step") << R"([{"step":"post"}])"_ba << u"-----"_s;
    QTest::newRow("of this mode") << R"([{"step":"poll","mode":"image"}])"_ba << u"xxxxx"_s;
    QTest::newRow("of another mode") << R"([{"step":"poll","mode":"text"}])"_ba << u"-----"_s;
    QTest::newRow("of this path") << R"([{"step":"poll","path":"/a"}])"_ba << u"xxxxx"_s;
    QTest::newRow("of another path") << R"([{"step":"poll","path":"/b"}])"_ba << u"-----"_s;
}

void TestScript::holdsForTheRequestsItNames()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    ScriptPlayer player;
    player.set(parsed(json));
    QString seen;
    for (int i = 0; i < 5; ++i)
        seen += player.next(Step::Poll, u"image"_s, u"/v1/videos/a"_s) ? u'x' : u'-';
    QCOMPARE(seen, expected);
}

void TestScript::countsPathsApart()
{
    ScriptPlayer player;
    player.set(parsed(R"([{"step":"poll","times":1,"per_path":true}])"));
    QVERIFY(player.next(Step::Poll, {}, u"/a"_s));
    QVERIFY(!player.next(Step::Poll, {}, u"/a"_s));
    QVERIFY(player.next(Step::Poll, {}, u"/b"_s));
}

void TestScript::theFirstRuleWinsAndAllCount()
{
    ScriptPlayer player;
    player.set(parsed(R"([{"step":"post","answer":"html","times":1},{"step":"post","answer":"expired","from":2}])"));
    QCOMPARE(player.next(Step::Post, {}, {})->reply, Reply::Html);
    QCOMPARE(player.next(Step::Post, {}, {})->reply, Reply::Expired);
}

QTEST_APPLESS_MAIN(TestScript)
#include "tst_script.moc"
