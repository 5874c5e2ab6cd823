// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate.h"

#include "support/requests.h"
#include "support/testcase.h"

#include <QSet>
#include <QTest>

#include <functional>

using namespace clipkiln;
using namespace Qt::StringLiterals;

using Field = Problem::Field;
using Change = std::function<void(GenerationRequest&)>;
Q_DECLARE_METATYPE(Change)

namespace {

const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;
const QString lite = u"grok-imagine-video-1.5-lite"_s;

QList<Problem> problemsOf(Mode mode, const QString& modelId, const Change& change)
{
    const Model model = test::model(modelId);
    GenerationRequest request = test::request(mode, model);
    change(request);
    return validate(request, model);
}

QByteArray sentencesOf(const QList<Problem>& problems)
{
    QStringList sentences;
    for (const Problem& problem : problems)
        sentences.append(problem.sentence);
    return sentences.join(u'\n').toUtf8();
}

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
Change prompt(const QString& text)
{
    return [text](GenerationRequest& r) { r.prompt = text; };
}
Change sound(bool on)
{
    return [on](GenerationRequest& r) { r.generateAudio = on; };
}
Change input(const Input& input)
{
    return [input](GenerationRequest& r) { *mutableInputsOf(r).first() = input; };
}
Change address(const QString& text)
{
    return input(RemoteUrl{QUrl(text)});
}
Change mime(const QString& type)
{
    return [type](GenerationRequest& r) { std::get<LocalFile>(*mutableInputsOf(r).first()).mime = type; };
}
Change bytes(qint64 count)
{
    return [count](GenerationRequest& r) { std::get<LocalFile>(*mutableInputsOf(r).first()).bytes = count; };
}
Change references(int count, const QString& text = u"Walk."_s)
{
    return [count, text](GenerationRequest& r) {
        std::get<FromReferences>(r.inputs).images = QList<Input>(count, test::photo());
        r.prompt = text;
    };
}
Change voices(const QStringList& ids)
{
    return [ids](GenerationRequest& r) { std::get<FromReferences>(r.inputs).voices = ids; };
}
Change firstFrame(const Input& image)
{
    return [image](GenerationRequest& r) { std::get<FromReferences>(r.inputs).firstFrame = image; };
}
Change lastFrame(const Input& image)
{
    return [image](GenerationRequest& r) { std::get<FromImage>(r.inputs).lastFrame = image; };
}
Change keyframes(const QList<double>& times, const Input& image = test::photo())
{
    return [times, image](GenerationRequest& r) {
        QList<Keyframe> list;
        for (const double time : times)
            list.append({image, time});
        if (auto* text = std::get_if<FromText>(&r.inputs))
            text->keyframes = list;
        else
            std::get<FromImage>(r.inputs).keyframes = list;
    };
}
Change storage(const StorageOptions& options)
{
    return [options](GenerationRequest& r) { r.storage = options; };
}
Change user(const QString& name)
{
    return [name](GenerationRequest& r) { r.user = name; };
}
Change uploadUrl(const QString& text)
{
    return [text](GenerationRequest& r) { r.uploadUrl = QUrl(text); };
}
const Change nothing = [](GenerationRequest&) {};

} // namespace

class TestValidate : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void canBeSent_data();
    void canBeSent();
    void isAProblem_data();
    void isAProblem();
    void aModelOfAnyIdTakesWhatIsDocumented();
    void anEmptyModelIsAProblem();
    void everyProblemIsTold();
    void sentencesNameTheLimit();
    void anAddressForTheResultIsForOneClip();
};

void TestValidate::anAddressForTheResultIsForOneClip()
{
    const Model model = *ModelTable::builtIn().find(classic);
    GenerationRequest request = defaultRequest(Mode::Text, model);
    request.prompt = u"A boat"_s;
    QVERIFY(validate(request, model, 2).isEmpty());
    request.uploadUrl = QUrl(u"https://example.com/put"_s);
    QVERIFY(validate(request, model, 1).isEmpty());
    const auto problems = validate(request, model, 2);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().field, Field::UploadUrl);
}

