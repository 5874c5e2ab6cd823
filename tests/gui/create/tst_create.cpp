// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/inputwell.h"
#include "gui/look/theme.h"
#include "gui/widgets/lengthslider.h"
#include "gui/widgets/notice.h"
#include "gui/widgets/ratiotiles.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/find.h"
#include "support/testcase.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// The Create panel: what it shows, what it costs, and what comes out of it.
class TestCreate : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void textModeHasNoImage();
    void showsWhatTheModelTakes();
    void keepsWhatFitsWhenTheModelChanges();
    void switchingTheModeKeepsThePrompt();
    void settingsAreRememberedPerMode();

    void aPromptBecomesARequest();
    void anImageBecomesARequest();
    void theImagesOwnRatioIsNotSent();
    void whatWasSentComesBackIntoTheForm_data();
    void whatWasSentComesBackIntoTheForm();
    void anImageThatIsGoneIsTold();

    void thePriceIsLive();
    void anUnknownModelHasNoPrice();
    void anyModelCanBeTyped();

    void withoutPromptNothingIsSent();
    void withoutImageNothingIsSent();
    void aHeldKeyIsOneJob();
    void aDoubleClickIsOneJob();
    void aProblemOffersWhatMendsIt();
    void severalTakesAreOneSubmit();
    void takesAreRememberedPerMode();
    void theSameRequestWithinTwoSecondsAsks();
    void whatIsEditedMeanwhileIsNotSentAgain();
    void whatWasNotTakenIsNoSubmit();
    void anotherRequestDoesNotAsk();
    void generateWaitsForTheImage();
    void waitingEndsWithTheImage();
    void waitingIsShownAndTakenBack();
    void waitingEndsWithAnyEdit();

    void everyFieldIsReachedByTab();
    void everyControlHasAName();

private:
    struct Form
    {
        explicit Form(const TestCreate& test)
            : settings(test.m_folder.filePath(u"settings.ini"_s))
            , panel(theme, dialogs, noticeArea, settings, table, test.m_folder.filePath(u"pasted"_s))
        {
            panel.submitController().setClock([this] { return now; });
            panel.resize(328, 620);
            panel.show();
        }

        [[nodiscard]] bool becomesActive() { return QTest::qWaitForWindowActive(&panel, patience); }
        [[nodiscard]] PromptEdit& prompt() const { return *test::find<PromptEdit>(panel, "promptEdit"); }
        [[nodiscard]] QComboBox& models() const { return *test::find<QComboBox>(panel, "modelCombo"); }
        [[nodiscard]] QComboBox& resolutions() const { return *test::find<QComboBox>(panel, "resolutionCombo"); }
        [[nodiscard]] LengthSlider& length() const { return *test::find<LengthSlider>(panel, "lengthSlider"); }
        [[nodiscard]] RatioTiles& ratios() const { return *test::find<RatioTiles>(panel, "ratioTiles"); }
        [[nodiscard]] InputWell& image() const { return *test::find<InputWell>(panel, "imageWell"); }
        [[nodiscard]] QStringList ratioTexts() const
        {
            QStringList texts;
            const auto tiles = ratios().findChildren<QRadioButton*>();
            for (const QRadioButton* tile : tiles)
                texts.append(tile->text());
            return texts;
        }
        [[nodiscard]] QString text(const char* label) const { return test::find<QLabel>(panel, label)->text(); }
        void clickGenerate() { QTest::mouseClick(test::find<GenerateButton>(panel, "generateButton"), Qt::LeftButton); }
        void chooseModel(const QString& id) { models().setCurrentIndex(models().findData(id)); }
        [[nodiscard]] QList<Notice*> notices() { return noticeArea.notices(); }

        Theme theme;
        test::AnsweredDialogs dialogs;
        Settings settings;
        ModelTable table = ModelTable::builtIn();
        NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
        CreatePanel panel;
        QSignalSpy sent{&panel.submitController(), &SubmitController::submitted};
        std::chrono::milliseconds now = 1h;
    };

    [[nodiscard]] LocalFile image() const
    {
        LocalFile file;
        file.path = m_folder.filePath(u"boat.jpg"_s);
        file.name = u"harbour_dawn.jpg"_s;
        file.mime = u"image/jpeg"_s;
        file.hash = u"0123"_s;
        file.bytes = 3'100'000;
        file.size = {400, 225};
        return file;
    }

    QTemporaryDir m_folder;
};

