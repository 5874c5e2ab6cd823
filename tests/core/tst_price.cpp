// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"

#include "support/requests.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(clipkiln::LocalFile)

namespace {

const QString newer = u"grok-imagine-video-1.5"_s;

GenerationRequest with(GenerationRequest request, int seconds, const QString& resolution)
{
    request.duration = std::chrono::seconds(seconds);
    request.resolution = resolution;
    return request;
}

} // namespace

class TestPrice : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void newClips_data();
    void newClips();
    void fromASource_data();
    void fromASource();
    void aPartOfATickIsAWholeOne();
    void unknownIsNoPrice_data();
    void unknownIsNoPrice();
    void whatIsLeftOutCostsWhatTheServiceTakes();
};

void TestPrice::newClips_data()
{
    QTest::addColumn<GenerationRequest>("request");
    QTest::addColumn<qint64>("ticks");
    QTest::addColumn<QString>("parts");
    QTest::newRow("text of 8 s at 480p, as recorded")
        << with(test::request(Mode::Text), 8, u"480p"_s) << qint64{4'000'000'000} << u"8 s × $0.05"_s;
    QTest::newRow("image of 6 s at 720p, as recorded")
        << with(test::request(Mode::Image), 6, u"720p"_s) << qint64{4'220'000'000} << u"6 s × $0.07 + image $0.002"_s;

    GenerationRequest references = with(test::request(Mode::Reference), 5, u"480p"_s);
    std::get<FromReferences>(references.inputs).images = {test::photo(), RemoteUrl{}, UploadedFile{}};
    QTest::newRow("three references") << references << qint64{2'560'000'000} << u"5 s × $0.05 + 3 images × $0.002"_s;

    GenerationRequest frames = with(test::request(Mode::Image, test::model(newer)), 4, u"1080p"_s);
    std::get<FromImage>(frames.inputs).lastFrame = test::photo();
    std::get<FromImage>(frames.inputs).keyframes = {{test::photo(), 1}};
    QTest::newRow("first and last frame and a keyframe")
        << frames << qint64{10'300'000'000} << u"4 s × $0.25 + 3 images × $0.01"_s;
}

void TestPrice::newClips()
{
    QFETCH(GenerationRequest, request);
    QFETCH(qint64, ticks);
    QFETCH(QString, parts);
    const auto price = estimate(request, test::model(request.model));
    QVERIFY(price);
    QCOMPARE(price->total.ticks, ticks);
    QCOMPARE(price->partsText(), parts);
    QCOMPARE(price->partsText(4), (price->parts.size() > 1 ? u"4 × (%1)"_s : u"4 × %1"_s).arg(parts));
}

void TestPrice::fromASource_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<LocalFile>("source");
    QTest::addColumn<int>("seconds"); // of an extension
    QTest::addColumn<qint64>("ticks");
    const QSize sd(848, 480);
    const QSize hd(1280, 720);
    QTest::newRow("10 s on 5 s at 480p, as recorded")
        << Mode::Extend << test::video(5, sd) << 10 << qint64{5'500'000'000};
    QTest::newRow("an upright source") << Mode::Extend << test::video(5, sd.transposed()) << 10
                                       << qint64{5'500'000'000};
    QTest::newRow("a 480p clip of 482 lines")
        << Mode::Extend << test::video(5, QSize(850, 482)) << 10 << qint64{5'500'000'000};
    QTest::newRow("a source of 720p") << Mode::Extend << test::video(5, hd) << 10 << qint64{7'500'000'000};
    QTest::newRow("a larger source is made 720p")
        << Mode::Extend << test::video(5, QSize(1920, 1080)) << 10 << qint64{7'500'000'000};
    QTest::newRow("a part of a second counts")
        << Mode::Extend << test::video(15.0417, sd) << 5 << qint64{4'004'200'000};
    QTest::newRow("an edit") << Mode::Edit << test::video(8, sd) << 0 << qint64{4'800'000'000};
    QTest::newRow("an edit of a longer source is cut")
        << Mode::Edit << test::video(30, hd) << 0 << qint64{6'960'000'000};
    QTest::newRow("8.7 s are 8.7 s") << Mode::Edit << test::video(8.7, sd) << 0 << qint64{5'220'000'000};
}

void TestPrice::fromASource()
{
    QFETCH(Mode, mode);
    QFETCH(LocalFile, source);
    QFETCH(int, seconds);
    QFETCH(qint64, ticks);
    GenerationRequest request = test::request(mode);
    *mutableInputsOf(request).first() = source;
    if (seconds > 0)
        request.duration = std::chrono::seconds(seconds);
    const auto price = estimate(request, test::model());
    QVERIFY(price);
    QCOMPARE(price->total.ticks, ticks);
    QCOMPARE(price->parts.size(), 2);
    QCOMPARE(price->parts.first().money + price->parts.last().money, price->total);
}

void TestPrice::aPartOfATickIsAWholeOne()
{
    Model model = test::model();
    model.perSecond = {{u"480p"_s, Money{7}}};
    model.perInputSecond = Money{3};
    GenerationRequest request = test::request(Mode::Edit, model);
    *mutableInputsOf(request).first() = test::video(1.001);
    const auto price = estimate(request, model);
    QVERIFY(price);
    QCOMPARE(price->parts.first().money.ticks, 8);
    QCOMPARE(price->parts.last().money.ticks, 4);
}

void TestPrice::unknownIsNoPrice_data()
{
    QTest::addColumn<GenerationRequest>("request");
    QTest::addColumn<QString>("modelId");
    const QString classic = test::model().id;
    QTest::newRow("a model of any id") << test::request(Mode::Text) << u"grok-imagine-video-9"_s;
    QTest::newRow("a resolution without a price") << with(test::request(Mode::Text), 6, u"1080p"_s) << classic;
    QTest::newRow("a mode the model has not") << test::request(Mode::Edit) << newer;
    QTest::newRow("no length at all") << with(test::request(Mode::Text), 0, u"480p"_s) << classic;
    QTest::newRow("a length beyond reason")
        << with(test::request(Mode::Text), std::numeric_limits<int>::max(), u"480p"_s) << classic;
    const auto extension = [](const Input& source) {
        GenerationRequest request = test::request(Mode::Extend);
        request.inputs = ExtendClip{source};
        return request;
    };
    QTest::newRow("a source behind an address")
        << extension(RemoteUrl{QUrl(u"https://example.com/a.mp4"_s)}) << classic;
    QTest::newRow("a source with the service") << extension(UploadedFile{u"file_1"_s}) << classic;
    QTest::newRow("a source of unknown length") << extension(test::video(0)) << classic;
    QTest::newRow("a source of a length that is no number") << extension(test::video(qQNaN())) << classic;
    QTest::newRow("a source of unknown size") << extension(test::video(5, QSize())) << classic;
}

void TestPrice::unknownIsNoPrice()
{
    QFETCH(GenerationRequest, request);
    QFETCH(QString, modelId);
    const ModelTable table = ModelTable::builtIn();
    const Model* known = table.find(modelId);
    QVERIFY(!estimate(request, known ? *known : table.unknownModel(modelId)));
}

void TestPrice::whatIsLeftOutCostsWhatTheServiceTakes()
{
    GenerationRequest bare = test::request(Mode::Text);
    bare.duration.reset();
    bare.resolution.reset();
    QCOMPARE(estimate(bare, test::model())->partsText(), u"8 s × $0.05"_s);
    QCOMPARE(estimate(bare, test::model())->partsText(2), u"2 × 8 s × $0.05"_s);

    GenerationRequest extension = test::request(Mode::Extend);
    extension.duration.reset();
    QCOMPARE(estimate(extension, test::model())->partsText(), u"6 s × $0.05 + source 5 s × $0.01"_s);
    // A long number is shown short and charged as it is.
    *mutableInputsOf(extension).first() = test::video(8.6667, {848, 480});
    const auto price = estimate(extension, test::model());
    QCOMPARE(price->partsText(), u"6 s × $0.05 + source 8.67 s × $0.01"_s);
    QCOMPARE(price->total.ticks, qint64{3'866'700'000});
}

QTEST_GUILESS_MAIN(TestPrice)
#include "tst_price.moc"