void TestValidate::canBeSent_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QString>("model");
    QTest::addColumn<Change>("change");
    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend})
        QTest::addRow("the defaults of %s", qPrintable(toName(mode))) << mode << classic << nothing;
    QTest::newRow("the shortest") << Mode::Text << classic << seconds(1);
    QTest::newRow("the longest") << Mode::Text << classic << seconds(15);
    QTest::newRow("nothing but a prompt") << Mode::Text << classic << Change([](GenerationRequest& r) {
        r.duration.reset();
        r.aspectRatio.reset();
        r.resolution.reset();
    });
    QTest::newRow("a ratio for an image") << Mode::Image << classic << ratio(u"1:1"_s);
    QTest::newRow("1080p on 1.5") << Mode::Text << newer << resolution(u"1080p"_s);
    QTest::newRow("without sound") << Mode::Image << lite << sound(false);
    QTest::newRow("an image behind an address") << Mode::Image << classic << address(u"https://example.com/a.png"_s);
    QTest::newRow("an image of this computer's own server")
        << Mode::Image << classic << address(u"http://127.0.0.1:8000/a.png"_s);
    QTest::newRow("an image with the service") << Mode::Image << classic << input(UploadedFile{u"file_1"_s});
    QTest::newRow("a PNG") << Mode::Image << classic << mime(u"image/png"_s);
    QTest::newRow("a WebP") << Mode::Image << classic << mime(u"image/webp"_s);
    QTest::newRow("20 MiB to the byte") << Mode::Image << classic << bytes(20 * 1024 * 1024);
    QTest::newRow("7 references") << Mode::Reference << classic << references(7);
    QTest::newRow("14 references on 1.5") << Mode::Reference << newer << references(14);
    QTest::newRow("10 s of references") << Mode::Reference << classic << seconds(10);
    QTest::newRow("15 s of references on 1.5") << Mode::Reference << newer << seconds(15);
    QTest::newRow("a tag for each image") << Mode::Reference << classic << references(2, u"<IMAGE_1> and <IMAGE_2>"_s);
    QTest::newRow("tags counted from nought") << Mode::Reference << classic << references(1, u"<IMAGE_0>"_s);
    QTest::newRow("a tag in text mode is only text") << Mode::Text << classic << prompt(u"<IMAGE_9>"_s);
    QTest::newRow("three voices") << Mode::Reference << newer << voices({u"ara"_s, u"eve"_s, u"leo"_s});
    QTest::newRow("a first frame beside references") << Mode::Reference << newer << firstFrame(test::photo());
    QTest::newRow("a last frame") << Mode::Image << newer << lastFrame(test::photo());
    QTest::newRow("four keyframes") << Mode::Text << newer << keyframes({1, 4.0 / 3, 1.667, 17.0 / 3});
    QTest::newRow("an edit of 8.7 s") << Mode::Edit << classic << input(test::video(8.7));
    QTest::newRow("an edit of unknown length") << Mode::Edit << classic << input(test::video(0));
    QTest::newRow("an extension of 2 s") << Mode::Extend << classic << input(test::video(2));
    QTest::newRow("an extension of a clip made as 15 s") << Mode::Extend << classic << input(test::video(15.0417));
    QTest::newRow("a stored result") << Mode::Edit << classic
                                     << storage({u"a.mp4"_s, std::chrono::seconds(2'592'000), true});
    QTest::newRow("an address for the result") << Mode::Extend << classic << uploadUrl(u"https://example.com/put"_s);
    QTest::newRow("a user") << Mode::Edit << classic << user(u"u1"_s);
}

void TestValidate::canBeSent()
{
    QFETCH(Mode, mode);
    QFETCH(QString, model);
    QFETCH(Change, change);
    const QList<Problem> problems = problemsOf(mode, model, change);
    QVERIFY2(problems.isEmpty(), sentencesOf(problems));
}