void TestCreate::initTestCase()
{
    QImage picture(400, 225, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QVERIFY(picture.save(m_folder.filePath(u"boat.jpg"_s)));
    QVERIFY(picture.save(m_folder.filePath(u"other.jpg"_s)));
}

void TestCreate::init()
{
    TestCase::init();
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
}

void TestCreate::textModeHasNoImage()
{
    Form form(*this);
    QCOMPARE(form.panel.mode(), Mode::Text);
    QVERIFY(!form.image().isVisible());
    QVERIFY(!form.ratioTexts().contains(u"image"_s));
    QSignalSpy changed(&form.panel, &CreatePanel::modeChanged);
    form.panel.setMode(Mode::Image);
    form.panel.setMode(Mode::Image);
    QCOMPARE(changed.size(), 1);
    QVERIFY(form.image().isVisible());
    QCOMPARE(form.ratioTexts(),
             (QStringList{u"image"_s, u"16:9"_s, u"9:16"_s, u"1:1"_s, u"4:3"_s, u"3:4"_s, u"3:2"_s, u"2:3"_s}));
}

void TestCreate::showsWhatTheModelTakes()
{
    Form form(*this);
    QCOMPARE(form.models().count(), form.table.modelsFor(Mode::Text).size() + 1); // and any other
    const auto models = form.table.modelsFor(Mode::Text);
    for (const Model& model : models) {
        form.chooseModel(model.id);
        const ModeLimits limits = model.modes.value(Mode::Text);
        QCOMPARE(form.ratioTexts(), limits.aspectRatios);
        QCOMPARE(form.resolutions().count(), limits.resolutions.size());
        form.length().setSeconds(1000);
        QCOMPARE(form.length().seconds(), limits.maxSeconds);
        form.length().setSeconds(0);
        QCOMPARE(form.length().seconds(), limits.minSeconds);
    }
}

void TestCreate::keepsWhatFitsWhenTheModelChanges()
{
    Form form(*this);
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    form.resolutions().setCurrentIndex(form.resolutions().findData(u"1080p"_s));
    form.length().setSeconds(9);
    form.ratios().setCurrent(u"4:3"_s);
    form.chooseModel(u"grok-imagine-video"_s); // has no 1080p
    const GenerationRequest request = form.panel.request();
    QCOMPARE(request.model, u"grok-imagine-video"_s);
    QCOMPARE(request.resolution, u"720p"_s);
    QCOMPARE(request.duration, 9s);
    QCOMPARE(request.aspectRatio, u"4:3"_s);
}

void TestCreate::switchingTheModeKeepsThePrompt()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"Night train"_s);
    form.panel.setMode(Mode::Image);
    QCOMPARE(form.panel.request().prompt, u"Night train"_s);
    form.image().setInput(image());
    QTRY_VERIFY(!form.image().isLoading());
    form.panel.setMode(Mode::Text);
    QCOMPARE(form.panel.request().mode(), Mode::Text);
    form.panel.setMode(Mode::Image);
    QCOMPARE(std::get<FromImage>(form.panel.request().inputs).image, Input(image()));
}

void TestCreate::settingsAreRememberedPerMode()
{
    {
        Form form(*this);
        form.length().setSeconds(12);
        form.ratios().setCurrent(u"1:1"_s);
        form.panel.setMode(Mode::Image);
        QCOMPARE(form.length().seconds(), 6);
        QCOMPARE(form.ratios().current(), std::nullopt);
        form.length().setSeconds(4);
        form.resolutions().setCurrentIndex(form.resolutions().findData(u"480p"_s));
        form.panel.setMode(Mode::Text);
        QCOMPARE(form.length().seconds(), 12);
        QCOMPARE(form.ratios().current(), u"1:1"_s);
        form.panel.setMode(Mode::Image);
    }
    Form form(*this);
    QCOMPARE(form.panel.mode(), Mode::Image);
    QCOMPARE(form.length().seconds(), 4);
    QCOMPARE(form.panel.request().resolution, u"480p"_s);
    QCOMPARE(form.ratios().current(), std::nullopt);
}

