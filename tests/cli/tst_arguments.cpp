// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace clipkiln::cli;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Words separated by spaces, the program's name in front; "_" stands for a space within a word.
Result<Arguments> read(const QString& line)
{
    QStringList words = line.split(u' ', Qt::SkipEmptyParts);
    words.replaceInStrings(u"_"_s, u" "_s);
    return readArguments(QStringList{u"clipkiln"_s} + words);
}

const QString text = u"generate text --prompt A_boat --output out.mp4 "_s;

} // namespace

class TestArguments : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMeansTheWindow()
    {
        const Result<Arguments> arguments = read({});
        QVERIFY(arguments.has_value());
        QCOMPARE(arguments->verb, Verb::None);
        QVERIFY(!arguments->simulator);
    }

    void defaultsAreTheDocumentedOnes()
    {
        const Result<Arguments> arguments = read(text);
        QVERIFY(arguments.has_value());
        QCOMPARE(arguments->verb, Verb::Generate);
        QCOMPARE(arguments->mode, Mode::Text);
        QCOMPARE(arguments->prompt, u"A boat"_s);
        QCOMPARE(arguments->pollInterval, 5s);
        QCOMPARE(arguments->timeout, 600s);
        QVERIFY(arguments->wait);
        QVERIFY(!arguments->json);
        QVERIFY(!arguments->duration);
        QCOMPARE(read(u"serve"_s)->speed, 10.0);
        QCOMPARE(read(u"serve"_s)->port, 0);
    }

    void theMostToPayIsReadExactly()
    {
        QCOMPARE(read(text)->uploadVideos, std::nullopt);
        QCOMPARE(read(text + u"--send-videos file"_s)->uploadVideos, std::optional(true));
        QCOMPARE(read(text + u"--send-videos inline"_s)->uploadVideos, std::optional(false));
        QVERIFY(read(text + u"--send-videos post"_s).error().detail.contains(u"file or inline"_s));
        QCOMPARE(read(text + u"--max-cost 0.422"_s)->maxCost, std::optional(Money{4'220'000'000}));
        QVERIFY(!read(text)->maxCost);
        QCOMPARE(read(text)->takes, 1);
        QCOMPARE(read(text + u"--takes 8"_s)->takes, 8);
        for (const auto& wrong : {u"--takes 0"_s, u"--takes 9"_s, u"--takes 1.5"_s, u"--takes two"_s})
            QVERIFY(!read(text + wrong));
        for (const QString& wrong : {u"free"_s, u"-1"_s, u"0,42"_s, u"$1"_s, u"1e3"_s, u"0.00000000001"_s}) {
            const Result<Arguments> arguments = read(text + u"--max-cost="_s + wrong);
            QVERIFY(!arguments);
            QVERIFY(arguments.error().detail.contains(u"--max-cost"_s));
        }
    }

    void everythingIsRead()
    {
        const Result<Arguments> arguments =
            read(u"generate reference --prompt P --model M --duration 9 --aspect-ratio 1:1 --resolution 480p --image I "
                 "--reference A --reference=B --output dir/ --json --poll-interval 0.05 --timeout 12.5 --no-wait "
                 "--api-url https://example.com/v1 --profile folder"_s);
        QVERIFY2(arguments.has_value(), arguments ? "" : qPrintable(arguments.error().detail));
        QCOMPARE(arguments->mode, Mode::Reference);
        QCOMPARE(arguments->model, u"M"_s);
        QCOMPARE(arguments->duration, 9s);
        QCOMPARE(arguments->aspectRatio, u"1:1"_s);
        QCOMPARE(arguments->resolution, u"480p"_s);
        QCOMPARE(arguments->image, u"I"_s);
        QCOMPARE(arguments->references, (QStringList{u"A"_s, u"B"_s}));
        QCOMPARE(arguments->output, u"dir/"_s);
        QVERIFY(arguments->json);
        QCOMPARE(arguments->pollInterval, 50ms);
        QCOMPARE(arguments->timeout, 12'500ms);
        QVERIFY(!arguments->wait);
        QCOMPARE(arguments->apiUrl, u"https://example.com/v1"_s);
        QCOMPARE(arguments->profile, u"folder"_s);
    }

    void whatIsToBeDoneToInputsIsRead()
    {
        const Result<Arguments> image = read(u"generate image --prompt P --output o --image I --aspect-ratio 1:1 "
                                             "--fit pad --pad-color #102030 --keep-metadata"_s);
        QVERIFY(image.has_value());
        QVERIFY(image->fit == ImageFit::How::Pad);
        QVERIFY(image->padColour == QColor(0x10, 0x20, 0x30));
        QVERIFY(image->keepMetadata);
        const Result<Arguments> video = read(u"generate edit --prompt P --output o --video V --trim 2.5-11"_s);
        QVERIFY(video.has_value());
        QVERIFY(video->trim == (VideoPart{2.5, 11}));
        QVERIFY(!video->keepMetadata);
    }

    void optionsMayStandBeforeTheVerb()
    {
        const Result<Arguments> arguments = read(u"--simulator --profile generate --json jobs"_s);
        QVERIFY(arguments.has_value());
        QCOMPARE(arguments->verb, Verb::Jobs);
        QCOMPARE(arguments->profile, u"generate"_s);
        QVERIFY(arguments->simulator);
        QVERIFY(arguments->json);
    }

    void helpAndVersionNeedNothingElse()
    {
        QVERIFY(read(u"--help"_s)->help);
        QVERIFY(read(u"generate --help"_s)->help);
        QVERIFY(read(u"generate dance --help"_s)->help);
        QVERIFY(read(u"serve --version"_s)->version);
        for (const Verb verb : {Verb::None, Verb::Generate, Verb::Jobs, Verb::Resume, Verb::Serve})
            QVERIFY(helpText(verb).contains(u"--profile"_s));
        QVERIFY(helpText(Verb::Generate).contains(u"--reference"_s));
        QVERIFY(!helpText(Verb::Serve).contains(u"--reference"_s));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("word"); ///< that the sentence must have

        QTest::newRow("an unknown option") << u"jobs --typo"_s << u"typo"_s;
        QTest::newRow("an unknown command") << u"dance"_s << u"dance"_s;
        QTest::newRow("no mode") << u"generate --prompt P --output o"_s << u"mode"_s;
        QTest::newRow("an unknown mode") << u"generate dance --prompt P --output o"_s << u"dance"_s;
        QTest::newRow("a prompt without quotation marks")
            << u"generate text --prompt A boat --output o"_s << u"quotation marks"_s;
        QTest::newRow("no prompt") << u"generate text --output o"_s << u"--prompt"_s;
        QTest::newRow("an empty prompt") << u"generate text --prompt= --output o"_s << u"--prompt"_s;
        QTest::newRow("no output") << u"generate text --prompt P"_s << u"--output"_s;
        QTest::newRow("no image in image mode") << u"generate image --prompt P --output o"_s << u"--image"_s;
        QTest::newRow("no reference in reference mode")
            << u"generate reference --prompt P --output o"_s << u"--reference"_s;
        QTest::newRow("no video in edit mode") << u"generate edit --prompt P --output o"_s << u"--video"_s;
        QTest::newRow("no video in extend mode") << u"generate extend --prompt P --output o"_s << u"--video"_s;
        QTest::newRow("an image in text mode") << text + u"--image i.png"_s << u"--image"_s;
        QTest::newRow("a video in image mode")
            << u"generate image --image i --video v --prompt P --output o"_s << u"--video"_s;
        QTest::newRow("a reference in image mode")
            << u"generate image --image i --reference r --prompt P --output o"_s << u"--reference"_s;
        const QString image = u"generate image --image i.png --prompt P --output o "_s;
        const QString edit = u"generate edit --video v.mp4 --prompt P --output o "_s;
        QTest::newRow("a fit that is none") << image + u"--aspect-ratio 1:1 --fit stretch"_s << u"crop, pad or keep"_s;
        QTest::newRow("a fit without a ratio") << image + u"--fit crop"_s << u"--aspect-ratio"_s;
        QTest::newRow("a fit without an image") << text + u"--aspect-ratio 1:1 --fit crop"_s << u"--image"_s;
        QTest::newRow("bars that are not asked for")
            << image + u"--aspect-ratio 1:1 --fit crop --pad-color red"_s << u"--fit pad"_s;
        QTest::newRow("bars of no colour")
            << image + u"--aspect-ratio 1:1 --fit pad --pad-color moss-ish"_s << u"#RRGGBB"_s;
        QTest::newRow("a trim of one time") << edit + u"--trim 3"_s << u"2.5-11"_s;
        QTest::newRow("a trim that goes back") << edit + u"--trim 5-3"_s << u"earlier one first"_s;
        QTest::newRow("a trim without a video") << image + u"--trim 1-2"_s << u"--video"_s;
        QTest::newRow("a prompt for jobs") << u"jobs --prompt P"_s << u"--prompt"_s;
        QTest::newRow("a port for generate") << text + u"--port 1"_s << u"--port"_s;
        QTest::newRow("a poll interval for serve") << u"serve --poll-interval 1"_s << u"--poll-interval"_s;
        QTest::newRow("a command's option without a command") << u"--prompt P"_s << u"command"_s;
        QTest::newRow("an option given twice") << text + u"--model a --model b"_s << u"more than once"_s;
        QTest::newRow("two services at once")
            << text + u"--simulator --api-url https://example.com/v1"_s << u"exclude"_s;
        QTest::newRow("a poll interval below 0.05") << text + u"--poll-interval 0.04"_s << u"0.05"_s;
        QTest::newRow("a poll interval that is no number") << text + u"--poll-interval soon"_s << u"0.05"_s;
        QTest::newRow("a poll interval with an exponent") << text + u"--poll-interval 1e1"_s << u"0.05"_s;
        QTest::newRow("a timeout of nothing") << text + u"--timeout 0"_s << u"0.05"_s;
        QTest::newRow("a timeout below zero") << text + u"--timeout=-5"_s << u"0.05"_s;
        QTest::newRow("an endless timeout") << text + u"--timeout inf"_s << u"0.05"_s;
        QTest::newRow("a length in parts of a second") << text + u"--duration 6.5"_s << u"whole seconds"_s;
        QTest::newRow("a length that is no number") << text + u"--duration six"_s << u"whole seconds"_s;
        QTest::newRow("a port beyond the last") << u"serve --port 65536"_s << u"port"_s;
        QTest::newRow("no speed") << u"serve --speed 0"_s << u"--speed"_s;
        QTest::newRow("an option without its value") << u"jobs --profile"_s << u"profile"_s;
        QTest::newRow("an empty value") << u"jobs --profile="_s << u"--profile"_s;
        QTest::newRow("a switch with a value") << u"jobs --json=yes"_s << u"json"_s;
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QString, line);
        QFETCH(QString, word);
        const Result<Arguments> arguments = read(line);
        QVERIFY(!arguments.has_value());
        QCOMPARE(arguments.error().kind, ErrorKind::InvalidRequest);
        QVERIFY2(arguments.error().detail.contains(word), qPrintable(arguments.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestArguments)

#include "tst_arguments.moc"