void TestValidate::isAProblem_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QString>("model");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Field>("field");

    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend}) {
        QTest::addRow("no prompt in %s", qPrintable(toName(mode))) << mode << classic << prompt({}) << Field::Prompt;
        QTest::addRow("a blank prompt in %s", qPrintable(toName(mode)))
            << mode << classic << prompt(u" \n\t"_s) << Field::Prompt;
    }
    QTest::newRow("edit with 1.5") << Mode::Edit << newer << nothing << Field::Model;
    QTest::newRow("extend with lite") << Mode::Extend << lite << nothing << Field::Model;
    QTest::newRow("references with lite") << Mode::Reference << lite << nothing << Field::Model;

    QTest::newRow("0 s") << Mode::Text << classic << seconds(0) << Field::Duration;
    QTest::newRow("16 s") << Mode::Image << classic << seconds(16) << Field::Duration;
    QTest::newRow("less than nothing") << Mode::Text << classic << seconds(-1) << Field::Duration;
    QTest::newRow("11 s of references") << Mode::Reference << classic << seconds(11) << Field::Duration;
    QTest::newRow("an extension by 1 s") << Mode::Extend << classic << seconds(1) << Field::Duration;
    QTest::newRow("an extension by 11 s") << Mode::Extend << classic << seconds(11) << Field::Duration;
    QTest::newRow("an edit with a length") << Mode::Edit << classic << seconds(5) << Field::Duration;

    QTest::newRow("21:9") << Mode::Text << classic << ratio(u"21:9"_s) << Field::AspectRatio;
    QTest::newRow("auto") << Mode::Image << classic << ratio(u"auto"_s) << Field::AspectRatio;
    QTest::newRow("an empty ratio") << Mode::Text << classic << ratio(u""_s) << Field::AspectRatio;
    QTest::newRow("an edit with a ratio") << Mode::Edit << classic << ratio(u"16:9"_s) << Field::AspectRatio;
    QTest::newRow("an extension with a ratio") << Mode::Extend << classic << ratio(u"16:9"_s) << Field::AspectRatio;
    QTest::newRow("1080p on the classic") << Mode::Text << classic << resolution(u"1080p"_s) << Field::Resolution;
    QTest::newRow("1080p of references") << Mode::Reference << newer << resolution(u"1080p"_s) << Field::Resolution;
    QTest::newRow("an edit with a resolution") << Mode::Edit << classic << resolution(u"480p"_s) << Field::Resolution;
    QTest::newRow("an extension with a resolution")
        << Mode::Extend << classic << resolution(u"480p"_s) << Field::Resolution;
    QTest::newRow("an edit without sound") << Mode::Edit << classic << sound(false) << Field::Audio;
    QTest::newRow("an extension with sound") << Mode::Extend << classic << sound(true) << Field::Audio;

    QTest::newRow("no image") << Mode::Image << classic << input(LocalFile{}) << Field::Image;
    QTest::newRow("no address") << Mode::Image << classic << input(RemoteUrl{}) << Field::Image;
    QTest::newRow("no file id") << Mode::Image << classic << input(UploadedFile{}) << Field::Image;
    QTest::newRow("plain http") << Mode::Image << classic << address(u"http://example.com/a.png"_s) << Field::Image;
    QTest::newRow("a file as an address") << Mode::Image << classic << address(u"file:///a.png"_s) << Field::Image;
    QTest::newRow("an address without a host")
        << Mode::Image << classic << address(u"https:///a.png"_s) << Field::Image;
    QTest::newRow("a relative address") << Mode::Image << classic << address(u"a.png"_s) << Field::Image;
    QTest::newRow("a GIF") << Mode::Image << classic << mime(u"image/gif"_s) << Field::Image;
    QTest::newRow("a file of no type") << Mode::Image << classic << mime({}) << Field::Image;
    QTest::newRow("a video as the image") << Mode::Image << classic << mime(u"video/mp4"_s) << Field::Image;
    QTest::newRow("a byte above 20 MiB") << Mode::Image << classic << bytes(20 * 1024 * 1024 + 1) << Field::Image;

    QTest::newRow("no reference") << Mode::Reference << classic << references(0) << Field::References;
    QTest::newRow("8 references") << Mode::Reference << classic << references(8) << Field::References;
    QTest::newRow("15 references on 1.5") << Mode::Reference << newer << references(15) << Field::References;
    QTest::newRow("a reference that is too large")
        << Mode::Reference << classic << bytes(30'000'000) << Field::References;
    QTest::newRow("a tag without its image")
        << Mode::Reference << classic << references(2, u"<IMAGE_1> meets <IMAGE_3>"_s) << Field::Prompt;
    QTest::newRow("a tag of a number without end")
        << Mode::Reference << classic << references(2, u"<IMAGE_99999999999999999999>"_s) << Field::Prompt;
    QTest::newRow("a voice on the classic") << Mode::Reference << classic << voices({u"ara"_s}) << Field::Voices;
    QTest::newRow("four voices") << Mode::Reference << newer << voices({u"a"_s, u"b"_s, u"c"_s, u"d"_s})
                                 << Field::Voices;
    QTest::newRow("a voice without a name") << Mode::Reference << newer << voices({u" "_s}) << Field::Voices;
    QTest::newRow("a first frame on the classic")
        << Mode::Reference << classic << firstFrame(test::photo()) << Field::Image;
    QTest::newRow("a first frame that is a video")
        << Mode::Reference << newer << firstFrame(test::video()) << Field::Image;

    QTest::newRow("a last frame on the classic")
        << Mode::Image << classic << lastFrame(test::photo()) << Field::LastFrame;
    QTest::newRow("a last frame that is a video")
        << Mode::Image << newer << lastFrame(test::video()) << Field::LastFrame;
    QTest::newRow("a keyframe on the classic") << Mode::Text << classic << keyframes({1}) << Field::Keyframes;
    QTest::newRow("a keyframe on lite") << Mode::Image << lite << keyframes({1}) << Field::Keyframes;
    QTest::newRow("five keyframes") << Mode::Text << newer << keyframes({1, 2, 3, 4, 5}) << Field::Keyframes;
    QTest::newRow("a keyframe at the start") << Mode::Text << newer << keyframes({0}) << Field::Keyframes;
    QTest::newRow("a keyframe at the end") << Mode::Text << newer << keyframes({6}) << Field::Keyframes;
    QTest::newRow("a keyframe at no time") << Mode::Text << newer << keyframes({qQNaN()}) << Field::Keyframes;
    QTest::newRow("a keyframe off the grid") << Mode::Text << newer << keyframes({1.5}) << Field::Keyframes;
    QTest::newRow("two keyframes at one time") << Mode::Image << newer << keyframes({2, 1, 2}) << Field::Keyframes;
    QTest::newRow("a keyframe without an image")
        << Mode::Text << newer << keyframes({1}, LocalFile{}) << Field::Keyframes;

    QTest::newRow("no source") << Mode::Edit << classic << input(LocalFile{}) << Field::Video;
    QTest::newRow("a picture as the source") << Mode::Edit << classic << input(test::photo()) << Field::Video;
    QTest::newRow("a source in another container")
        << Mode::Extend << classic << mime(u"video/quicktime"_s) << Field::Video;
    QTest::newRow("an edit of 9 s") << Mode::Edit << classic << input(test::video(9)) << Field::Video;
    QTest::newRow("an extension of 1.9 s") << Mode::Extend << classic << input(test::video(1.9)) << Field::Video;
    QTest::newRow("an extension of 15.1 s") << Mode::Extend << classic << input(test::video(15.1)) << Field::Video;
    QTest::newRow("a source over plain http")
        << Mode::Extend << classic << address(u"http://example.com/a.mp4"_s) << Field::Video;

    QTest::newRow("a stored result without a name") << Mode::Text << classic << storage({}) << Field::Storage;
    QTest::newRow("a stored result for 31 days")
        << Mode::Text << classic << storage({u"a"_s, std::chrono::hours(31 * 24), {}}) << Field::Storage;
    QTest::newRow("a stored result for no time")
        << Mode::Text << classic << storage({u"a"_s, std::chrono::seconds(0), {}}) << Field::Storage;
    QTest::newRow("a result put to plain http")
        << Mode::Text << classic << uploadUrl(u"http://example.com/put"_s) << Field::UploadUrl;
    QTest::newRow("an extension with a user") << Mode::Extend << classic << user(u"u1"_s) << Field::User;
}

