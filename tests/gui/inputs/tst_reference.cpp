// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/create/prompttags.h"
#include "gui/create/voicepicker.h"
#include "gui/inputs/inputwell.h"
#include "gui/inputs/referencestrip.h"
#include "gui/inputs/referencetile.h"
#include "gui/look/theme.h"
#include "gui/widgets/notice.h"
#include "inputs/droppedcontent.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/bodies.h"
#include "support/find.h"
#include "support/testcase.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// Reference images, their tags in the prompt, and the extras of the newer models.
class TestReference : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void imagesBecomeARequest();
    void droppedImagesAreAdded();
    void whatHasNoRoomIsLeftOut();
    void hoveringNamesTheNumber();
    void severalArePickedAtOnce();
    void anAddressIsAdded();
    void anImageThatCannotBeReadGoes();
    void keysMoveAndRemove();
    void theMouseMoves();

    void typingOffersTheImages_data();
    void typingOffersTheImages();
    void aNewOfferBeginsAtTheFirst();
    void theOfferIsLeftAlone();
    void tagsAreColoured();
    void aTagWithoutImageIsCaught();

    void extrasFollowTheModel();
    void soundOffIsSent();
    void voicesAndFramesAreSent();
    void theLastFrameIsForModelsThatTakeIt();
    void generateWaitsForTheReferences();
    void whatWasSentComesBack_data();
    void whatWasSentComesBack();

private:
    struct Form
    {
        explicit Form(const TestReference& test, Mode mode = Mode::Reference)
            : settings(test.path(u"settings.ini"_s))
            , panel(theme, dialogs, noticeArea, settings, table, test.path(u"pasted"_s))
        {
            panel.setMode(mode);
            panel.resize(328, 900);
            panel.show();
        }
        [[nodiscard]] ReferenceStrip& strip() const { return *test::find<ReferenceStrip>(panel, "referenceStrip"); }
        [[nodiscard]] QList<ReferenceTile*> tiles() const { return strip().findChildren<ReferenceTile*>(); }
        [[nodiscard]] PromptEdit& prompt() const { return *test::find<PromptEdit>(panel, "promptEdit"); }
        [[nodiscard]] TagOffer& offer() const { return *test::find<TagOffer>(panel, "tagOffer"); }
        [[nodiscard]] QString text(const char* label) const { return test::find<QLabel>(panel, label)->text(); }
        [[nodiscard]] bool shows(const char* name) const { return test::find<QWidget>(panel, name)->isVisible(); }
        [[nodiscard]] QStringList names() const
        {
            QStringList names;
            const auto inputs = strip().inputs();
            for (const Input& input : inputs)
                names.append(std::get<LocalFile>(input).name);
            return names;
        }
        void chooseModel(const QString& id)
        {
            auto* models = test::find<QComboBox>(panel, "modelCombo");
            models->setCurrentIndex(models->findData(id));
        }
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
    [[nodiscard]] LocalFile image(const QString& name) const;
    [[nodiscard]] QList<Input> images(int count) const;
    [[nodiscard]] std::unique_ptr<QMimeData> files(int count) const;
    void fill(Form& form, int count) const;

    QTemporaryDir m_folder;
};

void TestReference::initTestCase()
{
    for (int i = 1; i <= 9; ++i) {
        QImage picture(160, 90, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(i * 39, 160, 160));
        QVERIFY(picture.save(path(u"%1.png"_s.arg(i))));
    }
}

void TestReference::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
}

LocalFile TestReference::image(const QString& name) const
{
    LocalFile file;
    file.path = path(name);
    file.name = name;
    file.mime = u"image/png"_s;
    file.hash = u"hash of "_s + name;
    file.bytes = QFileInfo(file.path).size();
    file.size = {160, 90};
    return file;
}

QList<Input> TestReference::images(int count) const
{
    QList<Input> images;
    for (int i = 1; i <= count; ++i)
        images.append(image(u"%1.png"_s.arg(i)));
    return images;
}

std::unique_ptr<QMimeData> TestReference::files(int count) const
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (int i = 1; i <= count; ++i)
        urls.append(QUrl::fromLocalFile(path(u"%1.png"_s.arg(i))));
    data->setUrls(urls);
    return data;
}

void TestReference::fill(Form& form, int count) const
{
    form.strip().setInputs(images(count));
    QTRY_VERIFY(!form.strip().isLoading());
}

