// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"
#include "core/sourcerules.h"
#include "support/testcase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using What = SourceFault::What;

Q_DECLARE_METATYPE(clipkiln::InputKind)
Q_DECLARE_METATYPE(clipkiln::SourceFault::What)

/// What a clip can be made from: kinds, types, bytes and seconds, and the sentence for each that is wrong.
class TestSourceRules : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void eachModeHasItsKind();
    void aFileIsJudged_data();
    void aFileIsJudged();
    void aVideoCanHaveTwoFaults();
    void lengthsHaveATolerance_data();
    void lengthsHaveATolerance();
    void theWrongKindSaysWhereToUseIt();
};

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

LocalFile file(const QString& mime, qint64 bytes, double seconds = 0)
{
    LocalFile file;
    file.path = u"/a/gulls"_s;
    file.name = u"gulls"_s;
    file.mime = mime;
    file.bytes = bytes;
    file.seconds = seconds;
    return file;
}

ModeLimits fromTwoTo(double longest)
{
    ModeLimits limits;
    limits.minSourceSeconds = 2;
    limits.maxSourceSeconds = longest;
    return limits;
}

} // namespace

void TestSourceRules::eachModeHasItsKind()
{
    QCOMPARE(sourceKindOf(Mode::Text), std::nullopt);
    QCOMPARE(sourceKindOf(Mode::Image), InputKind::Image);
    QCOMPARE(sourceKindOf(Mode::Reference), InputKind::Image);
    QCOMPARE(sourceKindOf(Mode::Edit), InputKind::Video);
    QCOMPARE(sourceKindOf(Mode::Extend), InputKind::Video);
}

void TestSourceRules::aFileIsJudged_data()
{
    QTest::addColumn<InputKind>("kind");
    QTest::addColumn<LocalFile>("given");
    QTest::addColumn<std::optional<What>>("what");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, InputKind kind, const LocalFile& given, std::optional<What> what = {},
                        const QString& sentence = {}) { QTest::newRow(name) << kind << given << what << sentence; };
    const auto jpeg = u"image/jpeg"_s;
    const auto mp4 = u"video/mp4"_s;
    const QString noImage = u"gulls cannot be sent. Images must be JPEG, PNG or WebP."_s;
    const QString noVideo = u"gulls cannot be sent. The source video must be MP4."_s;

    row("a JPEG", InputKind::Image, file(jpeg, 1000));
    row("a PNG", InputKind::Image, file(u"image/png"_s, 1000));
    row("a WebP", InputKind::Image, file(u"image/webp"_s, 1000));
    row("a HEIC", InputKind::Image, file(u"image/heic"_s, 1000), What::WrongType, noImage);
    row("a video for an image", InputKind::Image, file(mp4, 1000, 5), What::WrongKind, noImage);
    row("an unknown file for an image", InputKind::Image, file({}, 1000), What::WrongKind, noImage);
    row("an image of 20 MB", InputKind::Image, file(jpeg, 20 * mebibyte));
    row("an image one byte larger", InputKind::Image, file(jpeg, 20 * mebibyte + 1), What::TooLarge,
        u"gulls has 21 MB. Images can have 20 MB at most: choose a smaller one."_s);

    row("an MP4", InputKind::Video, file(mp4, 1000, 5));
    row("a QuickTime film", InputKind::Video, file(u"video/quicktime"_s, 1000, 5), What::WrongType, noVideo);
    row("a picture for a video", InputKind::Video, file(jpeg, 1000), What::WrongKind, noVideo);
    row("a video of 48 MB", InputKind::Video, file(mp4, 48'000'000, 5));
    row("a video one byte larger", InputKind::Video, file(mp4, 48'000'001, 5), What::TooLarge,
        u"gulls has 49 MB. The source video can have 48 MB at most: choose a smaller one."_s);
    row("a video of unknown length", InputKind::Video, file(mp4, 1000, 0));
    row("a video of the shortest length", InputKind::Video, file(mp4, 1000, 2));
    row("a shorter one", InputKind::Video, file(mp4, 1000, 1.9996), What::TooShort,
        u"gulls is 1.99 s long. The source video must be at least 2 s."_s);
    row("a video of the longest length", InputKind::Video, file(mp4, 1000, 8.7));
    row("a longer one", InputKind::Video, file(mp4, 1000, 8.76), What::TooLong,
        u"gulls is 8.76 s long. The source video can be 8.7 s at most: choose a shorter one."_s);
}

void TestSourceRules::aFileIsJudged()
{
    QFETCH(InputKind, kind);
    QFETCH(LocalFile, given);
    QFETCH(std::optional<What>, what);
    QFETCH(QString, sentence);
    const QList<SourceFault> faults = faultsOf(given, kind, fromTwoTo(8.7));
    QList<SourceFault> expected;
    if (what)
        expected.append({*what, sentence});
    QCOMPARE(faults, expected);
}

void TestSourceRules::aVideoCanHaveTwoFaults()
{
    const QList<SourceFault> faults = faultsOf(file(u"video/mp4"_s, 60'000'000, 30), InputKind::Video, fromTwoTo(15));
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults.first().what, What::TooLarge);
    QCOMPARE(faults.last().what, What::TooLong);
}

void TestSourceRules::lengthsHaveATolerance_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<double>("longest");
    QTest::addColumn<bool>("tooLong");
    QTest::newRow("as long as can be") << 15.0 << 15.0 << false;
    QTest::newRow("one frame of 24 more, as the service's own clips") << 15.0 + 1.0 / 24 << 15.0 << false;
    QTest::newRow("two frames more") << 15.0 + 2.0 / 24 << 15.0 << true;
    QTest::newRow("no limit known") << 3600.0 << 0.0 << false;
    QTest::newRow("no length known") << 0.0 << 15.0 << false;
}

void TestSourceRules::lengthsHaveATolerance()
{
    QFETCH(double, seconds);
    QFETCH(double, longest);
    QFETCH(bool, tooLong);
    QCOMPARE(isTooLong(seconds, longest), tooLong);
}

void TestSourceRules::theWrongKindSaysWhereToUseIt()
{
    QCOMPARE(wrongKindSentence(InputKind::Image),
             u"This is a video. Choose a JPEG, PNG or WebP picture here, or use the video in Edit or Extend."_s);
    QCOMPARE(wrongKindSentence(InputKind::Video),
             u"This is a picture, not a video. Choose an MP4 video here, or use the picture in Image or Reference."_s);
}

QTEST_GUILESS_MAIN(TestSourceRules)
#include "tst_sourcerules.moc"
