// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/fitview.h"
#include "gui/inputs/inputwell.h"
#include "gui/inputs/referencestrip.h"
#include "gui/inputs/referencetile.h"
#include "gui/look/theme.h"
#include "gui/widgets/notice.h"
#include "gui/widgets/ratiotiles.h"
#include "gui/widgets/segmentedbar.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/exifbytes.h"
#include "support/find.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// What becomes of an image before it is sent: fitted to the clip's ratio as a person wants it, without what tells
/// where it was taken.
class TestFit : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void anImageOfTheRatioIsNotTouched();
    void anotherRatioIsCroppedInTheMiddle();
    void theFrameIsDragged();
    void theFrameIsMovedByKeys();
    void padHasAColour();
    void padIsBlurredAtFirst();
    void keepSaysWhatMayHappen();
    void anotherRatioFitsAnew();
    void asTheImageIsTheWholeAgain();
    void generateWaitsForTheLastMove();
    void theLastFrameFollowsTheStartImage();
    void theFirstFrameBesideReferencesIsFitted();
    void referencesAreNeverCropped();
    void whatWasSentOnceIsSentAsItWas();
    void aNewImageBeginsInTheMiddle();

    void whereItWasTakenIsNotSent();
    void aReferenceSaysWhatWasDoneToIt();
    void theWishCountsAtOnce();
    void anotherKindBecomesAJpeg();

private:
    struct Form
    {
        explicit Form(const TestFit& test)
            : settings(test.path(u"settings.ini"_s))
            , panel(theme, dialogs, noticeArea, settings, table, test.path(u"pasted"_s))
        {
            panel.resize(360, 900);
            panel.show();
            test::find<PromptEdit>(panel, "promptEdit")->setPrompt(u"The boat drifts"_s);
        }
        void start(const QString& path, const std::optional<QString>& ratio)
        {
            panel.setStartImage(path);
            setRatio(ratio);
        }
        void setRatio(const std::optional<QString>& ratio)
        {
            test::find<RatioTiles>(panel, "ratioTiles")->setCurrent(ratio);
        }
        [[nodiscard]] InputWell& well(const char* name = "imageWell") const
        {
            return *test::find<InputWell>(panel, name);
        }
        [[nodiscard]] FitView& view() const { return *test::find<FitView>(panel, "fitView"); }
        /// The view, when it has its place in the form.
        [[nodiscard]] FitView& frame() const
        {
            FitView& shown = view();
            if (!QTest::qWaitFor([&shown] { return !shown.frame().isEmpty(); }))
                qFatal("The crop frame does not show");
            return shown;
        }
        [[nodiscard]] QString hint() const { return test::find<QLabel>(panel, "fitHint")->text(); }
        void choose(const QString& how) const
        {
            const auto segments = test::find<SegmentedBar>(panel, "fitBar")->findChildren<QRadioButton*>();
            for (QRadioButton* segment : segments) {
                if (segment->text() == how)
                    return QTest::mouseClick(segment, Qt::LeftButton);
            }
            qFatal("There is no such choice");
        }
        /// What would be sent, when it is ready.
        [[nodiscard]] LocalFile file(const char* name = "imageWell") const
        {
            if (!QTest::qWaitFor([&] { return !well(name).isLoading(); }))
                qFatal("The image does not get ready");
            return well(name).file() ? *well(name).file() : LocalFile();
        }
        void clickGenerate() const
        {
            QTest::mouseClick(test::find<GenerateButton>(panel, "generateButton"), Qt::LeftButton);
        }

        Theme theme;
        test::AnsweredDialogs dialogs;
        Settings settings;
        ModelTable table = ModelTable::builtIn();
        NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
        CreatePanel panel;
        QSignalSpy sent{&panel.submitController(), &SubmitController::submitted};
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

namespace {

/// Red above, green in the middle, blue below.
QImage bands(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::green);
    QPainter painter(&image);
    painter.fillRect(0, 0, width, height / 4, Qt::red);
    painter.fillRect(0, height - height / 4, width, height / 4, Qt::blue);
    return image;
}

bool looksLike(const QColor& is, const QColor& wanted)
{
    constexpr int tolerance = 40; // what JPEG makes of it
    return std::abs(is.red() - wanted.red()) < tolerance && std::abs(is.green() - wanted.green()) < tolerance &&
           std::abs(is.blue() - wanted.blue()) < tolerance;
}

QColor topOf(const LocalFile& file)
{
    const QImage image(file.path);
    return image.pixelColor(image.width() / 2, 2);
}

QColor bottomOf(const LocalFile& file)
{
    const QImage image(file.path);
    return image.pixelColor(image.width() / 2, image.height() - 3);
}

} // namespace

