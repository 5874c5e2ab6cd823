// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/bodyreader.h"
#include "api/wire.h"
#include "support/bodies.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::bodyOf;
using test::bytesOf;

/// Requests on the wire, held against what a reference client sends (tests/data/api).
class TestWireBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void everyGoldenFileHasItsRequest();
    void goldenBodies_data();
    void goldenBodies();

    void fieldsThatAModeDoesNotTakeStayAway_data();
    void fieldsThatAModeDoesNotTakeStayAway();
    void allThatAReferenceRequestCanHold();
    void anUploadedFileGoesByItsId();
    void keyframeTimesKeepTheirFraction();
    void anyPromptSurvives();

    void aFileOfAnyLengthIsEncodedWhole_data();
    void aFileOfAnyLengthIsEncodedWhole();

private:
    [[nodiscard]] LocalFile picture() const;
    [[nodiscard]] QMap<QString, GenerationRequest> goldenRequests() const;

    QTemporaryDir m_folder;
};

namespace {

const QByteArray onePixel = QByteArray::fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
const QString goldenFolder = QStringLiteral(CLIPKILN_TEST_DATA "/api");

RemoteUrl remote(const QString& url)
{
    return {QUrl(url)};
}

GenerationRequest request(const QString& model, const QString& prompt, const ModeInputs& inputs)
{
    GenerationRequest made;
    made.model = model;
    made.prompt = prompt;
    made.inputs = inputs;
    return made;
}

/// The same with the settings that most golden files have.
GenerationRequest sized(GenerationRequest made, bool withRatio = false)
{
    made.duration = 5s;
    made.resolution = u"480p"_s;
    if (withRatio)
        made.aspectRatio = u"16:9"_s;
    return made;
}

/// A request with every setting there is, whether its mode takes it or not.
GenerationRequest everySetting(const ModeInputs& inputs)
{
    GenerationRequest made = sized(request(u"model"_s, u"prompt"_s, inputs), true);
    made.generateAudio = true;
    made.storage = StorageOptions{u"a.mp4"_s, 3600s, false};
    made.uploadUrl = QUrl(u"https://example.com/put?signature=a%2Fb"_s);
    made.user = u"user-1"_s;
    return made;
}

} // namespace