void TestCreate::aPromptBecomesARequest()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A paper boat drifts out "_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    GenerationRequest expected = defaultRequest(Mode::Text, *form.table.find(form.table.defaultModel()));
    expected.prompt = u"A paper boat drifts out"_s;
    QCOMPARE(form.sent.first().at(0).value<GenerationRequest>(), expected);
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), moneyFromDecimal(u"0.42"_s));
}

void TestCreate::anImageBecomesARequest()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"The sun clears the horizon"_s);
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    QTRY_VERIFY(form.image().input());
    form.ratios().setCurrent(u"16:9"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    const auto request = form.sent.first().first().value<GenerationRequest>();
    QCOMPARE(request.mode(), Mode::Image);
    QCOMPARE(request.aspectRatio, u"16:9"_s);
    const auto file = std::get<LocalFile>(std::get<FromImage>(request.inputs).image);
    QCOMPARE(file.path, m_folder.filePath(u"boat.jpg"_s));
    QCOMPARE(file.mime, u"image/jpeg"_s);
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), moneyFromDecimal(u"0.422"_s));
}

void TestCreate::theImagesOwnRatioIsNotSent()
{
    Form form(*this);
    form.panel.setMode(Mode::Image);
    QVERIFY(!form.panel.request().aspectRatio);
    form.ratios().setCurrent(u"2:3"_s);
    QCOMPARE(form.panel.request().aspectRatio, u"2:3"_s);
    QTest::mouseClick(form.ratios().findChildren<QRadioButton*>().first(), Qt::LeftButton);
    QVERIFY(!form.panel.request().aspectRatio);
}

void TestCreate::whatWasSentComesBackIntoTheForm_data()
{
    QTest::addColumn<GenerationRequest>("request");
    const ModelTable table = ModelTable::builtIn();
    GenerationRequest text = defaultRequest(Mode::Text, *table.find(u"grok-imagine-video-1.5"_s));
    text.prompt = u"Lantern festival\nover a violet lake"_s;
    text.duration = 15s;
    text.resolution = u"1080p"_s;
    text.aspectRatio = u"3:2"_s;
    QTest::newRow("text") << text;
    text.model = u"grok-imagine-video-9"_s;
    QTest::newRow("a model the table does not know") << text;

    GenerationRequest fromImage = defaultRequest(Mode::Image, *table.find(u"grok-imagine-video"_s));
    fromImage.prompt = u"The paper boat"_s;
    fromImage.duration = 1s;
    fromImage.inputs = FromImage{image(), {}, {}};
    QTest::newRow("an image of its own ratio") << fromImage;
    fromImage.aspectRatio = u"9:16"_s;
    QTest::newRow("an image of another ratio") << fromImage;
    fromImage.inputs = FromImage{RemoteUrl{QUrl(u"https://a.example/boat.jpg"_s)}, {}, {}};
    QTest::newRow("an image on the web") << fromImage;
    fromImage.inputs = FromImage{UploadedFile{u"file_123"_s}, {}, {}};
    QTest::newRow("an image that lies with the service") << fromImage;
}

void TestCreate::whatWasSentComesBackIntoTheForm()
{
    QFETCH(GenerationRequest, request);
    Form form(*this);
    form.panel.setRequest(request);
    QTRY_VERIFY(!form.image().isLoading());
    QCOMPARE(form.panel.request(), request);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.sent.first().first().value<GenerationRequest>(), request);
}

void TestCreate::anImageThatIsGoneIsTold()
{
    Form form(*this);
    GenerationRequest request = defaultRequest(Mode::Image, *form.table.find(form.table.defaultModel()));
    request.prompt = u"The paper boat"_s;
    LocalFile gone = image();
    gone.path = m_folder.filePath(u"gone.jpg"_s);
    request.inputs = FromImage{gone, {}, {}};
    form.panel.setRequest(request);
    QTRY_COMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"harbour_dawn.jpg"_s));
    QVERIFY(!form.image().input());
}

