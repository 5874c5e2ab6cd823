// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/inputwell.h"
#include "gui/inputs/lastframeview.h"
#include "gui/look/theme.h"
#include "gui/widgets/lengthslider.h"
#include "gui/widgets/notice.h"
#include "gui/widgets/ratiotiles.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/bodies.h"
#include "support/find.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// The forms that start from a video: what they show and the request that comes out.
class TestEditExtend : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void onlyModelsWithTheModeAreOffered();
    void editHasNeitherLengthNorRatioNorResolution();
    void theLastFrameGoesWithItsVideo();
    void aVideoToEditBecomesARequest();
    void aVideoToExtendBecomesARequest();
    void theLastFrameAndTheTotalAreShown();
    void theVideoStaysBetweenEditAndExtend();
    void anAddressGoesOutAsItIs();
    void aSourceThatCannotBeSentIsToldAtOnce_data();
    void aSourceThatCannotBeSentIsToldAtOnce();
    void tooLongASourceOffersToBeTrimmed();
    void theOtherModeTellsItsOwnLimit();
    void aPictureIsNoSource();
    void withoutVideoNothingIsSent();
    void generateWaitsForTheVideo();
    void whatWasSentComesBack_data();
    void whatWasSentComesBack();
    void aVideoIsPicked();

private:
    struct Form
    {
        explicit Form(const TestEditExtend& test)
            : settings(test.path(u"settings.ini"_s))
            , panel(theme, dialogs, noticeArea, settings, table, test.path(u"pasted"_s))
        {
            panel.resize(328, 700);
            panel.show();
        }
        [[nodiscard]] InputWell& video() const { return *test::find<InputWell>(panel, "videoWell"); }
        [[nodiscard]] QString text(const char* label) const { return test::find<QLabel>(panel, label)->text(); }
        [[nodiscard]] bool shows(const char* name) const { return test::find<QWidget>(panel, name)->isVisible(); }
        void write(const QString& prompt) { test::find<PromptEdit>(panel, "promptEdit")->setPrompt(prompt); }
        void clickGenerate() { QTest::mouseClick(test::find<GenerateButton>(panel, "generateButton"), Qt::LeftButton); }
        [[nodiscard]] QList<Notice*> notices() { return noticeArea.notices(); }
        [[nodiscard]] GenerationRequest sentRequest() const { return sent.last().first().value<GenerationRequest>(); }

        Theme theme;
        test::AnsweredDialogs dialogs;
        Settings settings;
        ModelTable table = ModelTable::builtIn();
        NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
        CreatePanel panel;
        QSignalSpy sent{&panel.submitController(), &SubmitController::submitted};
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] LocalFile clip() const;

    QTemporaryDir m_folder;
};

void TestEditExtend::initTestCase()
{
    const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"ultrafast"_s};
    QVERIFY(test::makeNumberedVideo(path(u"five.mp4"_s), 120, h264));
    QVERIFY(test::makeNumberedVideo(path(u"one.mp4"_s), 24, h264));
    QVERIFY(test::makeNumberedVideo(path(u"twelve.mp4"_s), 288, h264));
    QVERIFY(test::makeNumberedVideo(path(u"long.mp4"_s), 384, h264)); // 16 s
    QImage picture(400, 225, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QVERIFY(picture.save(path(u"boat.jpg"_s)));
}

void TestEditExtend::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
}

LocalFile TestEditExtend::clip() const
{
    LocalFile file;
    file.path = path(u"five.mp4"_s);
    file.name = u"gulls.mp4"_s;
    file.mime = u"video/mp4"_s;
    file.hash = u"0123"_s;
    file.bytes = QFileInfo(file.path).size();
    file.size = {128, 64};
    file.seconds = 5;
    return file;
}

