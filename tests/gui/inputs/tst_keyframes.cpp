// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate.h"
#include "gui/inputs/keyframepin.h"
#include "gui/inputs/keyframeruler.h"
#include "gui/widgets/ratiotiles.h"
#include "support/createform.h"
#include "support/testcase.h"

#include <QDropEvent>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// Pictures that the clip passes through, set on a ruler.
class TestKeyframes : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void onlyWhereTheModelTakesThem();
    void aClickAddsOneAtThatTime();
    void theButtonFillsTheLongestGap();
    void anAddressIsAdded();
    void aDropAddsOneAtThatTime();
    void whatHasNoRoomIsLeftOut();
    void otherThingsFallThrough();
    void anImageThatCannotBeReadGoes();
    void anotherRatioIsCropped();
    void asTheImageFollowsTheStartImage();
    void whatWasSentOnceStaysButIsSaid();
    void keysMoveAlongTheGrid();
    void takenPlacesAreSteppedOver();
    void deleteRemoves();
    void enterReplaces();
    void theMouseMoves();
    void rightToLeftMirrors();
    void tabGoesThroughThemInTime();
    void picturesDoNotHideEachOther();
    void aShorterClipSaysWhatIsOutside();
    void generateWaitsAndSendsTheBody();
    void whatWasSentComesBack_data();
    void whatWasSentComesBack();
    void theBodyIsTheDocumentedOne();

private:
    static constexpr auto model = "grok-imagine-video-1.5";

    struct Form : test::CreateForm
    {
        explicit Form(const TestKeyframes& test, Mode mode = Mode::Text) : CreateForm(test.m_folder.path(), mode)
        {
            choose("modelCombo", QLatin1StringView(model));
            setLength(6);
            dialogs.answers.openImage = [&test](const QString&) { return test.path(u"1.png"_s); };
        }
        [[nodiscard]] KeyframeRuler& ruler() const { return *part<KeyframeRuler>("keyframeRuler"); }
        [[nodiscard]] QList<double> times() const
        {
            QList<double> times;
            const auto keyframes = ruler().keyframes();
            for (const Keyframe& keyframe : keyframes)
                times.append(keyframe.seconds);
            return times;
        }
        /// Of the pictures as they are sent; none while any is looked at.
        [[nodiscard]] QList<QSize> sizes() const
        {
            QList<QSize> sizes;
            const auto keyframes = ruler().isLoading() ? QList<Keyframe>() : ruler().keyframes();
            for (const Keyframe& keyframe : keyframes)
                sizes.append(std::get<LocalFile>(keyframe.image).size);
            return sizes;
        }
        void setRatio(const std::optional<QString>& ratio) const { part<RatioTiles>("ratioTiles")->setCurrent(ratio); }
        /// Where a time is on the ruler, below the pictures.
        [[nodiscard]] QPoint placeOf(double seconds) const
        {
            const int x = 4 + qRound(seconds / 6 * (ruler().width() - 8));
            return {ruler().isRightToLeft() ? ruler().width() - x : x, ruler().height() - 4};
        }
        bool drop(const QMimeData& data, double seconds) const
        {
            QDragEnterEvent enter(placeOf(seconds), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                                  Qt::NoModifier);
            QCoreApplication::sendEvent(&ruler(), &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent drop(placeOf(seconds), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&ruler(), &drop);
            return drop.isAccepted() && drop.dropAction() == Qt::CopyAction;
        }
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] std::unique_ptr<QMimeData> files(int count) const;
    [[nodiscard]] Keyframe keyframe(int image, double seconds) const;
    void fill(const Form& form, const QList<double>& times) const;

    QTemporaryDir m_folder;
};

void TestKeyframes::initTestCase()
{
    for (int i = 1; i <= 6; ++i) {
        QImage picture(160, 90, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(i * 55, 160, 160));
        QVERIFY(picture.save(path(u"%1.png"_s.arg(i))));
    }
}