void TestFit::initTestCase()
{
    QVERIFY(bands(320, 320).save(path(u"square.png"_s)));
    QVERIFY(bands(320, 180).save(path(u"wide.jpg"_s)));
    QVERIFY(bands(180, 320).save(path(u"tall.jpg"_s)));
    QVERIFY(bands(320, 320).save(path(u"old.bmp"_s)));
    const QByteArray photo = test::withExif(test::encoded(bands(320, 180), "jpeg"), test::exifTiff(1));
    QVERIFY(test::writeFile(path(u"photo.jpg"_s), photo));
}

void TestFit::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
}

void TestFit::anImageOfTheRatioIsNotTouched()
{
    Form form(*this);
    form.start(path(u"wide.jpg"_s), u"16:9"_s);
    QCOMPARE(form.file().path, path(u"wide.jpg"_s));
    QVERIFY(!form.view().isVisible());
}

void TestFit::anotherRatioIsCroppedInTheMiddle()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    const LocalFile file = form.file();
    QVERIFY(form.view().isVisible());
    QVERIFY2(form.hint().startsWith(u"Cropped to 16:9."_s), qPrintable(form.hint()));
    QCOMPARE(file.size, QSize(320, 180));
    QCOMPARE(QImage(file.path).size(), QSize(320, 180));
    // An eighth of the height went above and below: half of the red and half of the blue band are left.
    QVERIFY(looksLike(topOf(file), Qt::red));
    QVERIFY(looksLike(bottomOf(file), Qt::blue));
    QCOMPARE(file.name, u"square.png"_s);
    QVERIFY(test::find<QLabel>(form.panel, "imageNotesLabel")->text().contains(u"16:9"_s)); // and it is said
    QCOMPARE(test::readFile(path(u"square.png"_s)), test::encoded(bands(320, 320), "png"));
}

void TestFit::theFrameIsDragged()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    QVERIFY(looksLike(topOf(form.file()), Qt::red));
    FitView& view = form.frame();
    const QPoint middle = view.frame().center().toPoint();
    const double before = view.frame().top();
    QTest::mousePress(&view, Qt::LeftButton, {}, middle);
    QTest::mouseMove(&view, middle + QPoint(0, 200));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, middle + QPoint(0, 200));
    QVERIFY(view.frame().top() > before);
    const LocalFile file = form.file();
    QCOMPARE(file.size, QSize(320, 180));
    QVERIFY(looksLike(topOf(file), Qt::green)); // as far down as can be
    QVERIFY(looksLike(bottomOf(file), Qt::blue));
}

void TestFit::theFrameIsMovedByKeys()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&form.frame(), Qt::Key_Up, Qt::ShiftModifier);
    const LocalFile top = form.file();
    QVERIFY(looksLike(topOf(top), Qt::red));
    QVERIFY(looksLike(bottomOf(top), Qt::green));
    const double before = form.frame().frame().top();
    QTest::keyClick(&form.frame(), Qt::Key_Down);
    QVERIFY(form.frame().frame().top() > before); // at the edge it comes back at once
}

void TestFit::padHasAColour()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    QColor offered;
    test::Answers& answers = form.dialogs.answers;
    answers.chooseColor = [&](const QColor& color) {
        offered = color;
        return std::optional(QColor(Qt::magenta));
    };
    form.choose(u"Pad"_s);
    QTest::mouseClick(test::find<QPushButton>(form.panel, "padColorButton"), Qt::LeftButton);
    QCOMPARE(offered, QColor(Qt::black));
    const LocalFile file = form.file();
    QCOMPARE(file.size, QSize(569, 320));
    const QImage image(file.path);
    QVERIFY(looksLike(image.pixelColor(4, 160), Qt::magenta));
    QVERIFY(looksLike(image.pixelColor(564, 160), Qt::magenta));
    QVERIFY(looksLike(image.pixelColor(284, 8), Qt::red));
    QVERIFY(looksLike(image.pixelColor(284, 160), Qt::green));
}