void TestEditExtend::onlyModelsWithTheModeAreOffered()
{
    Form form(*this);
    test::find<QComboBox>(form.panel, "modelCombo")->setCurrentIndex(1); // 1.5, which can do neither
    QCOMPARE(form.panel.request().model, u"grok-imagine-video-1.5"_s);
    for (const Mode mode : {Mode::Edit, Mode::Extend}) {
        form.panel.setMode(mode);
        QCOMPARE(form.panel.mode(), mode);
        const auto* models = test::find<QComboBox>(form.panel, "modelCombo");
        const auto all = form.table.models();
        for (const Model& model : all)
            QCOMPARE(models->findData(model.id) >= 0, model.supports(mode));
        QCOMPARE(form.panel.request().model, u"grok-imagine-video"_s);
    }
}

void TestEditExtend::theLastFrameGoesWithItsVideo()
{
    Theme theme;
    LastFrameView view(theme);
    view.setVideo(path(u"five.mp4"_s));
    QTRY_VERIFY(view.hasPicture());
    view.setVideo({});
    QVERIFY(!view.hasPicture());
    QCoreApplication::processEvents(); // the end of nothing is heard here
    QVERIFY(!view.hasPicture());
    view.setVideo(path(u"one.mp4"_s));
    QTRY_VERIFY(view.hasPicture());
}

void TestEditExtend::editHasNeitherLengthNorRatioNorResolution()
{
    Form form(*this);
    form.panel.setMode(Mode::Edit);
    QVERIFY(form.shows("videoWell"));
    for (const char* name : {"lengthSection", "ratioSection", "resolutionSection", "soundCheck", "voicesSection",
                             "imageWell", "referenceStrip", "lastFrameView"})
        QVERIFY2(!form.shows(name), name);
    form.panel.setMode(Mode::Extend);
    QVERIFY(form.shows("lengthSection"));
    QVERIFY(!form.shows("ratioSection"));
    QVERIFY(!form.shows("soundCheck"));
}

void TestEditExtend::aVideoToEditBecomesARequest()
{
    Form form(*this);
    form.panel.setSource(Mode::Edit, path(u"five.mp4"_s));
    form.write(u"Make it snow"_s);
    QTRY_VERIFY(form.video().input());
    QCOMPARE(form.text("videoNameLabel"), u"five.mp4"_s);
    QVERIFY(form.text("videoFactsLabel").startsWith(u"5.0 s · 128 × 64 · "_s));
    QVERIFY(!form.shows("lastFrameView")); // they are of an extension
    QVERIFY(!form.shows("totalLabel"));
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    // 5 s at 480p and the source's 5 s
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), moneyFromDecimal(u"0.30"_s));
    const QJsonObject body = test::bodyOf(form.sentRequest());
    QCOMPARE(body.keys(), (QStringList{u"model"_s, u"prompt"_s, u"video"_s}));
    const QByteArray expected = "data:video/mp4;base64," + test::readFile(path(u"five.mp4"_s)).toBase64();
    QCOMPARE(body["video"_L1].toObject()["url"_L1].toString().toLatin1(), expected);
}

void TestEditExtend::aVideoToExtendBecomesARequest()
{
    Form form(*this);
    form.panel.setSource(Mode::Extend, path(u"five.mp4"_s));
    form.write(u"The gulls fly off"_s);
    QTRY_VERIFY(form.video().input());
    QCOMPARE(form.panel.request().duration, 6s);
    auto* length = test::find<LengthSlider>(form.panel, "lengthSlider");
    length->setSeconds(1);
    QCOMPARE(length->seconds(), 2);
    length->setSeconds(99);
    QCOMPARE(length->seconds(), 10);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    const QJsonObject body = test::bodyOf(form.sentRequest());
    QCOMPARE(body.keys(), (QStringList{u"duration"_s, u"model"_s, u"prompt"_s, u"video"_s}));
    QCOMPARE(body["duration"_L1].toInt(), 10);
    QCOMPARE(wire::path(form.sentRequest().mode()), u"/videos/extensions"_s);
}