void TestValidate::isAProblem()
{
    QFETCH(Mode, mode);
    QFETCH(QString, model);
    QFETCH(Change, change);
    QFETCH(Field, field);
    const QList<Problem> problems = problemsOf(mode, model, change);
    QVERIFY2(problems.size() == 1, sentencesOf(problems));
    QCOMPARE(problems.first().field, field);
    QVERIFY2(problems.first().sentence.endsWith(u'.'), sentencesOf(problems));
    QVERIFY2(!problems.first().sentence.contains(u'%'), sentencesOf(problems));
}

void TestValidate::aModelOfAnyIdTakesWhatIsDocumented()
{
    const Model model = ModelTable::builtIn().unknownModel(u"grok-imagine-video-9"_s);
    GenerationRequest request = test::request(Mode::Text, model);
    request.resolution = u"1080p"_s;
    keyframes({1, 2})(request);
    QVERIFY2(validate(request, model).isEmpty(), sentencesOf(validate(request, model)));
    QVERIFY(validate(test::request(Mode::Edit, model), model).isEmpty());
    request.duration = std::chrono::seconds(16);
    QCOMPARE(validate(request, model).size(), 1);
}

void TestValidate::anEmptyModelIsAProblem()
{
    GenerationRequest request = test::request(Mode::Text);
    request.model.clear();
    const QList<Problem> problems = validate(request, test::model());
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().field, Field::Model);
}