void TestCreate::thePriceIsLive()
{
    Form form(*this);
    const auto* parts = test::find<QLabel>(form.panel, "pricePartsLabel");
    const auto* sum = test::find<QLabel>(form.panel, "priceLabel");
    form.panel.setOrigin(Origin::service());
    QCOMPARE(parts->text(), u"6 s × $0.07\nprices of 2026-10"_s);
    QCOMPARE(sum->accessibleName(), u"about $0.42"_s);
    QVERIFY(!test::find<QLabel>(form.panel, "simulatedPriceLabel")->isVisible());
    form.panel.setMode(Mode::Image);
    QCOMPARE(parts->text(), u"6 s × $0.07 + image $0.002\nprices of 2026-10"_s);
    QCOMPARE(sum->text(), u"about $0.422"_s);
    QTest::keyClick(form.length().focusProxy(), Qt::Key_Right);
    QCOMPARE(sum->text(), u"about $0.492"_s);
    form.panel.setOrigin(Origin::simulator());
    QCOMPARE(sum->accessibleName(), u"would cost about $0.492"_s);
    QVERIFY(test::find<QLabel>(form.panel, "simulatedPriceLabel")->isVisible());
}

void TestCreate::anUnknownModelHasNoPrice()
{
    Form form(*this);
    GenerationRequest request = form.panel.request();
    request.model = u"grok-imagine-video-9"_s;
    request.prompt = u"A boat"_s;
    form.panel.setRequest(request);
    QCOMPARE(form.text("priceLabel"), u"price unknown"_s);
    QCOMPARE(form.text("pricePartsLabel"), u"prices of 2026-10"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), std::nullopt);
}

void TestCreate::anyModelCanBeTyped()
{
    QString typed = u" grok-imagine-video-9 "_s;
    Form form(*this);
    form.dialogs.answers.askText = [&typed](const QString&) { return typed; };
    form.models().setCurrentIndex(form.models().count() - 1);
    QCOMPARE(form.panel.request().model, u"grok-imagine-video-9"_s);
    QCOMPARE(form.text("priceLabel"), u"price unknown"_s);
    const auto* resolutions = test::find<QComboBox>(form.panel, "resolutionCombo");
    QVERIFY(resolutions->findData(u"1080p"_s) >= 0); // every value that is documented for any model

    // Without an answer the model before stays.
    form.chooseModel(form.table.defaultModel());
    typed.clear();
    form.models().setCurrentIndex(form.models().count() - 1);
    QCOMPARE(form.panel.request().model, form.table.defaultModel());
}

void TestCreate::withoutPromptNothingIsSent()
{
    Form form(*this);
    QVERIFY(form.becomesActive());
    QTest::keyClicks(&form.prompt(), u"  "_s);
    const auto* button = test::find<GenerateButton>(form.panel, "generateButton");
    QVERIFY(!button->toolTip().isEmpty());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    QVERIFY(form.prompt().hasFocus());
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    QVERIFY(form.notices().isEmpty()); // mended
    QVERIFY(button->toolTip().isEmpty());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
}

void TestCreate::withoutImageNothingIsSent()
{
    Form form(*this);
    QVERIFY(form.becomesActive());
    form.panel.setMode(Mode::Image);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    QVERIFY(form.image().isAncestorOf(form.panel.focusWidget()));
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    QTRY_VERIFY(form.notices().isEmpty());
}

void TestCreate::aHeldKeyIsOneJob()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    QTest::keyPress(&form.prompt(), Qt::Key_Return, Qt::ControlModifier);
    for (int i = 0; i < 30; ++i) {
        form.now += 33ms;
        QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, true);
        QCoreApplication::sendEvent(&form.prompt(), &repeated);
    }
    QCOMPARE(form.sent.size(), 1);
    QVERIFY(form.notices().isEmpty());
}

void TestCreate::aDoubleClickIsOneJob()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.clickGenerate();
    form.now += 150ms;
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QVERIFY(form.notices().isEmpty());
}

void TestCreate::aProblemOffersWhatMendsIt()
{
    Form form(*this);
    GenerationRequest request;
    request.prompt = u"It drifts"_s;
    request.model = u"grok-imagine-video-1.5"_s;
    request.duration = 4s;
    request.inputs = FromText{{{RemoteUrl{QUrl(u"https://a.example/boat.jpg"_s)}, 5}}};
    form.panel.setRequest(request);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    auto* action = test::find<QPushButton>(*form.notices().first(), "noticeActionButton");
    QCOMPARE(action->text(), u"Move it to 3.67 s"_s);
    QTest::mouseClick(action, Qt::LeftButton);
    QTRY_VERIFY(form.notices().isEmpty());
    QTRY_COMPARE(std::get<FromText>(form.panel.request().inputs).keyframes.value(0).seconds, 11.0 / 3);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
}