void TestKeyframes::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
}

std::unique_ptr<QMimeData> TestKeyframes::files(int count) const
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (int i = 1; i <= count; ++i)
        urls.append(QUrl::fromLocalFile(path(u"%1.png"_s.arg(i))));
    data->setUrls(urls);
    return data;
}

Keyframe TestKeyframes::keyframe(int image, double seconds) const
{
    LocalFile file;
    file.path = path(u"%1.png"_s.arg(image));
    file.name = u"%1.png"_s.arg(image);
    file.mime = u"image/png"_s;
    file.hash = u"hash %1"_s.arg(image);
    file.bytes = QFileInfo(file.path).size();
    file.size = {160, 90};
    return {file, seconds};
}

void TestKeyframes::fill(const Form& form, const QList<double>& times) const
{
    QList<Keyframe> keyframes;
    for (const double seconds : times)
        keyframes.append(keyframe(static_cast<int>(keyframes.size()) + 1, seconds));
    form.ruler().setKeyframes(keyframes);
    QTRY_VERIFY(!form.ruler().isLoading());
}

void TestKeyframes::onlyWhereTheModelTakesThem()
{
    Form form(*this);
    QVERIFY(form.shows("keyframeSection"));
    fill(form, {2});
    form.panel.setMode(Mode::Image);
    form.choose("modelCombo", QLatin1StringView(model));
    QVERIFY(form.shows("keyframeSection"));
    QCOMPARE(std::get<FromImage>(form.panel.request().inputs).keyframes.size(), 1); // kept over the change of mode
    form.choose("modelCombo", u"grok-imagine-video"_s);
    QVERIFY(!form.shows("keyframeSection"));
    QVERIFY(std::get<FromImage>(form.panel.request().inputs).keyframes.isEmpty());
    for (const Mode mode : {Mode::Reference, Mode::Edit, Mode::Extend}) {
        form.panel.setMode(mode);
        QVERIFY(!form.shows("keyframeSection"));
    }
}

void TestKeyframes::aClickAddsOneAtThatTime()
{
    Form form(*this);
    QTest::mouseClick(&form.ruler(), Qt::LeftButton, {}, form.placeOf(4.1)); // the nearest third
    QTRY_VERIFY(!form.ruler().isLoading());
    QCOMPARE(form.times(), QList<double>{4});
    QCOMPARE(form.part<QLabel>("keyframeLabel")->text(), u"Keyframes · 1 of 4"_s);
    QTest::mouseClick(&form.ruler(), Qt::LeftButton, {}, form.placeOf(2.3));
    QCOMPARE(form.times(), (QList<double>{7 / 3.0, 4}));
    QTest::mouseClick(&form.ruler(), Qt::LeftButton, {}, QPoint(1, form.ruler().height() - 4)); // strictly inside
    QCOMPARE(form.times().first(), 1 / 3.0);
    QTest::mouseClick(&form.ruler(), Qt::LeftButton, {}, form.placeOf(6));
    QCOMPARE(form.times().last(), 17 / 3.0);
    QVERIFY(!form.part<QPushButton>("addKeyframeButton")->isEnabled());
    QTRY_VERIFY(!form.ruler().isLoading());
    QCOMPARE(validate(form.panel.request(), *form.table.find(QLatin1StringView(model))).size(), 1); // of the prompt
}

void TestKeyframes::theButtonFillsTheLongestGap()
{
    Form form(*this);
    form.click("addKeyframeButton");
    QCOMPARE(form.times(), QList<double>{3});
    form.click("addKeyframeButton");
    form.click("addKeyframeButton");
    form.click("addKeyframeButton");
    QCOMPARE(form.times(), (QList<double>{4 / 3.0, 2, 3, 13 / 3.0}));
    form.click("addKeyframeButton");
    QCOMPARE(form.ruler().count(), 4);
}

