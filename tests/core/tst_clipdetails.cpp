// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const QString sha = QString(64, u'a');

LocalFile photo()
{
    LocalFile file;
    file.path = u"/home/ada/secret place/photo.png"_s;
    file.name = u"photo.png"_s;
    file.mime = u"image/png"_s;
    file.hash = sha;
    file.bytes = 1234;
    file.size = {64, 48};
    return file;
}

Clip clipOf(const ModeInputs& inputs, const QString& prompt = u"A paper boat"_s)
{
    Clip clip;
    clip.requestId = RequestId(u"4c0f9a31"_s);
    clip.request.prompt = prompt;
    clip.request.model = u"grok-imagine-video"_s;
    clip.request.duration = std::chrono::seconds(6);
    clip.request.inputs = inputs;
    clip.origin = Origin::service();
    clip.path = u"/home/ada/clips/boat.mp4"_s;
    clip.cost = Money{4'220'000'000};
    clip.createdAt = QDateTime::fromString(u"2026-11-23T08:00:00.125Z"_s, Qt::ISODateWithMs);
    clip.servedHash = QString(64, u'b');
    clip.servedBytes = 1'234'567;
    return clip;
}

QByteArray withSettings(const QByteArray& settings, const QByteArray& head = {})
{
    return head +
           "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:c='https://clipkiln.org/xmp/1/'><c:origin>service</c:origin>"
           "<c:settings>" +
           settings + "</c:settings></x:xmpmeta>";
}

} // namespace

/// What a clip's file says about itself comes back, says nothing that must stay here, and is believed in nothing.
class TestClipDetails : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<bool>("fromPhoto");
        QTest::newRow("text") << u"A paper boat"_s << false;
        QTest::newRow("image") << u"It starts to snow"_s << true;
        QTest::newRow("signs of XML") << u"<b>&amp; \"quoted\" 'too' ]]> <!--"_s << false;
        QTest::newRow("many scripts") << u"船 \U0001F6A2 \u200D سفينة\nsecond line\ttab"_s << false;
        QTest::newRow("what XML cannot carry") << u"bell\a, return\r\n and both\x1b"_s << false;
        QTest::newRow("spaces around") << u"  boat \n"_s << false;
    }
    void comesBack()
    {
        QFETCH(const QString, prompt);
        QFETCH(const bool, fromPhoto);
        const Clip clip = clipOf(fromPhoto ? ModeInputs(FromImage{photo(), {}, {}}) : ModeInputs(FromText{}), prompt);
        const auto read = detailsFromXmp(toXmp(detailsOf(clip)));
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QCOMPARE(read->request.prompt, prompt);
        QVERIFY(*read == detailsOf(clip));
        QVERIFY(!read->promptIsCut);
    }

    void theMarkNamesWhatKindOfMediaItIs()
    {
        const QByteArray scheme("http://cv.iptc.org/newscodes/digitalsourcetype/");
        QVERIFY(toXmp(detailsOf(clipOf(FromText{}))).contains(scheme + "trainedAlgorithmicMedia<"));
        for (const ModeInputs& inputs : {ModeInputs(EditClip{photo()}), ModeInputs(ExtendClip{photo()})})
            QVERIFY(toXmp(detailsOf(clipOf(inputs))).contains(scheme + "compositeWithTrainedAlgorithmicMedia<"));
    }

    void nothingThatMustStayHereIsSaid()
    {
        Clip clip =
            clipOf(FromReferences{{photo(), RemoteUrl{QUrl(u"https://ada:word@host.example/a.png?token=canary#frag"_s)},
                                   RemoteUrl{QUrl(u"data:image/png;base64,canary"_s)}, UploadedFile{u"file-canary"_s}},
                                  {},
                                  {}});
        clip.request.uploadUrl = QUrl(u"https://bucket.example/canary"_s);
        clip.request.user = u"canary"_s;
        const QByteArray xmp = toXmp(detailsOf(clip));
        for (const char* secret : {"canary", "/home", "ada", "secret place", "word@", "frag"})
            QVERIFY2(!xmp.contains(secret), secret);
        QVERIFY(xmp.contains("https://host.example/a.png"));
        QVERIFY(xmp.contains("photo.png"));
        QVERIFY(xmp.contains(sha.toLatin1()));
    }

    void aPromptThatIsTooLongIsCutAndMarked_data()
    {
        QTest::addColumn<QString>("letter");
        QTest::newRow("one byte") << u"a"_s;
        QTest::newRow("five bytes") << u"&"_s;
        QTest::newRow("a pair of units") << u"\U0001F6A2"_s;
    }
    void aPromptThatIsTooLongIsCutAndMarked()
    {
        QFETCH(const QString, letter);
        const QString prompt = letter.repeated(100'000);
        const QByteArray xmp = toXmp(detailsOf(clipOf(FromText{}, prompt)));
        QVERIFY(xmp.size() <= mostXmpBytes);
        QVERIFY(xmp.size() > mostXmpBytes - 16);
        const auto read = detailsFromXmp(xmp);
        QVERIFY(read);
        QVERIFY(read->promptIsCut);
        QVERIFY(prompt.startsWith(read->request.prompt));
        QVERIFY(!read->request.prompt.back().isHighSurrogate());
    }

    void aStrangersTextIsRefused_data()
    {
        QTest::addColumn<QByteArray>("xmp");
        const QByteArray good(R"({"mode":"text","prompt":"p","model":"m"})");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no XML") << QByteArray("\0\1\2 not XML", 12);
        QTest::newRow("cut") << withSettings(good).chopped(20);
        QTest::newRow("another program's") << QByteArray("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
        QTest::newRow("a DTD") << withSettings(good, "<!DOCTYPE x>");
        QTest::newRow("entities") << withSettings(
            "&b;", "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>");
        QTest::newRow("an external entity")
            << withSettings("&f;", "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>");
        QTest::newRow("unknown entity") << withSettings("&f;");
        QTest::newRow("settings of another kind") << withSettings("[1, 2]");
        QTest::newRow("settings that lack a model") << withSettings(R"({"mode":"text","prompt":"p"})");
        QTest::newRow("too long") << withSettings(good) + QByteArray(mostXmpBytes, ' ');
        QTest::newRow("nested without end") << QByteArray("<a>").repeated(15'000);
        QTest::newRow("settings nested without end") << withSettings(QByteArray("[").repeated(50'000));
    }
    void aStrangersTextIsRefused()
    {
        QFETCH(const QByteArray, xmp);
        QVERIFY(!detailsFromXmp(xmp));
    }

    void aStrangersClaimsStayWithinBounds()
    {
        const auto read = detailsFromXmp(
            withSettings(
                R"({"mode":"image","prompt":"p","model":"m","user":"u","uploadUrl":"https://e.example/",)"
                R"("image":{"file":"/etc/passwd","name":"../../x.png","mime":"image/png","bytes":1,"hash":"..\/x"}})")
                .replace("<c:settings>", "<c:cost>99999999</c:cost><c:servedBytes>-5</c:servedBytes><c:settings>"));
        QVERIFY(read);
        const auto file = std::get<LocalFile>(std::get<FromImage>(read->request.inputs).image);
        QCOMPARE(file.path, u""_s);
        QCOMPARE(file.name, u"x.png"_s);
        QCOMPARE(file.hash, u""_s);
        QVERIFY(!read->request.user && !read->request.uploadUrl);
        QVERIFY(!read->cost);
        QCOMPARE(read->servedBytes, 0);
    }
};

QTEST_APPLESS_MAIN(TestClipDetails)
#include "tst_clipdetails.moc"