void TestReference::imagesBecomeARequest()
{
    Form form(*this);
    fill(form, 2);
    form.prompt().setPrompt(u"<IMAGE_1> meets <IMAGE_2>"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), moneyFromDecimal(u"0.424"_s));
    const QJsonObject body = test::bodyOf(form.sentRequest());
    QCOMPARE(body.keys(), (QStringList{u"aspect_ratio"_s, u"duration"_s, u"model"_s, u"prompt"_s, u"reference_images"_s,
                                       u"resolution"_s}));
    QCOMPARE(body["reference_images"_L1].toArray().size(), 2);
    QCOMPARE(body["prompt"_L1].toString(), u"<IMAGE_1> meets <IMAGE_2>"_s); // as written
}

void TestReference::droppedImagesAreAdded()
{
    Form form(*this);
    QVERIFY(form.panel.dropFrom(files(2).get()));
    QVERIFY(form.panel.dropFrom(files(1).get()));
    QCOMPARE(form.panel.mode(), Mode::Reference);
    QTRY_VERIFY(!form.strip().isLoading());
    QCOMPARE(form.names(), (QStringList{u"1.png"_s, u"2.png"_s, u"1.png"_s}));
    QCOMPARE(form.text("referenceLabel"), u"Reference images · 3 of 7"_s);
    QMimeData pixels;
    QImage picture(20, 20, QImage::Format_RGB32);
    picture.fill(Qt::red);
    pixels.setImageData(picture);
    QVERIFY(form.panel.pasteFrom(&pixels));
    QCOMPARE(form.strip().count(), 4);
}

void TestReference::whatHasNoRoomIsLeftOut()
{
    Form form(*this);
    fill(form, 2);
    QVERIFY(form.panel.dropFrom(files(7).get()));
    QCOMPARE(form.strip().count(), 7);
    QCOMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"Left out: 2"_s));
    QVERIFY(!form.shows("addReferenceButton"));
    QMimeData pixels;
    pixels.setImageData(QImage(20, 20, QImage::Format_RGB32));
    QVERIFY(form.panel.pasteFrom(&pixels));
    QMimeData address;
    address.setUrls({QUrl(u"https://a.example/boat.jpg"_s)});
    QVERIFY(form.panel.dropFrom(&address));
    form.strip().add(RemoteUrl{QUrl(u"https://a.example/boat.jpg"_s)});
    QCOMPARE(form.strip().count(), 7);
    QTRY_VERIFY(!form.strip().isLoading());
}

void TestReference::hoveringNamesTheNumber()
{
    Form form(*this);
    fill(form, 2);
    QCOMPARE(form.panel.dropText(droppedContentFrom(*files(1))), u"Add as reference 3"_s);
    QCOMPARE(form.panel.dropText(droppedContentFrom(*files(3))), u"Add as references 3 to 5"_s);
    fill(form, 7);
    QCOMPARE(form.panel.dropText(droppedContentFrom(*files(1))),
             u"There are 7 reference images already. Remove one first."_s);
}

void TestReference::severalArePickedAtOnce()
{
    Form form(*this);
    test::Answers& answers = form.dialogs.answers;
    answers.openImages = [this](const QString&) { return QStringList{path(u"2.png"_s), path(u"3.png"_s)}; };
    QTest::mouseClick(test::find<QAbstractButton>(form.strip(), "addReferenceButton"), Qt::LeftButton);
    QTRY_VERIFY(!form.strip().isLoading());
    QCOMPARE(form.names(), (QStringList{u"2.png"_s, u"3.png"_s}));
}

void TestReference::anAddressIsAdded()
{
    Form form(*this);
    QTest::mouseClick(test::find<QPushButton>(form.panel, "referenceAddressButton"), Qt::LeftButton);
    auto* edit = test::find<QLineEdit>(form.panel, "referenceAddressEdit");
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, u"https://a.example/boat.jpg"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!edit->isVisible());
    QCOMPARE(form.strip().inputs(), QList<Input>{RemoteUrl{QUrl(u"https://a.example/boat.jpg"_s)}});
}

void TestReference::anImageThatCannotBeReadGoes()
{
    Form form(*this);
    LocalFile gone = image(u"gone.png"_s);
    form.strip().setInputs({image(u"1.png"_s), gone, image(u"2.png"_s)});
    QTRY_COMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"gone.png"_s));
    QTRY_VERIFY(!form.strip().isLoading());
    QCOMPARE(form.names(), (QStringList{u"1.png"_s, u"2.png"_s}));
}