void TestWireBody::initTestCase()
{
    QFile file(m_folder.filePath(u"pixel.png"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(onePixel), onePixel.size());
}

LocalFile TestWireBody::picture() const
{
    LocalFile file;
    file.path = m_folder.filePath(u"pixel.png"_s);
    file.mime = u"image/png"_s;
    return file;
}

QMap<QString, GenerationRequest> TestWireBody::goldenRequests() const
{
    const QString classic = u"grok-imagine-video"_s;
    const QString newer = u"grok-imagine-video-1.5"_s;
    const RemoteUrl clip = remote(u"https://example.com/in.mp4"_s);

    QMap<QString, GenerationRequest> all;
    all[u"text-minimal"_s] = request(classic, u"A red ball rolls."_s, FromText{});
    all[u"text"_s] = sized(all[u"text-minimal"_s], true);
    all[u"text-stored"_s] = all[u"text"_s];
    all[u"text-stored"_s].storage = StorageOptions{u"ball.mp4"_s, 86400s, true};
    all[u"text-stored"_s].user = u"user-1"_s;
    all[u"keyframes"_s] =
        sized(request(newer, u"Through the points."_s, FromText{{{remote(u"https://example.com/k1.png"_s), 2}}}));
    all[u"image"_s] = sized(request(classic, u"It starts to move."_s, FromImage{picture(), {}, {}}));
    all[u"image-url"_s] =
        sized(request(classic, u"It starts to move."_s, FromImage{remote(u"https://example.com/a.png"_s), {}, {}}));
    all[u"image-silent"_s] = sized(request(classic, u"It moves."_s, FromImage{picture(), {}, {}}));
    all[u"image-silent"_s].generateAudio = false;
    all[u"first-and-last-frame"_s] =
        sized(request(newer, u"From A to B."_s, FromImage{picture(), remote(u"https://example.com/last.png"_s), {}}));
    all[u"reference"_s] = sized(request(classic, u"The person from <IMAGE_1> walks."_s,
                                        FromReferences{{picture(), remote(u"https://example.com/b.jpg"_s)}, {}, {}}),
                                true);
    all[u"reference-voice"_s] =
        sized(request(newer, u"The person from <IMAGE_1> says hello with the voice <AUDIO_0>."_s,
                      FromReferences{{remote(u"https://example.com/a.jpg"_s)}, {u"eve"_s}, {}}),
              true);
    all[u"edit"_s] = request(classic, u"Make it snow."_s, EditClip{clip});
    all[u"extend-default-duration"_s] = request(classic, u"The camera pans left."_s, ExtendClip{clip});
    all[u"extend"_s] = all[u"extend-default-duration"_s];
    all[u"extend"_s].duration = 5s;
    return all;
}

void TestWireBody::everyGoldenFileHasItsRequest()
{
    QStringList files = QDir(goldenFolder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    files.replaceInStrings(u".json"_s, QString());
    files.sort(); // as the keys of a map
    QCOMPARE(goldenRequests().keys(), files);
}

void TestWireBody::goldenBodies_data()
{
    QTest::addColumn<GenerationRequest>("request");
    const auto all = goldenRequests();
    for (auto it = all.begin(); it != all.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.value();
}

void TestWireBody::goldenBodies()
{
    QFETCH(GenerationRequest, request);
    QFile file(u"%1/%2.json"_s.arg(goldenFolder, QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject golden = QJsonDocument::fromJson(file.readAll()).object();

    QCOMPARE(golden["method"_L1].toString(), u"POST"_s);
    QCOMPARE(u"/v1"_s + wire::path(request.mode()), golden["path"_L1].toString());
    QJsonParseError error{};
    const QJsonDocument body = QJsonDocument::fromJson(bytesOf(request), &error);
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    // Compact text of both: equal keys, values and kinds of number.
    QCOMPARE(body.toJson(), QJsonDocument(golden["body"_L1].toObject()).toJson());
    // A key written twice is lost in parsing, but not in length.
    QCOMPARE(bytesOf(request).size(), body.toJson(QJsonDocument::Compact).size());
}

void TestWireBody::fieldsThatAModeDoesNotTakeStayAway_data()
{
    const QStringList generation{u"aspect_ratio"_s, u"duration"_s,   u"generate_audio"_s,  u"model"_s, u"output"_s,
                                 u"prompt"_s,       u"resolution"_s, u"storage_options"_s, u"user"_s};
    const RemoteUrl file = remote(u"https://example.com/a"_s);
    QTest::addColumn<GenerationRequest>("request");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("text") << everySetting(FromText{}) << generation;
    QTest::newRow("image") << everySetting(FromImage{file, {}, {}}) << generation + QStringList{u"image"_s};
    QTest::newRow("reference") << everySetting(FromReferences{{file}, {}, {}})
                               << generation + QStringList{u"reference_images"_s};
    QTest::newRow("edit") << everySetting(EditClip{file}) << QStringList{u"model"_s,           u"output"_s, u"prompt"_s,
                                                                         u"storage_options"_s, u"user"_s,   u"video"_s};
    QTest::newRow("extend") << everySetting(ExtendClip{file})
                            << QStringList{u"duration"_s, u"model"_s,           u"output"_s,
                                           u"prompt"_s,   u"storage_options"_s, u"video"_s};
}

void TestWireBody::fieldsThatAModeDoesNotTakeStayAway()
{
    QFETCH(GenerationRequest, request);
    QFETCH(QStringList, keys);
    keys.sort();
    QCOMPARE(bodyOf(request).keys(), keys);
}

void TestWireBody::allThatAReferenceRequestCanHold()
{
    const RemoteUrl first = remote(u"https://example.com/first.png"_s);
    const QJsonObject body = bodyOf(everySetting(FromReferences{{picture(), picture()}, {u"eve"_s, u"leo"_s}, first}));
    QCOMPARE(body["image"_L1], (QJsonObject{{u"url"_s, u"https://example.com/first.png"_s}}));
    QCOMPARE(body["reference_images"_L1].toArray().size(), 2);
    QCOMPARE(body["reference_audios"_L1],
             (QJsonArray{QJsonObject{{u"voice_id"_s, u"eve"_s}}, QJsonObject{{u"voice_id"_s, u"leo"_s}}}));
    QCOMPARE(body["storage_options"_L1],
             (QJsonObject{{u"filename"_s, u"a.mp4"_s}, {u"expires_after"_s, 3600}, {u"public_url"_s, false}}));
    QCOMPARE(body["output"_L1], (QJsonObject{{u"upload_url"_s, u"https://example.com/put?signature=a%2Fb"_s}}));
    QCOMPARE(body["generate_audio"_L1], QJsonValue(true));
}

void TestWireBody::anUploadedFileGoesByItsId()
{
    const QJsonObject body = bodyOf(request(u"model"_s, u"prompt"_s, EditClip{UploadedFile{u"file_1"_s}}));
    QCOMPARE(body["video"_L1], (QJsonObject{{u"file_id"_s, u"file_1"_s}}));
}

void TestWireBody::keyframeTimesKeepTheirFraction()
{
    const Input file = UploadedFile{u"f"_s};
    const QJsonArray keyframes =
        bodyOf(request(u"model"_s, u"prompt"_s, FromText{{{file, 1.0 / 3}, {file, 2}}}))["keyframes"_L1].toArray();
    QCOMPARE(keyframes.size(), 2);
    QCOMPARE(keyframes.at(0)["timestamp_s"_L1].toDouble(), 1.0 / 3);
    QCOMPARE(keyframes.at(1)["timestamp_s"_L1].toDouble(), 2.0);
}

void TestWireBody::anyPromptSurvives()
{
    const QString prompt = u"\"Quotes\", \\ and / and\nlines\twith \u0001, ümläute, 漢字, 🎬, \u2028 and null \\u0000"_s;
    QCOMPARE(bodyOf(request(u"model"_s, prompt, FromText{}))["prompt"_L1].toString(), prompt);
}

void TestWireBody::aFileOfAnyLengthIsEncodedWhole_data()
{
    QTest::addColumn<int>("length");
    for (const int length : {0, 1, 2, 3, 4, 49'151, 49'152, 49'153, 98'304, 200'000})
        QTest::addRow("%d bytes", length) << length;
}

void TestWireBody::aFileOfAnyLengthIsEncodedWhole()
{
    QFETCH(int, length);
    QByteArray content(length, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * i / 7);
    QFile file(m_folder.filePath(u"any"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
    file.close();

    BodyReader reader({{"<", {}}, {{}, file.fileName()}, {">", {}}});
    const QByteArray expected = '<' + content.toBase64() + '>';
    QCOMPARE(reader.size(), expected.size());
    QByteArray read;
    char piece[1000];
    while (const qint64 got = reader.read(piece, sizeof piece))
        read.append(piece, got);
    QVERIFY(!reader.error());
    QCOMPARE(read, expected);
}

QTEST_GUILESS_MAIN(TestWireBody)

#include "tst_wirebody.moc"