void TestFit::padIsBlurredAtFirst()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    form.choose(u"Pad"_s);
    const LocalFile file = form.file();
    QCOMPARE(file.size, QSize(569, 320));
    QVERIFY(looksLike(QImage(file.path).pixelColor(284, 160), Qt::green));
    QVERIFY(test::find<QPushButton>(form.panel, "padBlurButton")->isChecked());
    test::Answers& answers = form.dialogs.answers;
    answers.chooseColor = [](const QColor&) { return std::nullopt; };
    QTest::mouseClick(test::find<QPushButton>(form.panel, "padColorButton"), Qt::LeftButton);
    QVERIFY(test::find<QPushButton>(form.panel, "padBlurButton")->isChecked()); // cancelled
    QVERIFY(!form.well().slot().fit().colour);
}

void TestFit::keepSaysWhatMayHappen()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    form.choose(u"Keep"_s);
    QCOMPARE(form.file().path, path(u"square.png"_s));
    QVERIFY2(form.hint().contains(u"stretch"_s), qPrintable(form.hint()));
}

void TestFit::anotherRatioFitsAnew()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    QCOMPARE(form.file().size, QSize(320, 180));
    form.setRatio(u"9:16"_s);
    QCOMPARE(form.file().size, QSize(180, 320));
    QVERIFY(form.hint().contains(u"9:16"_s));
    form.setRatio(u"1:1"_s);
    QCOMPARE(form.file().path, path(u"square.png"_s));
    QVERIFY(!form.view().isVisible());
}

void TestFit::asTheImageIsTheWholeAgain()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    QCOMPARE(form.file().size, QSize(320, 180));
    form.setRatio(std::nullopt);
    QCOMPARE(form.file().path, path(u"square.png"_s));
    QVERIFY(!form.view().isVisible());
}

void TestFit::generateWaitsForTheLastMove()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&form.frame(), Qt::Key_Down, Qt::ShiftModifier);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QTRY_COMPARE(form.sent.size(), 1);
    const auto request = form.sent.first().first().value<GenerationRequest>();
    const auto file = std::get<LocalFile>(std::get<FromImage>(request.inputs).image);
    QCOMPARE(QImage(file.path).size(), QSize(320, 180));
    QVERIFY(looksLike(topOf(file), Qt::green));
    QCOMPARE(request.aspectRatio, u"16:9"_s);
}

void TestFit::theLastFrameFollowsTheStartImage()
{
    Form form(*this);
    form.panel.setMode(Mode::Image);
    test::find<QComboBox>(form.panel, "modelCombo")->setCurrentIndex(1); // 1.5
    form.well("lastFrameWell").setFile(path(u"square.png"_s));
    QCOMPARE(form.file("lastFrameWell").size, QSize(320, 320)); // no start image yet
    form.start(path(u"wide.jpg"_s), std::nullopt);
    QTRY_COMPARE(form.file("lastFrameWell").size, QSize(320, 180));
    form.setRatio(u"1:1"_s);
    QTRY_COMPARE(form.file("lastFrameWell").size, QSize(320, 320));
    QCOMPARE(form.file().size, QSize(180, 180));
}

void TestFit::theFirstFrameBesideReferencesIsFitted()
{
    Form form(*this);
    form.panel.setMode(Mode::Reference);
    test::find<QComboBox>(form.panel, "modelCombo")->setCurrentIndex(1); // 1.5
    form.setRatio(u"16:9"_s);
    form.well("firstFrameWell").setFile(path(u"square.png"_s));
    QCOMPARE(form.file("firstFrameWell").size, QSize(320, 180));
}

void TestFit::referencesAreNeverCropped()
{
    Form form(*this);
    form.panel.setMode(Mode::Reference);
    form.setRatio(u"16:9"_s);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(u"square.png"_s)), QUrl::fromLocalFile(path(u"tall.jpg"_s))});
    QVERIFY(form.panel.dropFrom(&data));
    auto* strip = test::find<ReferenceStrip>(form.panel, "referenceStrip");
    QTRY_VERIFY(!strip->isLoading());
    QCOMPARE(std::get<LocalFile>(strip->inputs().at(0)).path, path(u"square.png"_s));
    QCOMPARE(std::get<LocalFile>(strip->inputs().at(1)).path, path(u"tall.jpg"_s));
}

