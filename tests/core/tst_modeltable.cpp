// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"

#include "support/requests.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;
const QString lite = u"grok-imagine-video-1.5-lite"_s;

/// A small table that can be read; the rows break it in one place.
const QByteArray smallTable = R"({
  "date": "2026-11-22",
  "pricesOf": "2026-10",
  "defaultModel": "m",
  "models": [
    {"id": "m", "aliases": ["n"], "perSecond": {"480p": "0.05"},
     "modes": {"text": {"minSeconds": 1, "maxSeconds": 15, "defaultSeconds": 6}}}
  ]
})";

} // namespace

class TestModelTable : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theBuiltInTableIsWhole();
    void modesOfEachModel_data();
    void modesOfEachModel();
    void limitsAreThoseOfTheService();
    void modelsAreFoundByIdAndAlias();
    void aModelOfAnyIdOffersEverythingDocumented();
    void defaultsAreThoseOfTheProduct_data();
    void defaultsAreThoseOfTheProduct();
    void aTableOfAPersonIsRead();
    void whatAPersonSaysComesFirst();
    void thePlaceOfAMistakeIsNamed();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
};

void TestModelTable::theBuiltInTableIsWhole()
{
    const ModelTable table = ModelTable::builtIn();
    QCOMPARE(table.models().size(), 3);
    QCOMPARE(table.defaultModel(), classic);
    QCOMPARE(table.pricesOf(), u"2026-10"_s);
    QVERIFY(table.date().isValid());
    QVERIFY(!table.sources().isEmpty());
    for (const Model& model : table.models()) {
        QVERIFY(!model.name.isEmpty());
        QVERIFY(model.perImage);
        for (const ModeLimits& limits : model.modes) {
            for (const QString& resolution : limits.resolutions)
                QVERIFY2(model.perSecond.contains(resolution), qPrintable(model.id + u' ' + resolution));
        }
    }
}

void TestModelTable::modesOfEachModel_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QStringList>("models");
    QTest::newRow("text") << Mode::Text << QStringList{classic, newer, lite};
    QTest::newRow("image") << Mode::Image << QStringList{classic, newer, lite};
    QTest::newRow("reference") << Mode::Reference << QStringList{classic, newer};
    QTest::newRow("edit: the classic alone") << Mode::Edit << QStringList{classic};
    QTest::newRow("extend: the classic alone") << Mode::Extend << QStringList{classic};
}

void TestModelTable::modesOfEachModel()
{
    QFETCH(Mode, mode);
    QFETCH(QStringList, models);
    QStringList ids;
    for (const Model& model : ModelTable::builtIn().modelsFor(mode))
        ids.append(model.id);
    QCOMPARE(ids, models);
}

void TestModelTable::limitsAreThoseOfTheService()
{
    const auto limits = [](const QString& id, Mode mode) { return test::model(id).modes.value(mode); };
    const QStringList two = {u"480p"_s, u"720p"_s};
    const QStringList three = two + QStringList{u"1080p"_s};

    QCOMPARE(limits(classic, Mode::Text).maxSeconds, 15);
    QCOMPARE(limits(classic, Mode::Text).aspectRatios.size(), 7);
    QVERIFY(!limits(newer, Mode::Text).aspectRatios.contains(u"21:9"_s));
    QCOMPARE(limits(classic, Mode::Text).resolutions, two);
    QCOMPARE(limits(newer, Mode::Text).resolutions, three);
    QCOMPARE(limits(newer, Mode::Reference).resolutions, two);
    QCOMPARE(limits(lite, Mode::Image).resolutions, three);

    QCOMPARE(limits(classic, Mode::Reference).maxImages, 7);
    QCOMPARE(limits(newer, Mode::Reference).maxImages, 14);
    QCOMPARE(limits(classic, Mode::Reference).maxSeconds, 10);
    QCOMPARE(limits(newer, Mode::Reference).maxSeconds, 15);
    QCOMPARE(limits(newer, Mode::Reference).maxVoices, 3);
    QVERIFY(limits(newer, Mode::Reference).firstFrame);
    QCOMPARE(limits(newer, Mode::Text).maxKeyframes, 4);
    QCOMPARE(limits(newer, Mode::Image).maxKeyframes, 4);
    QVERIFY(limits(newer, Mode::Image).lastFrame);
    for (const QString& plain : {classic, lite}) {
        const Model model = test::model(plain);
        for (const ModeLimits& each : model.modes) {
            QCOMPARE(each.maxKeyframes, 0);
            QCOMPARE(each.maxVoices, 0);
            QVERIFY(!each.lastFrame);
            QVERIFY(!each.firstFrame);
        }
    }

    QCOMPARE(limits(classic, Mode::Extend).minSeconds, 2);
    QCOMPARE(limits(classic, Mode::Extend).maxSeconds, 10);
    QCOMPARE(limits(classic, Mode::Extend).minSourceSeconds, 2);
    QCOMPARE(limits(classic, Mode::Extend).maxSourceSeconds, 15);
    QCOMPARE(limits(classic, Mode::Edit).maxSourceSeconds, 8.7);
    for (const Model& model : ModelTable::builtIn().models()) {
        for (auto each = model.modes.begin(); each != model.modes.end(); ++each)
            QCOMPARE(each->silence, each.key() != Mode::Edit && each.key() != Mode::Extend);
    }
}