void TestReference::keysMoveAndRemove()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    fill(form, 3);
    ReferenceTile* first = form.tiles().first();
    const ReferenceTile* second = form.tiles().at(1);
    first->setFocus();
    QSignalSpy edited(&form.panel, &CreatePanel::edited);
    QTest::keyClick(first, Qt::Key_Left, Qt::AltModifier); // it is the first already
    QCOMPARE(edited.size(), 0);
    QTest::keyClick(first, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(form.names(), (QStringList{u"2.png"_s, u"1.png"_s, u"3.png"_s}));
    QCOMPARE(edited.size(), 1); // the offer of tags follows
    QCOMPARE(first->accessibleName(), u"Reference 2: 1.png"_s);
    QVERIFY(first->hasFocus());
    QTest::keyClick(first, Qt::Key_Right);
    QVERIFY(form.tiles().at(2)->hasFocus());
    QTest::keyClick(form.tiles().at(2), Qt::Key_Delete);
    QCOMPARE(form.names(), (QStringList{u"2.png"_s, u"1.png"_s}));
    QVERIFY(first->hasFocus());
    form.panel.setLayoutDirection(Qt::RightToLeft);
    QTest::keyClick(first, Qt::Key_Right, Qt::AltModifier); // mirrored, it is the way back
    QCOMPARE(form.names(), (QStringList{u"1.png"_s, u"2.png"_s}));
    QCOMPARE(first->accessibleName(), u"Reference 1: 1.png"_s);
    QTest::keyClick(first, Qt::Key_Delete);
    QCOMPARE(form.names(), QStringList{u"2.png"_s});
    QCOMPARE(second->accessibleName(), u"Reference 1: 2.png"_s);
}

void TestReference::theMouseMoves()
{
    Form form(*this);
    fill(form, 3);
    ReferenceTile* first = form.tiles().first();
    const QPoint third = form.tiles().at(2)->geometry().center();
    QTest::mousePress(first, Qt::LeftButton, {}, first->rect().center());
    const QPoint inFirst = first->mapFrom(&form.strip(), third);
    QMouseEvent move(QEvent::MouseMove, inFirst, first->mapToGlobal(inFirst), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(first, &move);
    QTest::mouseRelease(first, Qt::LeftButton);
    QCOMPARE(form.names(), (QStringList{u"2.png"_s, u"3.png"_s, u"1.png"_s}));
    QCOMPARE(first->geometry().center(), third); // it snapped into its place
}

void TestReference::typingOffersTheImages_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QList<int>>("keys");
    QTest::addColumn<QString>("prompt");
    QTest::newRow("< and Enter") << u"a <"_s << QList<int>{Qt::Key_Return} << u"a <IMAGE_1>"_s;
    QTest::newRow("@ and Tab") << u"@"_s << QList<int>{Qt::Key_Tab} << u"<IMAGE_1>"_s;
    QTest::newRow("down chooses") << u"<"_s << QList<int>{Qt::Key_Down, Qt::Key_Return} << u"<IMAGE_2>"_s;
    QTest::newRow("up goes round") << u"<"_s << QList<int>{Qt::Key_Up, Qt::Key_Enter} << u"<IMAGE_3>"_s;
    QTest::newRow("a number chooses") << u"@2"_s << QList<int>{Qt::Key_Return} << u"<IMAGE_2>"_s;
    QTest::newRow("the tag begun by hand") << u"<image_3"_s << QList<int>{Qt::Key_Return} << u"<IMAGE_3>"_s;
    QTest::newRow("Esc leaves the text") << u"<"_s << QList<int>{Qt::Key_Escape} << u"<"_s;
}

void TestReference::typingOffersTheImages()
{
    QFETCH(QString, typed);
    QFETCH(QList<int>, keys);
    QFETCH(QString, prompt);
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    fill(form, 3);
    form.prompt().setFocus();
    QTest::keyClicks(&form.prompt(), typed);
    QVERIFY(form.offer().isVisible());
    QCOMPARE(form.offer().count(), 3);
    QVERIFY(form.prompt().hasFocus());
    for (const int key : keys)
        QTest::keyClick(&form.prompt(), static_cast<Qt::Key>(key));
    QVERIFY(!form.offer().isVisible());
    QCOMPARE(form.prompt().prompt(), prompt);
    QVERIFY(form.prompt().hasFocus());
}