void TestEditExtend::theLastFrameAndTheTotalAreShown()
{
    Form form(*this);
    form.panel.setMode(Mode::Extend);
    QVERIFY(!form.shows("lastFrameView"));
    QVERIFY(!form.shows("totalLabel"));
    form.panel.setSource(Mode::Extend, path(u"five.mp4"_s));
    auto* frame = test::find<LastFrameView>(form.panel, "lastFrameView");
    QTRY_VERIFY(frame->hasPicture());
    QVERIFY(frame->isVisible());
    QCOMPARE(form.text("totalLabel"), u"5.0 s + 6 s = 11.0 s"_s);
    test::find<LengthSlider>(form.panel, "lengthSlider")->setSeconds(4);
    QCOMPARE(form.text("totalLabel"), u"5.0 s + 4 s = 9.0 s"_s);
    form.video().clear();
    QVERIFY(!form.shows("lastFrameView"));
    QVERIFY(!form.shows("totalLabel"));
}

void TestEditExtend::theVideoStaysBetweenEditAndExtend()
{
    Form form(*this);
    form.panel.setSource(Mode::Extend, path(u"five.mp4"_s));
    QTRY_VERIFY(form.video().input());
    form.panel.setMode(Mode::Text);
    QVERIFY(!form.shows("videoWell"));
    QVERIFY(std::holds_alternative<FromText>(form.panel.request().inputs));
    form.panel.setMode(Mode::Edit);
    const auto inputs = form.panel.request().inputs;
    QCOMPARE(std::get<LocalFile>(std::get<EditClip>(inputs).video).path, path(u"five.mp4"_s));
}

void TestEditExtend::anAddressGoesOutAsItIs()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    form.panel.setMode(Mode::Extend);
    form.write(u"The gulls fly off"_s);
    QTest::mouseClick(test::find<QPushButton>(form.panel, "videoAddressButton"), Qt::LeftButton);
    QTest::keyClicks(form.panel.focusWidget(), u"https://a.example/gulls.mp4?x=1"_s);
    QTest::keyClick(form.panel.focusWidget(), Qt::Key_Return);
    QVERIFY(!form.video().isLoading());
    QCOMPARE(form.text("priceLabel"), u"price unknown"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    const QJsonObject video = test::bodyOf(form.sentRequest())["video"_L1].toObject();
    QCOMPARE(video, (QJsonObject{{u"url"_s, u"https://a.example/gulls.mp4?x=1"_s}}));
}

void TestEditExtend::aSourceThatCannotBeSentIsToldAtOnce_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("limit");
    QTest::newRow("too short to extend") << Mode::Extend << u"one.mp4"_s << u"2 s"_s;
}

void TestEditExtend::aSourceThatCannotBeSentIsToldAtOnce()
{
    QFETCH(Mode, mode);
    QFETCH(QString, file);
    QFETCH(QString, limit);
    Form form(*this);
    form.write(u"Make it snow"_s);
    form.panel.setSource(mode, path(file));
    QTRY_COMPARE(form.notices().size(), 1);
    QVERIFY2(form.notices().first()->sentence().contains(limit), qPrintable(form.notices().first()->sentence()));
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    form.panel.setSource(mode, path(u"five.mp4"_s));
    QTRY_VERIFY(form.notices().isEmpty()); // mended
}

void TestEditExtend::tooLongASourceOffersToBeTrimmed()
{
    Form form(*this);
    form.write(u"Make it snow"_s);
    form.panel.setSource(Mode::Edit, path(u"long.mp4"_s));
    QTRY_VERIFY(form.shows("trimBar"));
    QTest::mouseClick(test::find<QPushButton>(form.panel, "trimCancelButton"), Qt::LeftButton);
    QTRY_VERIFY(!form.shows("trimBar"));
    form.clickGenerate();
    QCOMPARE(form.notices().size(), 1);
    auto* action = test::find<QPushButton>(*form.notices().first(), "noticeActionButton");
    QCOMPARE(action->text(), u"Trim…"_s);
    QTest::mouseClick(action, Qt::LeftButton);
    QVERIFY(form.shows("trimBar"));
    QCOMPARE(form.sent.size(), 0);
}