void TestKeyframes::anAddressIsAdded()
{
    Form form(*this);
    form.click("keyframeAddressButton");
    auto* edit = form.part<QLineEdit>("keyframeAddressEdit");
    QTest::keyClicks(edit, u"https://a.example/boat.jpg"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!edit->isVisible());
    QCOMPARE(form.ruler().keyframes(), (QList<Keyframe>{{RemoteUrl{QUrl(u"https://a.example/boat.jpg"_s)}, 3}}));
}

void TestKeyframes::aDropAddsOneAtThatTime()
{
    Form form(*this);
    QVERIFY(form.drop(*files(1), 5));
    QTRY_VERIFY(!form.ruler().isLoading());
    QCOMPARE(form.times(), QList<double>{5});
    QCOMPARE(std::get<LocalFile>(form.ruler().keyframes().first().image).path, path(u"1.png"_s));
    QVERIFY(form.drop(*files(2), 5)); // the place is taken: the next free ones
    QCOMPARE(form.times(), (QList<double>{5, 16 / 3.0, 17 / 3.0}));

    QMimeData pixels;
    QImage picture(20, 20, QImage::Format_RGB32);
    picture.fill(Qt::red);
    pixels.setImageData(picture);
    QVERIFY(form.drop(pixels, 1));
    QTRY_VERIFY(!form.ruler().isLoading());
    QCOMPARE(form.times().first(), 1);
}

void TestKeyframes::whatHasNoRoomIsLeftOut()
{
    Form form(*this);
    QVERIFY(form.drop(*files(6), 1));
    QCOMPARE(form.times(), (QList<double>{1, 2, 3, 4}));
    QCOMPARE(form.notices().size(), 1);
    QCOMPARE(form.notices().first()->sentence(), u"At most 4 keyframes are possible here. Left out: 2."_s);
    QVERIFY(!form.drop(*files(1), 5));
}

void TestKeyframes::otherThingsFallThrough()
{
    Form form(*this);
    QMimeData text;
    text.setText(u"gulls"_s);
    QVERIFY(!form.drop(text, 1)); // the window takes it
    QMimeData video;
    video.setUrls({QUrl::fromLocalFile(path(u"a.mp4"_s))});
    QVERIFY(!form.drop(video, 1));
    QCOMPARE(form.ruler().count(), 0);
}

void TestKeyframes::anImageThatCannotBeReadGoes()
{
    Form form(*this);
    Keyframe gone = keyframe(2, 4);
    std::get<LocalFile>(gone.image).path = path(u"gone.png"_s);
    std::get<LocalFile>(gone.image).name = u"gone.png"_s;
    form.ruler().setKeyframes({keyframe(1, 2), gone});
    QTRY_COMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"gone.png"_s));
    QCOMPARE(form.times(), QList<double>{2});
}

void TestKeyframes::anotherRatioIsCropped()
{
    Form form(*this);
    // Blue on both sides of a yellow middle: 1:1 leaves the middle alone.
    QImage wide(320, 180, QImage::Format_RGB32);
    wide.fill(Qt::blue);
    QPainter(&wide).fillRect(70, 0, 180, 180, Qt::yellow);
    QVERIFY(wide.save(path(u"wide.png"_s)));
    test::Answers& answers = form.dialogs.answers;
    answers.openImage = [this](const QString&) { return path(u"wide.png"_s); };
    form.setRatio(u"16:9"_s);
    form.click("addKeyframeButton");
    QTRY_COMPARE(form.sizes(), QList<QSize>{QSize(320, 180)});
    KeyframePin* pin = form.ruler().pins().first();
    QVERIFY2(!pin->toolTip().contains(u"Cropped"_s), qPrintable(pin->toolTip()));
    const auto edge = [pin] { return pin->grab().toImage().pixelColor(4, pin->height() / 3); };
    QCOMPARE(edge(), QColor(Qt::blue));

    form.setRatio(u"1:1"_s);
    QTRY_COMPARE(form.sizes(), QList<QSize>{QSize(180, 180)});
    QVERIFY2(pin->toolTip().contains(u"\nCropped to 1:1.\n"_s), qPrintable(pin->toolTip()));
    QVERIFY(pin->accessibleDescription().contains(u"Cropped to 1:1."_s));
    QCOMPARE(edge(), QColor(Qt::yellow));
    form.click("addKeyframeButton"); // the next one at once
    QTRY_COMPARE(form.sizes(), (QList<QSize>{{180, 180}, {180, 180}}));
}

