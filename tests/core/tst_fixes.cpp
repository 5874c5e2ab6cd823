// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nearest.h"
#include "core/validate.h"
#include "support/randomrequests.h"
#include "support/requests.h"
#include "support/testcase.h"

#include <QTest>

#include <functional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;

using Change = std::function<void(GenerationRequest&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(clipkiln::Fix)

namespace {

const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;
const QString lite = u"grok-imagine-video-1.5-lite"_s;

Change seconds(int count)
{
    return [count](GenerationRequest& r) { r.duration = std::chrono::seconds(count); };
}
Change ratio(const QString& text)
{
    return [text](GenerationRequest& r) { r.aspectRatio = text; };
}
Change resolution(const QString& text)
{
    return [text](GenerationRequest& r) { r.resolution = text; };
}
Change input(const LocalFile& file)
{
    return [file](GenerationRequest& r) { *mutableInputsOf(r).first() = file; };
}
Change keyframes(const QList<double>& times)
{
    return [times](GenerationRequest& r) {
        for (const double time : times)
            std::get<FromText>(r.inputs).keyframes.append({test::photo(), time});
    };
}
Change references(int count)
{
    return [count](GenerationRequest& r) {
        std::get<FromReferences>(r.inputs).images = QList<Input>(count, test::photo());
    };
}
Change voices(const QStringList& ids)
{
    return [ids](GenerationRequest& r) { std::get<FromReferences>(r.inputs).voices = ids; };
}
const Change nothing = [](GenerationRequest&) {};

LocalFile heavyPhoto()
{
    LocalFile photo = test::photo();
    photo.bytes = 30'000'000;
    return photo;
}

Model modelOf(const ModelTable& table, const GenerationRequest& request)
{
    const Model* known = table.find(request.model);
    return known ? *known : table.unknownModel(request.model);
}

bool stands(const Problem& problem, const QList<Problem>& problems)
{
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& other) {
        return other.field == problem.field && other.sentence == problem.sentence;
    });
}

} // namespace

/// The fixes for requests that cannot be sent.
class TestFixes : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    const ModelTable m_table = ModelTable::builtIn();