void TestReference::aNewOfferBeginsAtTheFirst()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    fill(form, 3);
    form.prompt().setFocus();
    QTest::keyClicks(&form.prompt(), u"<"_s);
    QTest::keyClick(&form.prompt(), Qt::Key_Up);
    QTest::keyClick(&form.prompt(), Qt::Key_Return);
    QTest::keyClicks(&form.prompt(), u" and <"_s);
    QTest::keyClick(&form.prompt(), Qt::Key_Return);
    QCOMPARE(form.prompt().prompt(), u"<IMAGE_3> and <IMAGE_1>"_s);
}

void TestReference::theOfferIsLeftAlone()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    form.prompt().setFocus();
    QTest::keyClicks(&form.prompt(), u"<"_s);
    QVERIFY(!form.offer().isVisible()); // no image to offer
    fill(form, 1);
    form.prompt().setPrompt({});
    QTest::keyClicks(&form.prompt(), u"ada@"_s);
    QVERIFY(!form.offer().isVisible()); // an address of mail
    QTest::keyClicks(&form.prompt(), u" @"_s);
    QVERIFY(form.offer().isVisible());
    QTest::keyClicks(&form.prompt(), u"x"_s);
    QVERIFY(!form.offer().isVisible());
    form.panel.setMode(Mode::Text);
    form.prompt().setPrompt({});
    QTest::keyClicks(&form.prompt(), u"<"_s);
    QVERIFY(!form.offer().isVisible());
}

void TestReference::tagsAreColoured()
{
    Form form(*this);
    fill(form, 1);
    form.prompt().setPrompt(u"<IMAGE_1> and <IMAGE_2>"_s);
    const auto colors = [&] {
        QList<QColor> found;
        const auto formats = form.prompt().document()->firstBlock().layout()->formats();
        for (const auto& format : formats)
            found.append(format.format.foreground().color());
        return found;
    };
    QTRY_COMPARE(colors(), (QList<QColor>{form.theme.color(Token::Accent), form.theme.color(Token::Warn)}));
    fill(form, 2);
    QTRY_COMPARE(colors(), (QList<QColor>{form.theme.color(Token::Accent), form.theme.color(Token::Accent)}));
    form.panel.setMode(Mode::Text);
    QTRY_VERIFY(colors().isEmpty());
}