void TestKeyframes::asTheImageFollowsTheStartImage()
{
    Form form(*this, Mode::Image);
    QImage square(300, 300, QImage::Format_RGB32);
    square.fill(Qt::green);
    QVERIFY(square.save(path(u"square.png"_s)));
    form.setRatio(std::nullopt);
    form.click("addKeyframeButton");
    QTRY_COMPARE(form.sizes(), QList<QSize>{QSize(160, 90)});
    form.panel.setStartImage(path(u"square.png"_s));
    QTRY_COMPARE(form.sizes(), QList<QSize>{QSize(90, 90)});
    const QString tip = form.ruler().pins().first()->toolTip();
    QVERIFY2(tip.contains(u"\nCropped to 1:1.\n"_s), qPrintable(tip));
}

void TestKeyframes::whatWasSentOnceStaysButIsSaid()
{
    Form form(*this);
    form.setRatio(u"1:1"_s);
    fill(form, {2});
    KeyframePin* pin = form.ruler().pins().first();
    QCOMPARE(form.sizes(), QList<QSize>{QSize(160, 90)});
    QVERIFY2(pin->toolTip().contains(u"The clip is 1:1: the service may stretch the image."_s),
             qPrintable(pin->toolTip()));
}

void TestKeyframes::keysMoveAlongTheGrid()
{
    Form form(*this);
    fill(form, {1});
    KeyframePin* pin = form.ruler().pins().first();
    QCOMPARE(pin->accessibleName(), u"Keyframe at 1 s: 1.png"_s);
    QVERIFY(pin->toolTip().startsWith(u"Keyframe at 1 s\n"_s));
    QTest::keyClick(pin, Qt::Key_Right);
    QCOMPARE(form.times(), QList<double>{4 / 3.0});
    QCOMPARE(pin->accessibleName(), u"Keyframe at 1.33 s: 1.png"_s);
    QTest::keyClick(pin, Qt::Key_Right, Qt::ShiftModifier); // a whole second
    QCOMPARE(form.times(), QList<double>{7 / 3.0});
    QTest::keyClick(pin, Qt::Key_Left);
    QCOMPARE(form.times(), QList<double>{2});
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(pin, Qt::Key_Left);
    QCOMPARE(form.times(), QList<double>{1 / 3.0});
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(pin, Qt::Key_Right);
    QCOMPARE(form.times(), QList<double>{17 / 3.0});
}

void TestKeyframes::takenPlacesAreSteppedOver()
{
    Form form(*this);
    fill(form, {1, 4 / 3.0, 17 / 3.0});
    KeyframePin* first = form.ruler().pins().first();
    QTest::keyClick(first, Qt::Key_Right);
    QCOMPARE(form.times(), (QList<double>{4 / 3.0, 5 / 3.0, 17 / 3.0}));
    QCOMPARE(first->seconds(), 5 / 3.0);
    KeyframePin* last = form.ruler().pins().last();
    QTest::keyClick(last, Qt::Key_Left);
    QTest::keyClick(first, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(first->seconds(), 8 / 3.0);
}

void TestKeyframes::deleteRemoves()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    fill(form, {1, 3});
    const auto pins = form.ruler().pins();
    pins.first()->setFocus();
    QTest::keyClick(pins.first(), Qt::Key_Delete);
    QCOMPARE(form.times(), QList<double>{3});
    QVERIFY(pins.at(1)->hasFocus());
    QTest::mouseClick(pins.at(1)->findChild<QWidget*>(u"removeKeyframeButton"_s), Qt::LeftButton);
    QCOMPARE(form.ruler().count(), 0);
    QVERIFY(form.part<QPushButton>("addKeyframeButton")->hasFocus());
}