void TestEditExtend::theOtherModeTellsItsOwnLimit()
{
    Form form(*this);
    form.write(u"Make it snow"_s);
    form.panel.setSource(Mode::Extend, path(u"twelve.mp4"_s));
    QTRY_VERIFY(form.video().input());
    QVERIFY(form.notices().isEmpty());
    form.panel.setMode(Mode::Edit);
    QVERIFY(form.shows("trimBar")); // for its 8.7 s
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QVERIFY(form.notices().first()->sentence().contains(u"8.7 s"_s));
    form.panel.setMode(Mode::Extend);
    QVERIFY(!form.shows("trimBar"));
    QVERIFY(form.notices().isEmpty());
}

void TestEditExtend::aPictureIsNoSource()
{
    Form form(*this);
    form.panel.setSource(Mode::Edit, path(u"boat.jpg"_s));
    QTRY_COMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"picture"_s));
    QMimeData pixels;
    pixels.setImageData(QImage(20, 20, QImage::Format_RGB32));
    QVERIFY(!form.video().takeFrom(pixels));
    QVERIFY(!form.video().isLoading());
    QVERIFY(!form.video().input());
}

void TestEditExtend::withoutVideoNothingIsSent()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    form.panel.setMode(Mode::Edit);
    form.write(u"Make it snow"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    QVERIFY(form.video().isAncestorOf(form.panel.focusWidget()));
}

void TestEditExtend::generateWaitsForTheVideo()
{
    Form form(*this);
    form.write(u"Make it snow"_s);
    form.panel.setSource(Mode::Edit, path(u"five.mp4"_s));
    QVERIFY(form.video().isLoading());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QTRY_COMPARE(form.sent.size(), 1);
    QVERIFY(form.notices().isEmpty());
    QCOMPARE(form.sentRequest(), form.panel.request());
}

void TestEditExtend::whatWasSentComesBack_data()
{
    QTest::addColumn<GenerationRequest>("request");
    const Model classic = *ModelTable::builtIn().find(u"grok-imagine-video"_s);
    GenerationRequest edit = defaultRequest(Mode::Edit, classic);
    edit.prompt = u"Make it snow"_s;
    edit.inputs = EditClip{clip()};
    QTest::newRow("an edit of a kept copy") << edit;
    edit.inputs = EditClip{UploadedFile{u"file_123"_s}};
    QTest::newRow("an edit of a file that lies with the service") << edit;
    GenerationRequest extend = defaultRequest(Mode::Extend, classic);
    extend.prompt = u"The gulls fly off"_s;
    extend.duration = 3s;
    extend.inputs = ExtendClip{clip()};
    QTest::newRow("an extension of a kept copy") << extend;
    extend.inputs = ExtendClip{RemoteUrl{QUrl(u"https://a.example/gulls.mp4"_s)}};
    QTest::newRow("an extension of a video on the web") << extend;
}

void TestEditExtend::whatWasSentComesBack()
{
    QFETCH(GenerationRequest, request);
    Form form(*this);
    form.panel.setRequest(request);
    QTRY_VERIFY(!form.video().isLoading());
    QCOMPARE(form.panel.request(), request);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.sentRequest(), request);
}

void TestEditExtend::aVideoIsPicked()
{
    Form form(*this);
    form.panel.setMode(Mode::Extend);
    test::Answers& answers = form.dialogs.answers;
    answers.openVideo = [this](const QString&) { return path(u"five.mp4"_s); };
    form.panel.chooseInput();
    QTRY_VERIFY(form.video().input());
}

QTEST_MAIN(TestEditExtend)
#include "tst_edit_extend.moc"