void TestValidate::everyProblemIsTold()
{
    const QList<Problem> problems = problemsOf(Mode::Reference, classic, [](GenerationRequest& r) {
        r.prompt.clear();
        r.duration = std::chrono::seconds(99);
        r.aspectRatio = u"7:1"_s;
        std::get<FromReferences>(r.inputs).images.clear();
    });
    QSet<int> fields;
    for (const Problem& problem : problems)
        fields.insert(static_cast<int>(problem.field));
    QCOMPARE(problems.size(), 4);
    QCOMPARE(fields.size(), 4);
}

void TestValidate::sentencesNameTheLimit()
{
    const auto sentence = [](Mode mode, const Change& change) {
        return problemsOf(mode, classic, change).value(0).sentence;
    };
    QCOMPARE(sentence(Mode::Reference, seconds(11)), u"The length is 11 s. It can be 1 to 10 s here."_s);
    QCOMPARE(sentence(Mode::Text, resolution(u"1080p"_s)),
             u"The resolution 1080p is not offered here. Choose one of 480p, 720p."_s);
    QCOMPARE(sentence(Mode::Edit, input(test::video(9))),
             u"gulls.mp4 is 9 s long. The source video can be 8.7 s at most: choose a shorter one."_s);
    // Two decimals at most, and never as if it were the limit.
    QCOMPARE(sentence(Mode::Extend, input(test::video(1.9996))),
             u"gulls.mp4 is 1.99 s long. The source video must be at least 2 s."_s);
    QCOMPARE(sentence(Mode::Extend, input(test::video(16.0417))),
             u"gulls.mp4 is 16.05 s long. The source video can be 15 s at most: choose a shorter one."_s);
    QCOMPARE(sentence(Mode::Edit, input(test::video(8.76))),
             u"gulls.mp4 is 8.76 s long. The source video can be 8.7 s at most: choose a shorter one."_s);
    QCOMPARE(problemsOf(Mode::Text, newer, keyframes({2.12345})).value(0).sentence,
             u"A keyframe at 2.12 s is off the grid. Move it to a whole third of a second."_s);
    QCOMPARE(sentence(Mode::Image, bytes(21 * 1024 * 1024 + 1)),
             u"harbour.jpg has 22 MB. Images can have 20 MB at most: choose a smaller one."_s);
    QCOMPARE(sentence(Mode::Edit, bytes(48'000'000)), QString());
    QCOMPARE(sentence(Mode::Extend, bytes(48'000'001)),
             u"gulls.mp4 has 49 MB. The source video can have 48 MB at most: choose a smaller one."_s);
}

QTEST_GUILESS_MAIN(TestValidate)
#include "tst_validate.moc"
