// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generationrequest.h"

#include "support/requests.h"
#include "support/testcase.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

/// Makes requests of every kind: each field set or not, each input a file, an address or an uploaded file.
class AnyRequest
{
public:
    explicit AnyRequest(quint32 seed) : m_random(seed) {}

    GenerationRequest next()
    {
        GenerationRequest request;
        request.prompt = text();
        request.model = text();
        request.duration = maybe(std::chrono::seconds(m_random.bounded(-3, 100)));
        request.aspectRatio = maybe(text());
        request.resolution = maybe(text());
        request.generateAudio = maybe(coin());
        if (coin())
            request.storage = StorageOptions{text(), maybe(std::chrono::seconds(number())), maybe(coin())};
        request.uploadUrl = maybe(address());
        request.user = maybe(text());
        request.inputs = inputs(static_cast<Mode>(m_random.bounded(5)));
        return request;
    }

private:
    bool coin() { return m_random.bounded(2) == 1; }
    qint64 number() { return static_cast<qint64>(m_random.generate64() >> 11); }
    template <typename T>
    std::optional<T> maybe(T value)
    {
        return coin() ? std::optional(value) : std::nullopt;
    }
    QString text()
    {
        static const QStringList texts = {QString(), u"16:9"_s, u"two\nlines \"quoted\" \\ \u2028"_s, u"夜明け 🎬"_s,
                                          u"<IMAGE_1> & %20"_s};
        return texts.at(m_random.bounded(texts.size()));
    }
    QUrl address()
    {
        static const QList<QUrl> addresses = {QUrl(), QUrl(u"https://example.com/a%20b.png?x=1&y=%2F#z"_s),
                                              QUrl(u"https://exämple.com/ü"_s), QUrl(u"http://[::1]:8080/v1"_s)};
        return addresses.at(m_random.bounded(addresses.size()));
    }
    Input input()
    {
        switch (m_random.bounded(3)) {
        case 0:
            return RemoteUrl{address()};
        case 1:
            return UploadedFile{text()};
        default:
            return LocalFile{text(),
                             text(),
                             text(),
                             text(),
                             number(),
                             coin() ? QSize(m_random.bounded(1, 9000), 7) : QSize(),
                             coin() ? m_random.generateDouble() * 100 : 0};
        }
    }
    QList<Input> someInputs()
    {
        QList<Input> inputs;
        for (int i = m_random.bounded(4); i > 0; --i)
            inputs.append(input());
        return inputs;
    }
    QList<Keyframe> keyframes()
    {
        QList<Keyframe> keyframes;
        for (int i = m_random.bounded(3); i > 0; --i)
            keyframes.append({input(), m_random.bounded(45) / 3.0});
        return keyframes;
    }
    ModeInputs inputs(Mode mode)
    {
        switch (mode) {
        case Mode::Text:
            return FromText{keyframes()};
        case Mode::Image:
            return FromImage{input(), maybe(input()), keyframes()};
        case Mode::Reference:
            return FromReferences{someInputs(), coin() ? QStringList{text(), text()} : QStringList(), maybe(input())};
        case Mode::Edit:
            return EditClip{input()};
        case Mode::Extend:
            return ExtendClip{input()};
        }
        return {};
    }

    QRandomGenerator m_random;
};

} // namespace

class TestGenerationRequest : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyRequestComesBackFromItsJson();
    void whatIsNotSetIsNotWritten();
    void readsAsAPersonWould();
    void brokenJsonNamesTheField_data();
    void brokenJsonNamesTheField();
    void modesKnowTheirNames();
    void inputsComeInTheirOrder();
    void inputsCanBeChangedInPlace();
};

void TestGenerationRequest::everyRequestComesBackFromItsJson()
{
    AnyRequest any(2026);
    for (int i = 0; i < 3000; ++i) {
        const GenerationRequest request = any.next();
        const QByteArray stored = QJsonDocument(toJson(request)).toJson(QJsonDocument::Compact);
        const auto read = requestFromJson(QJsonDocument::fromJson(stored).object());
        QVERIFY2(read, stored + "\n" + (read ? QByteArray() : read.error().detail.toUtf8()));
        QVERIFY2(*read == request, stored);
    }
}

void TestGenerationRequest::whatIsNotSetIsNotWritten()
{
    GenerationRequest request;
    request.prompt = u"Rain."_s;
    QCOMPARE(toJson(request).keys(), (QStringList{u"mode"_s, u"model"_s, u"prompt"_s}));
}