void TestCreate::severalTakesAreOneSubmit()
{
    Form form(*this);
    form.prompt().setPrompt(u"A paper boat"_s);
    auto* takes = test::find<QComboBox>(form.panel, "takesCombo");
    QCOMPARE(takes->count(), mostTakes);
    QTest::keyClick(takes, '4');
    const auto* button = test::find<GenerateButton>(form.panel, "generateButton");
    QCOMPARE(button->text(), u"Generate 4"_s);
    QCOMPARE(button->accessibleName(), u"Generate 4"_s);
    QCOMPARE(form.text("pricePartsLabel"), u"4 × 6 s × $0.07\nprices of 2026-10"_s);
    QCOMPARE(form.text("priceLabel"), u"about $1.68"_s);

    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), std::optional(Money{4'200'000'000})); // of one
    QCOMPARE(form.sent.first().at(2).toInt(), 4);
    form.clickGenerate(); // a slip of the hand is worth eight clips no more than two
    QCOMPARE(form.sent.size(), 1);

    takes->setCurrentIndex(0);
    QCOMPARE(button->text(), u"Generate"_s);
    QCOMPARE(form.text("priceLabel"), u"about $0.42"_s);
}

void TestCreate::takesAreRememberedPerMode()
{
    {
        Form form(*this);
        test::find<QComboBox>(form.panel, "takesCombo")->setCurrentIndex(2);
        form.panel.setMode(Mode::Image);
        QCOMPARE(test::find<QComboBox>(form.panel, "takesCombo")->currentText(), u"1"_s);
        form.panel.setMode(Mode::Text);
    }
    Form form(*this);
    QCOMPARE(test::find<QComboBox>(form.panel, "takesCombo")->currentText(), u"3"_s);
    form.panel.setMode(Mode::Edit); // which has no resolution: the takes stand in its place
    QVERIFY(test::find<QComboBox>(form.panel, "takesCombo")->isVisible());
}

void TestCreate::theSameRequestWithinTwoSecondsAsks()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.clickGenerate();
    form.now += 1900ms;
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QCOMPARE(form.notices().size(), 1);
    auto* again = test::find<QPushButton>(*form.notices().first(), "noticeActionButton");
    QCOMPARE(again->text(), u"Generate again"_s);
    QTest::mouseClick(again, Qt::LeftButton);
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(form.sent.size(), 2);
    QVERIFY(form.notices().isEmpty());

    form.now += 2s;
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 3);
}

void TestCreate::whatIsEditedMeanwhileIsNotSentAgain()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    const auto ask = [&] {
        form.clickGenerate();
        form.now += 1s;
        form.clickGenerate();
        QCOMPARE(form.notices().size(), 1);
    };
    ask();
    test::find<QComboBox>(form.panel, "takesCombo")->setCurrentIndex(7);
    QVERIFY(form.notices().isEmpty());
    form.now += 2s;
    ask();
    form.chooseModel(u"grok-imagine-video-1.5"_s);
    QVERIFY(form.notices().isEmpty());
    form.now += 2s;
    ask();
    QTest::keyClicks(&form.prompt(), u"s"_s);
    QVERIFY(form.notices().isEmpty());
    QCOMPARE(form.sent.size(), 3);
}

void TestCreate::whatWasNotTakenIsNoSubmit()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.clickGenerate();
    Job job;
    job.request = form.panel.request();
    form.panel.submitController().endSubmit({job}, false);
    form.now += 1s;
    form.clickGenerate();
    QVERIFY(form.notices().isEmpty());
    QCOMPARE(form.sent.size(), 2);
}

void TestCreate::anotherRequestDoesNotAsk()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.clickGenerate();
    QTest::keyClicks(&form.prompt(), u"s"_s);
    form.now += 1s;
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 2);
}

void TestCreate::generateWaitsForTheImage()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    QVERIFY(form.image().isLoading());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QVERIFY(form.notices().isEmpty());
    QTRY_COMPARE(form.sent.size(), 1);
}