void TestFit::whatWasSentOnceIsSentAsItWas()
{
    Form form(*this);
    LocalFile kept;
    kept.path = path(u"square.png"_s);
    kept.name = u"square.png"_s;
    kept.mime = u"image/png"_s;
    kept.hash = u"0123"_s;
    kept.bytes = 1000;
    kept.size = {320, 320};
    GenerationRequest request = defaultRequest(Mode::Image, *form.table.find(u"grok-imagine-video"_s));
    request.prompt = u"The boat drifts"_s;
    request.aspectRatio = u"16:9"_s;
    request.inputs = FromImage{kept, {}, {}};
    form.panel.setRequest(request);
    QCOMPARE(form.file(), kept);
    QCOMPARE(form.panel.request(), request);
    QVERIFY(form.hint().contains(u"stretch"_s)); // but it can be fitted now
    form.choose(u"Crop"_s);
    QCOMPARE(form.file().size, QSize(320, 180));
}

void TestFit::aNewImageBeginsInTheMiddle()
{
    Form form(*this);
    form.start(path(u"square.png"_s), u"16:9"_s);
    (void)form.file();
    QTest::keyClick(&form.frame(), Qt::Key_Down, Qt::ShiftModifier);
    form.choose(u"Pad"_s);
    form.well().setFile(path(u"tall.jpg"_s));
    (void)form.file();
    QCOMPARE(form.well().slot().fit().how, ImageFit::How::Crop);
    QCOMPARE(form.well().slot().fit().centre, QPointF(0.5, 0.5));
}

void TestFit::whereItWasTakenIsNotSent()
{
    Form form(*this);
    form.start(path(u"photo.jpg"_s), std::nullopt);
    const LocalFile file = form.file();
    const QByteArray bytes = test::readFile(file.path);
    QVERIFY(!bytes.contains("Exif"));
    QVERIFY(!bytes.contains(test::latitude));
    QVERIFY(test::readFile(path(u"photo.jpg"_s)).contains("Exif")); // the person's own file stays
    QCOMPARE(file.name, u"photo.jpg"_s);
    const QString note = test::find<QLabel>(form.panel, "imageNotesLabel")->text();
    QVERIFY2(note.startsWith(u"Location and camera data removed"_s), qPrintable(note));
    QVERIFY(form.well().slot().toolTip().contains(path(u"photo.jpg"_s)));
}

void TestFit::aReferenceSaysWhatWasDoneToIt()
{
    Form form(*this);
    form.panel.setMode(Mode::Reference);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(u"photo.jpg"_s))});
    QVERIFY(form.panel.dropFrom(&data));
    auto* strip = test::find<ReferenceStrip>(form.panel, "referenceStrip");
    QTRY_VERIFY(!strip->isLoading());
    const auto* tile = strip->findChild<ReferenceTile*>();
    const QString note = u"Location and camera data removed"_s;
    QVERIFY2(tile->toolTip().contains(note), qPrintable(tile->toolTip()));
    QVERIFY2(tile->accessibleDescription().startsWith(note), qPrintable(tile->accessibleDescription()));
}

void TestFit::theWishCountsAtOnce()
{
    Form form(*this);
    form.settings.setRemoveMetadata(false);
    form.start(path(u"photo.jpg"_s), std::nullopt);
    QCOMPARE(form.file().path, path(u"photo.jpg"_s));
    QVERIFY(!test::find<QLabel>(form.panel, "imageNotesLabel")->isVisible());
    form.settings.setRemoveMetadata(true);
    form.well().setFile(path(u"photo.jpg"_s));
    QVERIFY(!test::readFile(form.file().path).contains("Exif"));
}

void TestFit::anotherKindBecomesAJpeg()
{
    Form form(*this);
    form.start(path(u"old.bmp"_s), std::nullopt);
    const LocalFile file = form.file();
    QCOMPARE(file.mime, u"image/jpeg"_s);
    QCOMPARE(QImage(file.path).size(), QSize(320, 320));
    const QString note = test::find<QLabel>(form.panel, "imageNotesLabel")->text();
    QVERIFY2(note.contains(u"JPEG"_s) && note.contains(u"BMP"_s), qPrintable(note));
}

QTEST_MAIN(TestFit)
#include "tst_fit.moc"