void TestReference::aTagWithoutImageIsCaught()
{
    Form form(*this);
    fill(form, 1);
    form.prompt().setPrompt(u"<IMAGE_2> walks"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    test::Answers& answers = form.dialogs.answers;
    answers.openImages = [this](const QString&) { return QStringList{path(u"2.png"_s)}; };
    auto* add = test::find<QPushButton>(*form.notices().first(), "noticeActionButton");
    QCOMPARE(add->text(), u"Add image"_s);
    QTest::mouseClick(add, Qt::LeftButton);
    QTRY_VERIFY(!form.strip().isLoading());
    QVERIFY(form.notices().isEmpty());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
}

void TestReference::extrasFollowTheModel()
{
    Form form(*this);
    QVERIFY(!form.shows("firstFrameWell"));
    QVERIFY(!form.shows("voicesSection"));
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    QVERIFY(form.shows("firstFrameWell"));
    QVERIFY(form.shows("voicesSection"));
    QCOMPARE(form.strip().most(), 14);
    form.panel.setMode(Mode::Image);
    QVERIFY(!form.shows("lastFrameWell"));
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    QVERIFY(form.shows("lastFrameWell"));
    QVERIFY(!form.shows("voicesSection"));
}

void TestReference::soundOffIsSent()
{
    Form form(*this, Mode::Text);
    form.prompt().setPrompt(u"A boat"_s);
    QVERIFY(!test::bodyOf(form.panel.request()).contains(u"generate_audio"_s));
    QTest::mouseClick(test::find<QCheckBox>(form.panel, "soundCheck"), Qt::LeftButton, {}, QPoint(8, 8));
    const QJsonObject body = test::bodyOf(form.panel.request());
    QVERIFY(body.contains(u"generate_audio"_s));
    QCOMPARE(body["generate_audio"_L1], QJsonValue(false));
    form.panel.setMode(Mode::Image);
    QVERIFY(!form.panel.request().generateAudio); // remembered per mode
    form.panel.setMode(Mode::Text);
    QCOMPARE(form.panel.request().generateAudio, std::optional(false));
}

void TestReference::voicesAndFramesAreSent()
{
    Form form(*this);
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    fill(form, 1);
    auto* first = test::find<InputWell>(form.panel, "firstFrameWell");
    first->setFile(path(u"4.png"_s));
    QTRY_VERIFY(first->input());
    form.prompt().setPrompt(u"<AUDIO_0> speaks"_s);
    auto* add = test::find<QPushButton>(form.panel, "addVoiceButton");
    for (int i = 0; i < 4; ++i)
        add->menu()->actions().at(i)->trigger();
    QVERIFY(!add->isVisible());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    const QJsonObject body = test::bodyOf(form.sentRequest());
    QCOMPARE(body["reference_audios"_L1].toArray(),
             (QJsonArray{QJsonObject{{u"voice_id"_s, u"ara"_s}}, QJsonObject{{u"voice_id"_s, u"eve"_s}},
                         QJsonObject{{u"voice_id"_s, u"leo"_s}}}));
    QVERIFY(body["image"_L1].toObject()["url"_L1].toString().startsWith(u"data:image/png;base64,"_s));
    QTest::mouseClick(test::find<QPushButton>(form.panel, "voiceButton"), Qt::LeftButton);
    QCOMPARE(test::find<VoicePicker>(form.panel, "voicePicker")->voices(), (QStringList{u"eve"_s, u"leo"_s}));
    form.chooseModel(u"grok-imagine-video"_s); // takes neither
    const auto references = std::get<FromReferences>(form.panel.request().inputs);
    QVERIFY(references.voices.isEmpty());
    QVERIFY(!references.firstFrame);
}

void TestReference::theLastFrameIsForModelsThatTakeIt()
{
    Form form(*this, Mode::Image);
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    auto* last = test::find<InputWell>(form.panel, "lastFrameWell");
    last->setFile(path(u"4.png"_s));
    QTRY_VERIFY(last->input());
    const auto sentLast = [&] { return std::get<FromImage>(form.panel.request().inputs).lastFrame; };
    QCOMPARE(sentLast(), last->input());
    form.chooseModel(u"grok-imagine-video"_s);
    QVERIFY(!sentLast());
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    QCOMPARE(sentLast(), last->input()); // it was only out of sight
}

void TestReference::generateWaitsForTheReferences()
{
    Form form(*this);
    form.prompt().setPrompt(u"<IMAGE_2> walks"_s);
    QVERIFY(form.panel.dropFrom(files(2).get()));
    QVERIFY(form.strip().isLoading());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QTRY_COMPARE(form.sent.size(), 1);
    QVERIFY(form.notices().isEmpty());
    QCOMPARE(std::get<FromReferences>(form.sentRequest().inputs).images.size(), 2);
}

void TestReference::whatWasSentComesBack_data()
{
    QTest::addColumn<GenerationRequest>("request");
    const ModelTable table = ModelTable::builtIn();
    const Model newer = *table.find(u"grok-imagine-video-1.5"_s);
    GenerationRequest plain = defaultRequest(Mode::Reference, *table.find(u"grok-imagine-video"_s));
    plain.prompt = u"<IMAGE_3> walks"_s;
    plain.inputs = FromReferences{images(3), {}, {}};
    QTest::newRow("three references") << plain;
    GenerationRequest rich = defaultRequest(Mode::Reference, newer);
    rich.prompt = u"<AUDIO_0> speaks"_s;
    rich.generateAudio = false;
    rich.inputs = FromReferences{images(9), {u"eve"_s, u"a-voice-of-mine"_s}, Input(image(u"4.png"_s))};
    QTest::newRow("everything the newer model takes") << rich;
    GenerationRequest between = defaultRequest(Mode::Image, newer);
    between.prompt = u"From dawn to dusk"_s;
    between.inputs = FromImage{image(u"1.png"_s), Input(image(u"2.png"_s)), {}};
    QTest::newRow("a first and a last frame") << between;
}

void TestReference::whatWasSentComesBack()
{
    QFETCH(GenerationRequest, request);
    Form form(*this, Mode::Text);
    form.panel.setRequest(request);
    QTRY_COMPARE(form.panel.request(), request);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.sentRequest(), request);
    GenerationRequest other = request; // what another request has not is gone from the form
    if (auto* references = std::get_if<FromReferences>(&other.inputs))
        *references = {images(1), {}, {}};
    else
        other.inputs = FromImage{image(u"3.png"_s), {}, {}};
    other.prompt = u"Another"_s;
    form.panel.setRequest(other);
    QTRY_COMPARE(form.panel.request(), other);
}

QTEST_MAIN(TestReference)
#include "tst_reference.moc"