void TestGenerationRequest::readsAsAPersonWould()
{
    GenerationRequest request = test::request(Mode::Image);
    const QJsonObject json = toJson(request);
    QCOMPARE(json.value("mode"_L1).toString(), u"image"_s);
    QCOMPARE(json.value("duration"_L1).toInt(), 6);
    QCOMPARE(json.value("resolution"_L1).toString(), u"720p"_s);
    QCOMPARE(json.value("image"_L1).toObject().value("name"_L1).toString(), u"harbour.jpg"_s);
    QCOMPARE(json.value("image"_L1).toObject().value("width"_L1).toInt(), 4000);
}

void TestGenerationRequest::brokenJsonNamesTheField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << QByteArray("{}") << u"mode: "_s;
    QTest::newRow("an unknown mode") << QByteArray(R"({"mode":"film"})") << u"mode: "_s;
    QTest::newRow("no prompt") << QByteArray(R"({"mode":"text","model":"m"})") << u"prompt: "_s;
    QTest::newRow("a number as text") << QByteArray(R"({"mode":"text","model":"m","prompt":"p","duration":"6"})")
                                      << u"duration: "_s;
    QTest::newRow("a broken number") << QByteArray(R"({"mode":"text","model":"m","prompt":"p","duration":6.5})")
                                     << u"duration: "_s;
    QTest::newRow("no image") << QByteArray(R"({"mode":"image","model":"m","prompt":"p"})") << u"image: "_s;
    QTest::newRow("an image without its bytes")
        << QByteArray(R"({"mode":"reference","model":"m","prompt":"p","images":[{"url":"https://a.b/c"},
                          {"file":"/a","name":"a","mime":"b"}]})")
        << u"images[1].bytes: "_s;
    QTest::newRow("a keyframe without an image")
        << QByteArray(R"({"mode":"text","model":"m","prompt":"p","keyframes":[{"seconds":1}]})")
        << u"keyframes[0].image: "_s;
    QTest::newRow("a list that is none") << QByteArray(R"({"mode":"reference","model":"m","prompt":"p","images":3})")
                                         << u"images: "_s;
    QTest::newRow("voices that are numbers")
        << QByteArray(R"({"mode":"reference","model":"m","prompt":"p","images":[],"voices":[1]})") << u"voices: "_s;
}

void TestGenerationRequest::brokenJsonNamesTheField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto read = requestFromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::InvalidRequest);
    QVERIFY2(read.error().detail.startsWith(field), qPrintable(read.error().detail));
}

void TestGenerationRequest::modesKnowTheirNames()
{
    const QStringList names = {u"text"_s, u"image"_s, u"reference"_s, u"edit"_s, u"extend"_s};
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto mode = static_cast<Mode>(i);
        QCOMPARE(toName(mode), names.at(i));
        QCOMPARE(modeFromName(names.at(i)), std::optional(mode));
        QCOMPARE(displayName(mode).toLower(), names.at(i));
        QCOMPARE(defaultRequest(mode, test::model()).mode(), mode);
    }
    QVERIFY(!modeFromName(u"Text"_s));
}

void TestGenerationRequest::inputsComeInTheirOrder()
{
    const auto named = [](const QString& id) { return Input(UploadedFile{id}); };
    GenerationRequest request;
    request.inputs = FromImage{named(u"first"_s), named(u"last"_s), {{named(u"k1"_s), 1}, {named(u"k2"_s), 2}}};
    QCOMPARE(inputsOf(request), (QList<Input>{named(u"first"_s), named(u"last"_s), named(u"k1"_s), named(u"k2"_s)}));
    request.inputs = FromReferences{{named(u"a"_s), named(u"b"_s)}, {}, named(u"first"_s)};
    QCOMPARE(inputsOf(request), (QList<Input>{named(u"a"_s), named(u"b"_s), named(u"first"_s)}));
    request.inputs = ExtendClip{named(u"source"_s)};
    QCOMPARE(inputsOf(request), QList<Input>{named(u"source"_s)});
    request.inputs = FromText{};
    QVERIFY(inputsOf(request).isEmpty());
}

void TestGenerationRequest::inputsCanBeChangedInPlace()
{
    AnyRequest any(3);
    for (int i = 0; i < 100; ++i) {
        GenerationRequest request = any.next();
        for (Input* input : mutableInputsOf(request))
            *input = UploadedFile{u"kept"_s};
        for (const Input& input : inputsOf(request))
            QCOMPARE(std::get<UploadedFile>(input).fileId, u"kept"_s);
    }
}

QTEST_GUILESS_MAIN(TestGenerationRequest)
#include "tst_generationrequest.moc"
