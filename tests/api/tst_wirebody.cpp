// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/bodyreader.h"
#include "api/goldenrequests.h"
#include "api/wire.h"
#include "support/bodies.h"
#include "support/testcase.h"

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
class TestWireBody : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyGoldenFileHasItsRequest();
    void everyOptionalFieldIsOnceSetAndOnceUnset_data();
    void everyOptionalFieldIsOnceSetAndOnceUnset();
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
    /// A file of tests/data/api.
    [[nodiscard]] static QJsonObject golden(const QString& name);

    const QTemporaryDir m_folder;
    const QMap<QString, GenerationRequest> m_requests = test::goldenRequests(m_folder.path());
};

namespace {

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

/// A request with every setting, whether its mode has it or not.
GenerationRequest everySetting(const ModeInputs& inputs)
{
    GenerationRequest made = request(u"model"_s, u"prompt"_s, inputs);
    made.duration = 5s;
    made.resolution = u"480p"_s;
    made.aspectRatio = u"16:9"_s;
    made.generateAudio = true;
    made.storage = StorageOptions{u"a.mp4"_s, 3600s, false};
    made.uploadUrl = QUrl(u"https://example.com/put?signature=a%2Fb"_s);
    made.user = u"user-1"_s;
    return made;
}

} // namespace

QJsonObject TestWireBody::golden(const QString& name)
{
    QFile file(u"%1/%2.json"_s.arg(goldenFolder, name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestWireBody::everyGoldenFileHasItsRequest()
{
    QStringList files = QDir(goldenFolder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    files.replaceInStrings(u".json"_s, QString());
    files.sort(); // as the keys of a map
    QCOMPARE(m_requests.keys(), files);
}

void TestWireBody::everyOptionalFieldIsOnceSetAndOnceUnset_data()
{
    const QStringList stored{u"output"_s, u"storage_options"_s};
    const QStringList made =
        stored + QStringList{u"aspect_ratio"_s, u"duration"_s, u"generate_audio"_s, u"resolution"_s, u"user"_s};
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("text") << Mode::Text << made + QStringList{u"keyframes"_s};
    QTest::newRow("image") << Mode::Image << made + QStringList{u"keyframes"_s, u"last_frame"_s};
    QTest::newRow("reference") << Mode::Reference << made + QStringList{u"image"_s, u"reference_audios"_s};
    QTest::newRow("edit") << Mode::Edit << stored + QStringList{u"user"_s};
    QTest::newRow("extend") << Mode::Extend << stored + QStringList{u"duration"_s};
}

void TestWireBody::everyOptionalFieldIsOnceSetAndOnceUnset()
{
    QFETCH(Mode, mode);
    QFETCH(QStringList, fields);
    QStringList always; // in every body of the mode
    QStringList seen;
    for (auto it = m_requests.begin(); it != m_requests.end(); ++it) {
        if (it->mode() != mode)
            continue;
        const QStringList keys = golden(it.key())["body"_L1].toObject().keys();
        always = seen.isEmpty() ? keys : always;
        always.removeIf([&keys](const QString& key) { return !keys.contains(key); });
        seen += keys;
    }
    seen.removeDuplicates();
    seen.removeIf([&always](const QString& key) { return always.contains(key); });
    seen.sort();
    fields.sort();
    QCOMPARE(seen, fields);
}

void TestWireBody::goldenBodies_data()
{
    QTest::addColumn<GenerationRequest>("request");
    for (auto it = m_requests.begin(); it != m_requests.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.value();
}

void TestWireBody::goldenBodies()
{
    QFETCH(GenerationRequest, request);
    const QJsonObject expected = golden(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(expected["method"_L1].toString(), u"POST"_s);
    QCOMPARE(u"/v1"_s + wire::path(request.mode()), expected["path"_L1].toString());
    QJsonParseError error{};
    const QJsonDocument body = QJsonDocument::fromJson(bytesOf(request), &error);
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    // Compact text of both: equal keys, values and kinds of number.
    QCOMPARE(body.toJson(), QJsonDocument(expected["body"_L1].toObject()).toJson());
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
    const RemoteUrl second = remote(u"https://example.com/second.png"_s);
    const QJsonObject body = bodyOf(everySetting(FromReferences{{second, second}, {u"eve"_s, u"leo"_s}, first}));
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