private Q_SLOTS:
    void theFirstFixMends_data()
    {
        QTest::addColumn<Mode>("mode");
        QTest::addColumn<QString>("model");
        QTest::addColumn<Change>("change");
        QTest::addColumn<Fix>("expected");
        const auto row = [](const char* name, Mode mode, const QString& model, const Change& change, const Fix& fix) {
            QTest::newRow(name) << mode << model << change << fix;
        };
        row("too long a clip", Mode::Text, classic, seconds(16), fix::SetDuration{15s});
        row("too short a clip", Mode::Text, classic, seconds(0), fix::SetDuration{1s});
        row("too long a clip of references", Mode::Reference, classic, seconds(12), fix::SetDuration{10s});
        row("a length for an edit", Mode::Edit, classic, seconds(5), fix::SetDuration{});
        row("a ratio not offered", Mode::Text, classic, ratio(u"21:9"_s), fix::SetAspectRatio{u"16:9"_s});
        row("a tall ratio not offered", Mode::Image, classic, ratio(u"9:20"_s), fix::SetAspectRatio{u"9:16"_s});
        row("no ratio at all", Mode::Text, classic, ratio(u"auto"_s), fix::SetAspectRatio{u"16:9"_s});
        row("a ratio for an edit", Mode::Edit, classic, ratio(u"1:1"_s), fix::SetAspectRatio{});
        row("1080p on the classic", Mode::Text, classic, resolution(u"1080p"_s), fix::SetResolution{u"720p"_s});
        row("1080p of references", Mode::Reference, newer, resolution(u"1080p"_s), fix::SetResolution{u"720p"_s});
        row("240p", Mode::Text, classic, resolution(u"240p"_s), fix::SetResolution{u"480p"_s});
        row("4K", Mode::Text, newer, resolution(u"4K"_s), fix::SetResolution{u"720p"_s});
        row("a resolution for an extension", Mode::Extend, classic, resolution(u"720p"_s), fix::SetResolution{});
        row(
            "no sound for an edit", Mode::Edit, classic, [](auto& r) { r.generateAudio = false; }, fix::LeaveSound{});
        row("an edit with 1.5", Mode::Edit, newer, nothing, fix::UseModel{classic});
        row("an extension with lite", Mode::Extend, lite, nothing, fix::UseModel{classic});
        row("references with lite", Mode::Reference, lite, nothing, fix::UseModel{classic});
        row(
            "no model", Mode::Text, classic, [](auto& r) { r.model.clear(); }, fix::UseModel{classic});
        row("9 references on the classic", Mode::Reference, classic, references(9), fix::UseModel{newer});
        row("15 references on 1.5", Mode::Reference, newer, references(15), fix::KeepImages{14});
        row("a voice on the classic", Mode::Reference, classic, voices({u"ara"_s}), fix::UseModel{newer});
        row("four voices", Mode::Reference, newer, voices({u"a"_s, u"b"_s, u"c"_s, u"d"_s}), fix::KeepVoices{3});
        row(
            "a first frame beside references on the classic", Mode::Reference, classic,
            [](auto& r) { std::get<FromReferences>(r.inputs).firstFrame = test::photo(); }, fix::UseModel{newer});
        row(
            "a last frame on the classic", Mode::Image, classic,
            [](auto& r) { std::get<FromImage>(r.inputs).lastFrame = test::photo(); }, fix::UseModel{newer});
        row("a keyframe on lite", Mode::Text, lite, keyframes({1}), fix::UseModel{newer});
        row("five keyframes", Mode::Text, newer, keyframes({1, 2, 3, 4, 5}), fix::KeepKeyframes{4});
        row("a keyframe off the grid", Mode::Text, newer, keyframes({1.5}), fix::MoveKeyframe{0, 4.0 / 3});
        row("a keyframe behind the end", Mode::Text, newer, keyframes({1, 9}), fix::MoveKeyframe{1, 17.0 / 3});
        row("a keyframe at the start", Mode::Text, newer, keyframes({0, 1.0 / 3}), fix::MoveKeyframe{0, 2.0 / 3});
        row("two keyframes at one time", Mode::Text, newer, keyframes({2, 2}), fix::MoveKeyframe{1, 5.0 / 3});
    }
    void theFirstFixMends()
    {
        QFETCH(const Mode, mode);
        QFETCH(const QString, model);
        QFETCH(const Change, change);
        QFETCH(const Fix, expected);
        GenerationRequest request = test::request(mode);
        request.model = model;
        change(request);
        const Model chosen = modelOf(m_table, request);
        const auto problems = validate(request, chosen);
        QCOMPARE(problems.size(), 1);
        const auto fixes = fixesFor(problems.first(), request, chosen, m_table);
        QVERIFY(!fixes.isEmpty());
        QVERIFY2(fixes.first() == expected, qPrintable(fixText(fixes.first())));
        for (const Fix& fix : fixes) {
            const auto mended = apply(fix, request);
            QVERIFY(mended);
            const auto left = validate(*mended, modelOf(m_table, *mended));
            QVERIFY2(left.isEmpty(), qPrintable(fixText(fix) + u": "_s + left.value(0).sentence));
            QVERIFY(!fixText(fix).isEmpty() && !fixText(fix).contains(u'%'));
        }
    }

    void whatTakesAPersonOrAFileIsOfferedOnly_data()
    {
        QTest::addColumn<Mode>("mode");
        QTest::addColumn<LocalFile>("file");
        QTest::addColumn<Fix>("expected");
        LocalFile gif = test::photo();
        gif.mime = u"image/gif"_s;
        LocalFile movie = test::video();
        movie.mime = u"video/quicktime"_s;
        QTest::newRow("an edit of 9 s") << Mode::Edit << test::video(9) << Fix(fix::Trim{8.7});
        QTest::newRow("an extension of 30 s") << Mode::Extend << test::video(30) << Fix(fix::Trim{15});
        QTest::newRow("a GIF") << Mode::Image << gif << Fix(fix::Prepare{});
        QTest::newRow("a photo of 30 MB") << Mode::Image << heavyPhoto() << Fix(fix::Prepare{});
        QTest::newRow("a QuickTime movie") << Mode::Extend << movie << Fix(fix::Prepare{});
    }
    void whatTakesAPersonOrAFileIsOfferedOnly()
    {
        QFETCH(const Mode, mode);
        QFETCH(const LocalFile, file);
        QFETCH(const Fix, expected);
        GenerationRequest request = test::request(mode);
        input(file)(request);
        const auto problems = validate(request, test::model());
        QCOMPARE(problems.size(), 1);
        const auto fixes = fixesFor(problems.first(), request, test::model(), m_table);
        QCOMPARE(fixes.size(), 1);
        QVERIFY(fixes.first() == expected);
        QVERIFY(!apply(fixes.first(), request));
    }

    void whatOnlyAPersonCanSayHasNoFix_data()
    {
        QTest::addColumn<Mode>("mode");
        QTest::addColumn<Change>("change");
        QTest::newRow("no prompt") << Mode::Text << Change([](auto& r) { r.prompt.clear(); });
        QTest::newRow("a tag without its image")
            << Mode::Reference << Change([](auto& r) { r.prompt = u"<IMAGE_3>"_s; });
        QTest::newRow("no image") << Mode::Image << input(LocalFile{});
        QTest::newRow("too short a source") << Mode::Extend << input(test::video(1));
        QTest::newRow("a video in the place of an image") << Mode::Image << input(test::video());
        QTest::newRow("no reference") << Mode::Reference << references(0);
    }
    void whatOnlyAPersonCanSayHasNoFix()
    {
        QFETCH(const Mode, mode);
        QFETCH(const Change, change);
        GenerationRequest request = test::request(mode);
        change(request);
        const auto problems = validate(request, test::model());
        QCOMPARE(problems.size(), 1);
        QVERIFY(fixesFor(problems.first(), request, test::model(), m_table).isEmpty());
    }

    void aFixDoesWhatItSaysToAnyRequest()
    {
        // Random requests, some with two flaws; every fix solves its own problem, and applying all of them in turn
        // ends.
        test::RandomRequests random(20'261'124);
        int whole = 0;
        for (int round = 0; round < 3'000; ++round) {
            GenerationRequest request = random.bad().request;
            if (round % 2 == 0)
                request.duration = std::chrono::seconds(round % 40 - 5);
            if (round % 3 == 0)
                request.resolution = u"1440p"_s;
            qsizetype steps = 0;
            for (bool mended = true; mended; ++steps) {
                QVERIFY(steps < 50);
                mended = false;
                const Model model = modelOf(m_table, request);
                const auto problems = validate(request, model);
                for (const Problem& problem : problems) {
                    const auto fixes = fixesFor(problem, request, model, m_table);
                    for (const Fix& fix : fixes) {
                        const auto changed = apply(fix, request);
                        if (!changed)
                            continue;
                        const auto left = validate(*changed, modelOf(m_table, *changed));
                        QVERIFY2(!stands(problem, left), qPrintable(problem.sentence + fixText(fix)));
                        if (!mended)
                            request = *changed;
                        mended = true;
                    }
                    if (mended)
                        break;
                }
            }
            whole += validate(request, modelOf(m_table, request)).isEmpty() ? 1 : 0;
        }
        QVERIFY2(whole > 1'000, QByteArray::number(whole)); // the others lack what only a person has
    }

    void theNearestPlaceIsFree()
    {
        QCOMPARE(nearestFreeThird(1.0, 6, {}), std::optional<qint64>(3));
        QCOMPARE(nearestFreeThird(99, 2, {5}), std::optional<qint64>(4));
        QCOMPARE(nearestFreeThird(-1, 2, {}), std::optional<qint64>(1));
        QCOMPARE(nearestFreeThird(0.5, 1, {1, 2}), std::optional<qint64>());
        QCOMPARE(nearestFreeThird(1, 0, {}), std::optional<qint64>());
        QCOMPARE(nearestResolution(u"720p"_s, {}, {}), std::optional<QString>());
        QCOMPARE(nearestRatio(u"2:0"_s, {u"1:1"_s}, u"16:9"_s), std::optional(u"1:1"_s));
    }
};

QTEST_GUILESS_MAIN(TestFixes)
#include "tst_fixes.moc"