void TestCreate::waitingEndsWithTheImage()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    form.clickGenerate();
    form.image().clear();
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    QTRY_VERIFY(form.image().input());
    QCOMPARE(form.sent.size(), 0);

    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    form.clickGenerate();
    form.panel.setStartImage(m_folder.filePath(u"other.jpg"_s)); // Generate was not pressed for this one
    QTRY_VERIFY(form.image().input());
    QCOMPARE(form.sent.size(), 0);

    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    form.clickGenerate();
    form.panel.setMode(Mode::Text); // nor for a text
    QTRY_VERIFY(form.image().input());
    QCOMPARE(form.sent.size(), 0);
    form.panel.setMode(Mode::Image);

    form.panel.setStartImage(m_folder.filePath(u"gone.jpg"_s));
    form.clickGenerate();
    QTRY_COMPARE(form.notices().size(), 1);
    QCOMPARE(form.sent.size(), 0);
}

void TestCreate::waitingIsShownAndTakenBack()
{
    Form form(*this);
    QVERIFY(form.becomesActive());
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    const auto* wait = test::find<QLabel>(form.panel, "pendingSubmitNoteLabel");
    QVERIFY(!wait->isVisible());
    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    form.clickGenerate();
    QVERIFY(wait->isVisible());
    QTest::keyClick(&form.prompt(), Qt::Key_Escape);
    QVERIFY(!wait->isVisible());
    QTRY_VERIFY(form.image().input());
    QCOMPARE(form.sent.size(), 0);

    form.panel.setStartImage(m_folder.filePath(u"other.jpg"_s));
    form.clickGenerate();
    QTest::mouseClick(test::find<QPushButton>(form.panel, "pendingSubmitNoteCancelButton"), Qt::LeftButton);
    QVERIFY(!wait->isVisible());
    QTRY_VERIFY(form.image().input());
    QCOMPARE(form.sent.size(), 0);

    form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
    form.clickGenerate();
    form.clickGenerate(); // a double click is still one wish
    QTRY_COMPARE(form.sent.size(), 1);
    QVERIFY(!wait->isVisible());
}

void TestCreate::waitingEndsWithAnyEdit()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A boat"_s);
    const QList<std::function<void()>> edits{
        [&] { test::find<QComboBox>(form.panel, "takesCombo")->setCurrentIndex(7); },
        [&] { QTest::keyClicks(&form.prompt(), u"s"_s); },
        [&] { form.length().setSeconds(15); },
        [&] { form.chooseModel(u"grok-imagine-video-1.5"_s); },
    };
    for (const auto& edit : edits) {
        form.panel.setStartImage(m_folder.filePath(u"boat.jpg"_s));
        QVERIFY(form.image().isLoading());
        form.clickGenerate();
        edit();
        QVERIFY(!test::find<QLabel>(form.panel, "pendingSubmitNoteLabel")->isVisible());
        QTRY_VERIFY(form.image().input());
        QCOMPARE(form.sent.size(), 0);
        form.image().clear();
    }
}

void TestCreate::everyFieldIsReachedByTab()
{
    Form form(*this);
    QVERIFY(form.becomesActive());
    form.panel.setMode(Mode::Image);
    test::find<QPushButton>(form.panel, "chooseImageButton")->setFocus();
    QStringList order;
    for (int i = 0; i < 11; ++i) {
        QWidget* focused = form.panel.focusWidget();
        order.append(focused->objectName().isEmpty() ? focused->parentWidget()->objectName() : focused->objectName());
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    QCOMPARE(order, (QStringList{u"chooseImageButton"_s, u"imageAddressButton"_s, u"promptEdit"_s, u"modelCombo"_s,
                                 u"resolutionCombo"_s, u"lengthSlider"_s, u"takesCombo"_s, u"ratioTiles"_s,
                                 u"soundCheck"_s, u"serviceOptionsButton"_s, u"generateButton"_s}));
}

void TestCreate::everyControlHasAName()
{
    Form form(*this);
    form.noticeArea.post(Notice::Kind::Info, u"Something."_s, u"Do it"_s);
    const auto widgets = form.panel.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool isInside = qobject_cast<const QAbstractItemView*>(widget) || widget->isWindow();
        const bool hasName = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(hasName || isInside,
                 qPrintable(widget->objectName() + u' ' + QLatin1StringView(widget->metaObject()->className())));
    }
}

QTEST_MAIN(TestCreate)
#include "tst_create.moc"