void TestModelTable::modelsAreFoundByIdAndAlias()
{
    const ModelTable table = ModelTable::builtIn();
    QCOMPARE(table.find(newer)->id, newer);
    QCOMPARE(table.find(u"grok-imagine-video-1.5-preview"_s)->id, newer);
    QCOMPARE(table.find(u"grok-imagine-video-1.5-2026-05-30"_s)->id, newer);
    QVERIFY(!table.find(u"grok-imagine-video-2.0"_s));
    QVERIFY(!table.find(QString()));
}

void TestModelTable::aModelOfAnyIdOffersEverythingDocumented()
{
    const Model model = ModelTable::builtIn().unknownModel(u"grok-imagine-video-9"_s);
    QCOMPARE(model.id, u"grok-imagine-video-9"_s);
    QCOMPARE(model.modes.size(), 5);
    QVERIFY(model.perSecond.isEmpty());
    QVERIFY(!model.perImage);
    QCOMPARE(model.modes.value(Mode::Text).resolutions, (QStringList{u"480p"_s, u"720p"_s, u"1080p"_s}));
    QCOMPARE(model.modes.value(Mode::Text).maxKeyframes, 4);
    QCOMPARE(model.modes.value(Mode::Text).defaultSeconds, 6);
    QCOMPARE(model.modes.value(Mode::Reference).maxImages, 14);
    QCOMPARE(model.modes.value(Mode::Reference).maxSeconds, 15);
    QVERIFY(model.modes.value(Mode::Image).lastFrame);
    QCOMPARE(model.modes.value(Mode::Edit).maxSourceSeconds, 8.7);
}

void TestModelTable::defaultsAreThoseOfTheProduct_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<int>("seconds"); // 0: none is sent
    QTest::addColumn<QString>("ratio");
    QTest::addColumn<QString>("resolution");
    QTest::newRow("text") << Mode::Text << 6 << u"16:9"_s << u"720p"_s;
    QTest::newRow("image: the ratio follows it") << Mode::Image << 6 << QString() << u"720p"_s;
    QTest::newRow("reference") << Mode::Reference << 6 << u"16:9"_s << u"720p"_s;
    QTest::newRow("edit sends none of the three") << Mode::Edit << 0 << QString() << QString();
    QTest::newRow("extend sends the length alone") << Mode::Extend << 6 << QString() << QString();
}

void TestModelTable::defaultsAreThoseOfTheProduct()
{
    QFETCH(Mode, mode);
    QFETCH(int, seconds);
    QFETCH(QString, ratio);
    QFETCH(QString, resolution);
    const GenerationRequest request = defaultRequest(mode, test::model());
    QCOMPARE(request.mode(), mode);
    QCOMPARE(request.model, classic);
    QCOMPARE(request.duration.value_or(std::chrono::seconds(0)).count(), seconds);
    QCOMPARE(request.duration.has_value(), seconds > 0);
    QCOMPARE(request.aspectRatio.value_or(QString()), ratio);
    QCOMPARE(request.aspectRatio.has_value(), !ratio.isEmpty());
    QCOMPARE(request.resolution.value_or(QString()), resolution);
    QCOMPARE(request.resolution.has_value(), !resolution.isEmpty());
    QVERIFY(!request.generateAudio && !request.storage && !request.uploadUrl && !request.user);
}

void TestModelTable::aTableOfAPersonIsRead()
{
    const auto table = ModelTable::fromJson(smallTable);
    QVERIFY2(table, table ? "" : qPrintable(table.error().detail));
    QCOMPARE(table->find(u"n"_s)->id, u"m"_s);
    QCOMPARE(table->find(u"m"_s)->name, u"m"_s);
    QCOMPARE(formatUsd(table->find(u"m"_s)->perSecond.value(u"480p"_s)), u"$0.05"_s);
}