void TestKeyframes::enterReplaces()
{
    Form form(*this);
    fill(form, {1, 3});
    KeyframePin* second = form.ruler().pins().at(1);
    QTest::keyClick(second, Qt::Key_Return);
    QTRY_VERIFY(!form.ruler().isLoading());
    QCOMPARE(form.times(), (QList<double>{1, 3}));
    QCOMPARE(std::get<LocalFile>(*second->slot().input()).path, path(u"1.png"_s));
}

void TestKeyframes::theMouseMoves()
{
    Form form(*this);
    fill(form, {1, 4});
    KeyframePin* pin = form.ruler().pins().first();
    const QPoint grip = pin->rect().center();
    const QPoint away = grip + QPoint(form.placeOf(3.05).x() - form.placeOf(1).x(), 0);
    const QPoint start = pin->mapToGlobal(grip);
    QTest::mousePress(pin, Qt::LeftButton, {}, grip);
    const auto drag = [pin](const QPoint& global) {
        QMouseEvent move(QEvent::MouseMove, pin->mapFromGlobal(global), global, Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(pin, &move);
    };
    drag(start + QPoint(2, 0)); // the hand trembles
    QCOMPARE(form.times(), (QList<double>{1, 4}));
    drag(start + away - grip);
    QCOMPARE(form.times(), (QList<double>{3, 4}));
    drag(start + away - grip + QPoint(form.placeOf(4).x() - form.placeOf(3.05).x(), 0)); // onto the other
    QCOMPARE(form.times(), (QList<double>{3, 4}));
    drag(start + QPoint(2000, 0));
    QCOMPARE(form.times(), (QList<double>{4, 17 / 3.0}));
    QTest::mouseRelease(pin, Qt::LeftButton);
}

void TestKeyframes::rightToLeftMirrors()
{
    Form form(*this);
    form.panel.setLayoutDirection(Qt::RightToLeft);
    QTest::mouseClick(&form.ruler(), Qt::LeftButton, {}, form.placeOf(5));
    QCOMPARE(form.times(), QList<double>{5});
    KeyframePin* pin = form.ruler().pins().first();
    QVERIFY(pin->geometry().center().x() < form.ruler().width() / 2);
    QTest::keyClick(pin, Qt::Key_Right);
    QCOMPARE(form.times(), QList<double>{14 / 3.0});
}

void TestKeyframes::tabGoesThroughThemInTime()
{
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    fill(form, {4, 2});
    const auto pins = form.ruler().pins();
    form.part<QPushButton>("addKeyframeButton")->setFocus();
    for (KeyframePin* pin : pins) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(pin->hasFocus());
    }
    QTest::keyClick(pins.last(), Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(pins.last(), Qt::Key_Left, Qt::ShiftModifier); // now it is the first
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(pins.first()->hasFocus());
}

void TestKeyframes::picturesDoNotHideEachOther()
{
    Form form(*this);
    for (const auto& times :
         {QList<double>{1 / 3.0, 2 / 3.0, 1, 4 / 3.0}, QList<double>{14 / 3.0, 5, 16 / 3.0, 17 / 3.0},
          QList<double>{8 / 3.0, 3, 10 / 3.0, 11 / 3.0}}) {
        fill(form, times);
        const auto pins = form.ruler().pins();
        for (qsizetype i = 0; i < pins.size(); ++i) {
            QVERIFY(form.ruler().rect().contains(pins.at(i)->geometry()));
            QVERIFY(i == 0 || pins.at(i - 1)->geometry().right() < pins.at(i)->geometry().left());
        }
    }
}

void TestKeyframes::aShorterClipSaysWhatIsOutside()
{
    Form form(*this);
    form.prompt().setPrompt(u"Gulls"_s);
    fill(form, {1, 4, 5});
    QVERIFY(!form.shows("keyframeWarningLabel"));
    form.setLength(4);
    QCOMPARE(form.times(), (QList<double>{1, 4, 5})); // nothing moves by itself
    QVERIFY(form.shows("keyframeWarningLabel"));
    QCOMPARE(form.part<QLabel>("keyframeWarningLabel")->text(), u"2 keyframes are outside the clip."_s);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().first()->sentence(), u"A keyframe at 4 s is not inside the clip of 4 s. Move it."_s);
    form.click("moveKeyframesButton");
    QCOMPARE(form.times(), (QList<double>{1, 10 / 3.0, 11 / 3.0}));
    QVERIFY(!form.shows("keyframeWarningLabel"));
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
}