void TestModelTable::whatAPersonSaysComesFirst()
{
    const ModelTable builtIn = ModelTable::builtIn();
    const auto table = builtIn.with(R"({"pricesOf": "2027-01", "models": [
        {"id": "grok-imagine-video", "perSecond": {"480p": "0.06"}, "modes": {"text": {}}},
        {"id": "brand-new", "modes": {"edit": {}}}]})");
    QVERIFY2(table, table ? "" : qPrintable(table.error().detail));
    QStringList ids;
    for (const Model& model : table->models())
        ids << model.id;
    QCOMPARE(ids, (QStringList{classic, newer, lite, u"brand-new"_s}));
    QCOMPARE(table->find(classic)->perSecond.value(u"480p"_s), Money{600'000'000});
    QVERIFY(!table->find(classic)->supports(Mode::Edit));
    QCOMPARE(table->pricesOf(), u"2027-01"_s);
    // Values that it does not give stay.
    QCOMPARE(table->defaultModel(), classic);
    QCOMPARE(table->date(), builtIn.date());
    QCOMPARE(table->find(newer)->perSecond, builtIn.find(newer)->perSecond);

    // A name can mean one model only.
    QVERIFY(!builtIn.with(R"({"models": [{"id": "x", "aliases": ["grok-imagine-video"], "modes": {}}]})"));
    QVERIFY(!builtIn.with(R"({"models": [{"id": "x", "modes": {}}, {"id": "x", "modes": {}}]})"));
}

void TestModelTable::thePlaceOfAMistakeIsNamed()
{
    const auto detailOf = [](const QByteArray& json) {
        const auto table = ModelTable::builtIn().with(json);
        return table ? QString() : table.error().detail;
    };
    const QByteArray json = R"({"models": [{"id": "a", "modes": {}},
        {"id": "c", "modes": {"text": {"minSeconds": 1, "maxSeconds": "15"}}}]})";
    QVERIFY2(detailOf(json).startsWith(u"models[1].modes.text.maxSeconds: "_s), qPrintable(detailOf(json)));
    const QByteArray noModes = R"({"models": [{"id": "a", "modes": {}}, {"id": "b"}]})";
    QVERIFY2(detailOf(noModes).startsWith(u"models[1].modes: "_s), qPrintable(detailOf(noModes)));
    // What is no JSON has no fields: its line is named.
    QVERIFY2(detailOf("{\n\"models\": [,]}").startsWith(u"line 2: "_s), qPrintable(detailOf("{\n\"models\": [,]}")));
}

void TestModelTable::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("detail");
    QTest::newRow("a comma too many") << QByteArray(R"("2026-10",)") << QByteArray(R"("2026-10",,)") << u"line 3: "_s;
    QTest::newRow("a date that is none") << QByteArray("2026-11-22") << QByteArray("22.11.2026") << u"date: "_s;
    QTest::newRow("a misspelt field") << QByteArray("maxSeconds") << QByteArray("maxSecond")
                                      << u"models[0].modes.text.maxSeconds: "_s;
    QTest::newRow("a field nobody knows")
        << QByteArray(R"("aliases")") << QByteArray(R"("alias")") << u"models[0].alias: "_s;
    QTest::newRow("a field no mode knows") << QByteArray(R"("minSeconds")") << QByteArray(R"("voice": 1, "minSeconds")")
                                           << u"models[0].modes.text.voice: "_s;
    QTest::newRow("an unknown mode") << QByteArray(R"("text")") << QByteArray(R"("txt")") << u"models[0].modes.txt: "_s;
    QTest::newRow("a price as a number") << QByteArray(R"("0.05")") << QByteArray("0.05")
                                         << u"models[0].perSecond.480p: "_s;
    QTest::newRow("a price with a sign") << QByteArray(R"("0.05")") << QByteArray(R"("-0.05")")
                                         << u"models[0].perSecond.480p: "_s;
    QTest::newRow("a price beyond reason")
        << QByteArray(R"("0.05")") << QByteArray(R"("1000.01")") << u"models[0].perSecond.480p: "_s;
    QTest::newRow("a length with a fraction")
        << QByteArray(R"("maxSeconds": 15)") << QByteArray(R"("maxSeconds": 15.5)")
        << u"models[0].modes.text.maxSeconds: "_s;
    QTest::newRow("a default out of range")
        << QByteArray(R"("defaultSeconds": 6)") << QByteArray(R"("defaultSeconds": 16)")
        << u"models[0].modes.text.defaultSeconds: "_s;
    QTest::newRow("a default that is not offered")
        << QByteArray(R"("defaultSeconds": 6)") << QByteArray(R"("defaultSeconds": 6, "defaultResolution": "8k")")
        << u"models[0].modes.text.defaultResolution: "_s;
    QTest::newRow("a default model that is not there")
        << QByteArray(R"("defaultModel": "m")") << QByteArray(R"("defaultModel": "x")") << u"defaultModel: "_s;
    QTest::newRow("two of one name") << QByteArray(R"(["n"])") << QByteArray(R"(["m"])") << u"models: "_s;
    QTest::newRow("a model without an id")
        << QByteArray(R"("id": "m")") << QByteArray(R"("id": "")") << u"models[0].id: "_s;
}

void TestModelTable::mistakesAreNamed()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, detail);
    QVERIFY(smallTable.contains(before));
    const auto table = ModelTable::fromJson(QByteArray(smallTable).replace(before, after));
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::InvalidRequest);
    QVERIFY2(table.error().detail.startsWith(detail), qPrintable(table.error().detail));
}

QTEST_GUILESS_MAIN(TestModelTable)
#include "tst_modeltable.moc"