void TestKeyframes::generateWaitsAndSendsTheBody()
{
    Form form(*this, Mode::Image);
    form.prompt().setPrompt(u"Gulls"_s);
    form.panel.setStartImage(path(u"2.png"_s));
    QVERIFY(form.drop(*files(1), 2));
    form.clickGenerate(); // while they are being looked at
    QTRY_COMPARE(form.sent.size(), 1);
    const QJsonObject body = test::bodyOf(form.sentRequest());
    const QJsonArray keyframes = body["keyframes"_L1].toArray();
    QCOMPARE(keyframes.size(), 1);
    QCOMPARE(keyframes[0]["timestamp_s"_L1].toDouble(), 2);
    QVERIFY(keyframes[0]["image"_L1]["url"_L1].toString().startsWith(u"data:image/png;base64,"_s));
}

void TestKeyframes::whatWasSentComesBack_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::newRow("from text") << Mode::Text;
    QTest::newRow("from an image") << Mode::Image;
}

void TestKeyframes::whatWasSentComesBack()
{
    QFETCH(Mode, mode);
    GenerationRequest request;
    request.prompt = u"Gulls"_s;
    request.model = QLatin1StringView(model);
    request.duration = std::chrono::seconds(9);
    request.resolution = u"720p"_s;
    const QList<Keyframe> keyframes{
        keyframe(1, 2 / 3.0), keyframe(2, 8), {RemoteUrl{QUrl(u"https://a.example/b"_s)}, 8.333}};
    if (mode == Mode::Image) {
        request.inputs = FromImage{keyframe(3, 0).image, {}, keyframes};
    } else {
        request.inputs = FromText{keyframes};
        request.aspectRatio = u"16:9"_s;
    }
    Form form(*this, Mode::Reference);
    form.panel.setRequest(request);
    QTRY_COMPARE(form.panel.request(), request); // also a time written with three decimals
    QVERIFY(form.notices().isEmpty());
    request.inputs = FromText{};
    request.aspectRatio = u"16:9"_s;
    form.panel.setRequest(request);
    QCOMPARE(form.ruler().count(), 0);
}

void TestKeyframes::theBodyIsTheDocumentedOne()
{
    Form form(*this);
    form.prompt().setPrompt(u"Through the points."_s);
    form.setLength(5);
    form.choose("resolutionCombo", u"480p"_s);
    form.ruler().setKeyframes({{RemoteUrl{QUrl(u"https://example.com/k1.png"_s)}, 1}});
    QTest::keyClick(form.ruler().pins().first(), Qt::Key_Right, Qt::ShiftModifier);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);
    QJsonObject golden = test::goldenBody(u"keyframes.json"_s);
    golden.insert("aspect_ratio"_L1, u"16:9"_s); // our form always says it
    QCOMPARE(test::bodyOf(form.sentRequest()), golden);
}

QTEST_MAIN(TestKeyframes)
#include "tst_keyframes.moc"
