// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/probe.h"
#include "settings/settings.h"
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QSet>
#include <QTcpServer>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Reply;
using simulator::Rule;
using simulator::Step;

Q_DECLARE_METATYPE(clipkiln::simulator::Rule)

namespace {

const QStringList fieldNames{u"cost_usd"_s,   u"error"_s,     u"file"_s, u"id"_s,
                             u"request_id"_s, u"simulated"_s, u"state"_s};

QByteArray smallPicture()
{
    QImage image(48, 64, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    return encoded(image, "png");
}

QString errorKind(const QJsonObject& line)
{
    return line.value(u"error"_s).toObject().value(u"kind"_s).toString();
}

} // namespace

class TestCli : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
    }

    void aClipIsMadeAndToldOfAsJson()
    {
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const QJsonObject line = outcome.line();
        QCOMPARE(line.keys(), fieldNames);
        QCOMPARE(line.value(u"state"_s).toString(), u"done"_s);
        QCOMPARE(line.value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QCOMPARE(line.value(u"cost_usd"_s).toDouble(), 0.42);
        QCOMPARE(line.value(u"simulated"_s), QJsonValue(false));
        QVERIFY(line.value(u"error"_s).isNull());
        QVERIFY(!line.value(u"id"_s).toString().isEmpty());
        QVERIFY(!line.value(u"request_id"_s).toString().isEmpty());
        QVERIFY(probeVideo(m_program->path(u"out.mp4"_s)).has_value());
        QCOMPARE(m_program->posts(), 1);
    }

    void forPeopleTheLastLineIsThePath()
    {
        QStringList arguments = m_program->generateText();
        arguments.removeAll(u"--json"_s);
        const Outcome outcome = m_program->run(arguments);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.out, m_program->path(u"out.mp4"_s).toUtf8() + '\n');
        QVERIFY(outcome.err.contains("$0.42"));
        QVERIFY(outcome.err.contains("Generating"));
    }

    void nothingIsSentAboveTheMostToPay_data()
    {
        // The jobs whose real cost is on record (CONTRACT.md 9).
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("justTooLittle");
        QTest::addColumn<QString>("enough");
        QTest::newRow("8 s at 480p") << QStringList{u"text"_s, u"--duration"_s, u"8"_s, u"--resolution"_s, u"480p"_s}
                                     << u"0.3999999999"_s << u"0.40"_s;
        QTest::newRow("6 s at 720p from an image")
            << QStringList{u"image"_s, u"--image"_s, u"https://example.com/a.png"_s} << u"0.4219999999"_s << u"0.422"_s;
        QTest::newRow("10 s behind 5 s at 480p")
            << QStringList{u"extend"_s, u"--video"_s, u"five.mp4"_s, u"--duration"_s, u"10"_s} << u"0.5499999999"_s
            << u"0.55"_s;
    }
    void nothingIsSentAboveTheMostToPay()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, justTooLittle);
        QFETCH(const QString, enough);
        QVERIFY(makeNumberedVideo(m_program->path(u"five.mp4"_s), 120, {}));
        const auto run = [&](const QString& most) {
            const QStringList rest{u"--prompt"_s, u"A boat"_s,     u"--output"_s, m_program->path(u"a.mp4"_s),
                                   u"--json"_s,   u"--max-cost"_s, most};
            return m_program->run(QStringList{u"generate"_s} + arguments + rest + m_program->quickly());
        };
        const Outcome refused = run(justTooLittle);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("--max-cost"), refused.err);
        QCOMPARE(m_program->posts(), 0);
        const Outcome made = run(enough);
        QVERIFY2(made.exitCode == 0, made.err);
        QVERIFY2(made.err.contains(QString(u"about $"_s + enough).toUtf8()), made.err);
        QCOMPARE(made.line().value(u"cost_usd"_s).toDouble(), enough.toDouble()); // what it cost in the end
    }

    void severalTakesAreALineAndAFileEach()
    {
        const QStringList arguments = m_program->generateText() + QStringList{u"--takes"_s, u"3"_s};
        const Outcome refused = m_program->run(arguments + QStringList{u"--max-cost"_s, u"1.2599999999"_s});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("$1.26"), refused.err);
        QVERIFY(writeFile(m_program->path(u"out 3.mp4"_s), "mine"));
        const Outcome taken = m_program->run(arguments);
        QCOMPARE(taken.exitCode, 2);
        QVERIFY2(taken.err.contains("out 3.mp4 is there already"), taken.err);
        QVERIFY(QFile::remove(m_program->path(u"out 3.mp4"_s)));
        QCOMPARE(m_program->posts(), 0);

        const Outcome made = m_program->run(arguments + QStringList{u"--max-cost"_s, u"1.26"_s});
        QVERIFY2(made.exitCode == 0, made.err);
        QCOMPARE(m_program->posts(), 3);
        QCOMPARE(made.lines().size(), 3);
        QSet<QString> files;
        QSet<QString> groups;
        const auto lines = made.lines();
        for (const QJsonObject& line : lines) {
            files.insert(QFileInfo(line.value(u"file"_s).toString()).fileName());
            groups.insert(line.value(u"group"_s).toString());
            QCOMPARE(line.value(u"takes"_s).toInt(), 3);
        }
        QCOMPARE(files, (QSet<QString>{u"out.mp4"_s, u"out 2.mp4"_s, u"out 3.mp4"_s}));
        QCOMPARE(groups.size(), 1);
        QVERIFY(!m_program->run(m_program->generateText(u"one.mp4"_s)).line().contains(u"group"_s));
    }

    void anUnknownPriceIsAboveEveryMostToPay()
    {
        const Outcome outcome =
            m_program->run(m_program->generateText() + QStringList{u"--model"_s, u"new"_s, u"--max-cost"_s, u"9"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("unknown"), outcome.err);
        QCOMPARE(m_program->posts(), 0);
    }

    void aPersonsOwnModelsServe()
    {
        QVERIFY(!Profile(m_program->profile()).makeFolders());
        const QString file = Profile(m_program->profile()).modelsFile();
        QVERIFY(writeFile(file, R"({"models": [{"id": "grok-imagine-video", "perSecond": {"480p": "9"},
            "modes": {"text": {"minSeconds": 1, "maxSeconds": 2, "defaultSeconds": 2}}}]})"));
        const QStringList arguments = m_program->generateText() + QStringList{u"--max-cost"_s, u"17.99"_s};
        const Outcome limited = m_program->run(arguments);
        QCOMPARE(limited.exitCode, 2);
        QVERIFY2(limited.err.contains("$18.00"), limited.err);
        QCOMPARE(m_program->posts(), 0);

        QVERIFY(writeFile(file, "{\n\"models\": [{\"id\": 7, \"modes\": {}}]}"));
        const Outcome built = m_program->run(m_program->generateText());
        QVERIFY2(built.exitCode == 0, built.err);
        QVERIFY2(built.err.contains("models.json: models[0].id: "), built.err);
    }

    void theLimitOfTheSettingsHolds()
    {
        Settings settings(Profile(m_program->profile()).settingsFile());
        QVERIFY(!Profile(m_program->profile()).makeFolders());
        settings.setSpendLimits({Money{8'399'999'999}, {}, false}); // a tick short of two clips
        QVERIFY(!settings.sync());
        const Outcome first = m_program->run(m_program->generateText());
        QVERIFY2(first.exitCode == 0, first.err);
        const Outcome second = m_program->run(m_program->generateText(u"b.mp4"_s));
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains("daily limit of $0.8399999999"), second.err);
        QVERIFY2(second.err.contains("Spent: $0.42."), second.err);
        QCOMPARE(m_program->posts(), 1);
    }

    void eachModeSendsItsDefaultsAndNothingElse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("fields");

        const QString generations = u"/v1/videos/generations"_s;
        QTest::newRow("text: 16:9, 6 s, 720p")
            << QStringList{u"text"_s} << generations
            << QStringList{u"aspect_ratio"_s, u"duration"_s, u"model"_s, u"prompt"_s, u"resolution"_s};
        QTest::newRow("image from a file: no ratio")
            << QStringList{u"image"_s, u"--image"_s, u"in.png"_s} << generations
            << QStringList{u"duration"_s, u"image"_s, u"model"_s, u"prompt"_s, u"resolution"_s};
        QTest::newRow("image from an address")
            << QStringList{u"image"_s, u"--image"_s, u"https://example.com/in.png"_s} << generations
            << QStringList{u"duration"_s, u"image"_s, u"model"_s, u"prompt"_s, u"resolution"_s};
        QTest::newRow("reference") << QStringList{u"reference"_s, u"--reference"_s, u"in.png"_s, u"--reference"_s,
                                                  u"in.png"_s}
                                   << generations
                                   << QStringList{u"aspect_ratio"_s, u"duration"_s,         u"model"_s,
                                                  u"prompt"_s,       u"reference_images"_s, u"resolution"_s};
        QTest::newRow("edit: none of the three")
            << QStringList{u"edit"_s, u"--video"_s, u"in.mp4"_s} << u"/v1/videos/edits"_s
            << QStringList{u"model"_s, u"prompt"_s, u"video"_s};
        QTest::newRow("extend: the length alone")
            << QStringList{u"extend"_s, u"--video"_s, u"in.mp4"_s} << u"/v1/videos/extensions"_s
            << QStringList{u"duration"_s, u"model"_s, u"prompt"_s, u"video"_s};
    }
    void eachModeSendsItsDefaultsAndNothingElse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, path);
        QFETCH(QStringList, fields);
        QVERIFY(writeFile(m_program->path(u"in.png"_s), smallPicture()));
        QVERIFY(makeNumberedVideo(m_program->path(u"in.mp4"_s), 72, {}));
        const Outcome outcome = m_program->run(QStringList{u"generate"_s} + arguments + m_program->quickly() +
                                               QStringList{u"--prompt"_s, u"Waves"_s, u"--output"_s, u"out.mp4"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(m_program->posts(), 1);
        const simulator::LedgerEntry post = m_program->seen(Step::Post).first();
        QCOMPARE(post.path, path);
        QCOMPARE(post.body.keys(), fields);
        QCOMPARE(post.body.value(u"model"_s).toString(), u"grok-imagine-video"_s);
        if (fields.contains(u"duration"_s))
            QCOMPARE(post.body.value(u"duration"_s), QJsonValue(6));
        if (fields.contains(u"resolution"_s))
            QCOMPARE(post.body.value(u"resolution"_s), QJsonValue(u"720p"_s));
        if (fields.contains(u"aspect_ratio"_s))
            QCOMPARE(post.body.value(u"aspect_ratio"_s), QJsonValue(u"16:9"_s));
    }

    void optionsReachTheService()
    {
        const Outcome outcome = m_program->run(
            m_program->generateText() + QStringList{u"--model"_s, u"grok-imagine-video-1.5"_s, u"--duration"_s, u"9"_s,
                                                    u"--aspect-ratio"_s, u"1:1"_s, u"--resolution"_s, u"1080p"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const QJsonObject body = m_program->seen(Step::Post).first().body;
        QCOMPARE(body, (QJsonObject{{u"model"_s, u"grok-imagine-video-1.5"_s},
                                    {u"prompt"_s, u"A paper boat"_s},
                                    {u"duration"_s, 9},
                                    {u"aspect_ratio"_s, u"1:1"_s},
                                    {u"resolution"_s, u"1080p"_s}}));
    }

    void everyEndHasItsExitCode_data()
    {
        QTest::addColumn<Rule>("rule");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("kind");

        const auto status = [](Step step, int code) {
            Rule rule{step, Reply::Status};
            rule.status = code;
            rule.body = R"({"code":"some","error":"words of the service"})";
            return rule;
        };
        QTest::newRow("a POST refused with 400: failed")
            << status(Step::Post, 400) << 3 << u"failed"_s << u"rejected"_s;
        QTest::newRow("a POST refused with 404: failed") << status(Step::Post, 404) << 3 << u"failed"_s << QString();
        QTest::newRow("a POST refused with 422: failed") << status(Step::Post, 422) << 3 << u"failed"_s << QString();
        QTest::newRow("a key refused at the POST: failed")
            << Rule{Step::Post, Reply::KeyRefused} << 3 << u"failed"_s << u"key_refused"_s;
        QTest::newRow("a blocked key at the POST: failed")
            << Rule{Step::Post, Reply::KeyBlocked} << 3 << u"failed"_s << u"key_refused"_s;
        QTest::newRow("out of credits: failed")
            << Rule{Step::Post, Reply::OutOfCredits} << 3 << u"failed"_s << u"out_of_credits"_s;
        QTest::newRow("failed by the service")
            << Rule{Step::Poll, Reply::Failed} << 3 << u"failed"_s << u"server_fault"_s;
        QTest::newRow("done without an address: failed")
            << Rule{Step::Poll, Reply::NoAddress} << 3 << u"failed"_s << QString();
        QTest::newRow("forgotten by the service: failed")
            << Rule{Step::Poll, Reply::Forgotten} << 3 << u"failed"_s << u"unknown_request"_s;
        QTest::newRow("a link that is gone: failed")
            << Rule{Step::Download, Reply::LinkGone} << 3 << u"failed"_s << u"link_gone"_s;
        QTest::newRow("a web page for a clip: failed")
            << Rule{Step::Download, Reply::Html} << 3 << u"failed"_s << QString();
        QTest::newRow("half a clip: failed")
            << Rule{Step::Download, Reply::Truncated} << 3 << u"failed"_s << u"not_a_clip"_s;
        QTest::newRow("moderated at the POST")
            << Rule{Step::Post, Reply::ModeratedPost} << 4 << u"moderated"_s << u"moderated"_s;
        QTest::newRow("moderated, done without a clip")
            << Rule{Step::Poll, Reply::ModeratedDone} << 4 << u"moderated"_s << u"moderated"_s;
        QTest::newRow("moderated by a 400 at the poll")
            << Rule{Step::Poll, Reply::ModeratedPoll} << 4 << u"moderated"_s << u"moderated"_s;
        QTest::newRow("moderated as a failure")
            << Rule{Step::Poll, Reply::ModeratedFailed} << 4 << u"moderated"_s << u"moderated"_s;
        QTest::newRow("expired") << Rule{Step::Poll, Reply::Expired} << 5 << u"expired"_s << u"expired"_s;
        QTest::newRow("not finished at the limit")
            << Rule{Step::Poll, Reply::Pending} << 6 << u"generating"_s << u"still_running"_s;
        QTest::newRow("polls that do not reach the service")
            << Rule{Step::Poll, Reply::ServerFault} << 6 << u"generating"_s << u"server_fault"_s;
        QTest::newRow("a key refused at the poll")
            << Rule{Step::Poll, Reply::KeyRefused} << 6 << u"generating"_s << u"key_refused"_s;
        QTest::newRow("a POST answered by 503: unconfirmed")
            << Rule{Step::Post, Reply::ServerFault} << 7 << u"unconfirmed"_s << QString();
        QTest::newRow("a POST answered by a web page: unconfirmed")
            << Rule{Step::Post, Reply::Html} << 7 << u"unconfirmed"_s << QString();
    }
    void everyEndHasItsExitCode()
    {
        QFETCH(Rule, rule);
        QFETCH(int, exitCode);
        QFETCH(QString, state);
        QFETCH(QString, kind);
        m_program->play({rule});
        const Outcome outcome = m_program->run(m_program->generateText() + QStringList{u"--timeout"_s, u"1.5"_s});
        const QJsonObject line = outcome.line();
        QVERIFY2(outcome.exitCode == exitCode, outcome.err + outcome.out);
        QCOMPARE(line.keys(), fieldNames);
        QCOMPARE(line.value(u"state"_s).toString(), state);
        QVERIFY(line.value(u"file"_s).isNull());
        const QJsonObject error = line.value(u"error"_s).toObject();
        QCOMPARE(error.keys(), (QStringList{u"action"_s, u"detail"_s, u"kind"_s, u"message"_s}));
        QVERIFY(!error.value(u"message"_s).toString().isEmpty());
        if (!kind.isEmpty())
            QCOMPARE(error.value(u"kind"_s).toString(), kind);
        QCOMPARE(line.value(u"request_id"_s).isNull(), rule.step == Step::Post);
        QCOMPARE(m_program->posts(), 1);
        QVERIFY(!QFileInfo::exists(m_program->path(u"out.mp4"_s)));

        // The list says the same, without a key.
        m_program->environmentKey.clear();
        const Outcome list = m_program->run({u"jobs"_s, u"--json"_s});
        QCOMPARE(list.exitCode, 0);
        QCOMPARE(list.line().keys(), fieldNames);
        QCOMPARE(list.line().value(u"id"_s), line.value(u"id"_s));
        QCOMPARE(list.line().value(u"state"_s).toString(), state);
    }

    void whatAFailedJobCostIsTold()
    {
        Rule rule{Step::Poll, Reply::ModeratedPoll};
        rule.costInUsdTicks = 700'000'000;
        m_program->play({rule});
        const Outcome outcome = m_program->run(m_program->generateText());
        QCOMPARE(outcome.exitCode, 4);
        QCOMPARE(outcome.line().value(u"cost_usd"_s).toDouble(), 0.07);
    }

    void aRateLimitIsWaitedOutWithTheSameJob()
    {
        Rule rule{Step::Post, Reply::RateLimited};
        rule.times = 1;
        rule.headers = {{u"Retry-After"_s, u"1"_s}};
        m_program->play({rule});
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const QList<simulator::LedgerEntry> posts = m_program->seen(Step::Post);
        QCOMPARE(posts.size(), 2);
        QCOMPARE(posts[0].headers.value("idempotency-key"), posts[1].headers.value("idempotency-key"));
        QCOMPARE(QString::fromLatin1(posts[0].headers.value("idempotency-key")),
                 outcome.line().value(u"id"_s).toString());
    }

    void aServiceOutOfReachUntilTheLimitIsSeven()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QString address = u"http://127.0.0.1:%1/v1"_s.arg(closed.serverPort());
        closed.close();
        const Outcome outcome =
            m_program->run({u"--api-url"_s, address, u"generate"_s, u"text"_s, u"--prompt"_s, u"P"_s, u"--output"_s,
                            u"out.mp4"_s, u"--timeout"_s, u"1"_s, u"--json"_s});
        QVERIFY2(outcome.exitCode == 7, outcome.err);
        QCOMPARE(outcome.line().value(u"state"_s).toString(), u"queued"_s);
        QCOMPARE(errorKind(outcome.line()), u"offline"_s);
    }

    void whatIsInvalidSendsNothingAndMakesNoJob_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word"); ///< that the sentence must have

        const auto row = [](const char* name, const QString& line, const char* word) {
            QTest::newRow(name) << line.split(u' ') << QByteArray(word);
        };
        row("an unknown option", u"generate text --prompt P --output o.mp4 --typo"_s, "typo");
        row("a length beyond the model's", u"generate text --prompt P --output o.mp4 --duration 16"_s,
            "Use --duration 15.");
        row("a ratio the model does not have", u"generate text --prompt P --output o.mp4 --aspect-ratio 5:4"_s, "5:4");
        row("a resolution the model does not have", u"generate text --prompt P --output o.mp4 --resolution 1080p"_s,
            "1080p");
        row("a length in edit mode", u"generate edit --video in.mp4 --prompt P --output o.mp4 --duration 5"_s,
            "length");
        row("a resolution in extend mode",
            u"generate extend --video in.mp4 --prompt P --output o.mp4 --resolution 720p"_s, "resolution");
        row("edit with a model that has no edit",
            u"generate edit --video in.mp4 --prompt P --output o.mp4 --model grok-imagine-video-1.5"_s,
            "Use --model grok-imagine-video.");
        row("a first frame beside references where the model has none",
            u"generate reference --reference in.png --image in.png --prompt P --output o.mp4"_s, "first frame");
        row("an image that is not there", u"generate image --image nowhere.png --prompt P --output o.mp4"_s,
            "nowhere.png");
        row("a text file for an image", u"generate image --image in.txt --prompt P --output o.mp4"_s, "in.txt");
        row("a video for an image", u"generate image --image in.mp4 --prompt P --output o.mp4"_s, "This is a video");
        row("an image for a video", u"generate edit --video in.png --prompt P --output o.mp4"_s, "not a video");
        row("a video longer than edit takes", u"generate edit --video long.mp4 --prompt P --output o.mp4"_s, "8.7");
        row("an image by plain http", u"generate image --image http://example.com/i.png --prompt P --output o.mp4"_s,
            "https");
        row("an output that is there already", u"generate text --prompt P --output in.txt"_s,
            "in.txt is there already");
        row("an output that is a link to nowhere", u"generate text --prompt P --output link.mp4"_s,
            "link.mp4 is there already");
        row("an output in a folder that is missing", u"generate text --prompt P --output nowhere/o.mp4"_s,
            "nowhere does not exist");
        row("a folder in a folder that is missing", u"generate text --prompt P --output nowhere/sub/"_s,
            "nowhere does not exist");
        row("an API address by plain http",
            u"generate text --prompt P --output o.mp4 --api-url http://example.com/v1"_s, "https");
        row("an API address without its /v1",
            u"generate text --prompt P --output o.mp4 --api-url https://example.com"_s, "/v1");
    }
    void whatIsInvalidSendsNothingAndMakesNoJob()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, word);
        QVERIFY(writeFile(m_program->path(u"in.png"_s), smallPicture()));
        QVERIFY(writeFile(m_program->path(u"in.txt"_s), "harbour"));
        QVERIFY(makeNumberedVideo(m_program->path(u"in.mp4"_s), 72, {}));
        QVERIFY(makeNumberedVideo(m_program->path(u"long.mp4"_s), 240, {}));
        QVERIFY(QFile::link(m_program->path(u"gone.mp4"_s), m_program->path(u"link.mp4"_s)));
        const QStringList before = QDir(m_program->folder.path()).entryList();
        if (!arguments.contains(u"--api-url"_s))
            arguments += m_program->quickly();

        const Outcome outcome = m_program->run(arguments + QStringList{u"--json"_s});
        QVERIFY2(outcome.exitCode == 2, outcome.err);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.err.contains(word), outcome.err);
        QCOMPARE(m_program->simulator.ledger().size(), 0);
        QCOMPARE(m_program->run({u"jobs"_s, u"--json"_s}).out, QByteArray());
        QStringList after = QDir(m_program->folder.path()).entryList();
        after.removeAll(u"profile"_s);
        QCOMPARE(after, before);
    }

    void withoutAKeyNothingIsSent_data()
    {
        QTest::addColumn<bool>("ownAddress");
        QTest::newRow("to the real service") << false;
        QTest::newRow("to another address") << true;
    }
    void withoutAKeyNothingIsSent()
    {
        QFETCH(bool, ownAddress);
        m_program->environmentKey.clear();
        QStringList arguments{u"generate"_s, u"text"_s, u"--prompt"_s, u"P"_s, u"--output"_s, u"out.mp4"_s};
        if (ownAddress)
            arguments += m_program->quickly();
        const Outcome outcome = m_program->run(arguments);
        QVERIFY2(outcome.exitCode == 2, outcome.err);
        QVERIFY2(outcome.err.contains("no key"), outcome.err);
        QCOMPARE(m_program->posts(), 0);
        QVERIFY(m_program->run({u"jobs"_s, u"--json"_s}).out.isEmpty());
    }

    void withWhatCannotBeAKeyNothingIsSent()
    {
        m_program->environmentKey.replace('-', "\xE2\x80\x93"); // a dash of typography
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 2 && outcome.err.contains("XAI_API_KEY: "), outcome.err);
        QVERIFY2(outcome.err.contains("U+2013") && m_program->posts() == 0, outcome.err);
    }

    void aProfileInUseIsLeftAlone()
    {
        const Profile profile(m_program->profile());
        QVERIFY(!profile.makeFolders());
        const auto lock = profile.lock();
        QVERIFY(lock.has_value());
        for (const QStringList& arguments : {m_program->generateText(), QStringList{u"resume"_s}}) {
            const Outcome outcome = m_program->run(arguments);
            QCOMPARE(outcome.exitCode, 2);
            QVERIFY2(outcome.err.contains("Another Clipkiln"), outcome.err);
            QVERIFY(outcome.out.isEmpty());
        }
        QCOMPARE(m_program->run({u"jobs"_s}).exitCode, 0);
        QCOMPARE(m_program->posts(), 0);
    }

    void troubleOnThisComputerIsOne()
    {
        QVERIFY(QDir().mkpath(m_program->profile() + u"/library.sqlite"_s)); // a folder in the database's place
        QCOMPARE(m_program->run(m_program->generateText()).exitCode, 1);
        QCOMPARE(m_program->run({u"resume"_s}).exitCode, 1);
        const Outcome list = m_program->run({u"jobs"_s, u"--json"_s});
        QCOMPARE(list.exitCode, 1);
        QVERIFY(list.out.isEmpty());
        QVERIFY(!list.err.isEmpty());
        QCOMPARE(m_program->posts(), 0);
    }

    void aProfileThatCannotBeMadeIsOne()
    {
        QVERIFY(writeFile(m_program->profile(), "a file"));
        QCOMPARE(m_program->run(m_program->generateText()).exitCode, 1);
        QCOMPARE(m_program->posts(), 0);
    }

    void aFolderThatGoesAwayMeanwhileIsOne()
    {
        QVERIFY(QDir().mkpath(m_program->path(u"d"_s)));
        Rule slow{Step::Poll, Reply::Usual};
        slow.delay = std::chrono::milliseconds(300);
        m_program->play({slow});
        const auto process =
            m_program->start(m_program->generateText(u"d/out.mp4"_s) + QStringList{u"--timeout"_s, u"2"_s});
        QTRY_COMPARE(m_program->posts(), 1);
        QVERIFY(QDir().rmdir(m_program->path(u"d"_s)));
        QVERIFY(writeFile(m_program->path(u"d"_s), "a file now"));
        const Outcome outcome = m_program->end(*process);
        QVERIFY2(outcome.exitCode == 1, outcome.err);
        QCOMPARE(outcome.line().value(u"state"_s).toString(), u"downloading"_s);
        QCOMPARE(errorKind(outcome.line()), u"disk"_s);

        // The paid clip is not lost.
        QVERIFY(QFile::remove(m_program->path(u"d"_s)));
        const Outcome resumed = m_program->run({u"resume"_s, u"--json"_s, u"--poll-interval"_s, u"0.05"_s});
        QVERIFY2(resumed.exitCode == 0, resumed.err);
        QVERIFY(probeVideo(m_program->path(u"d/out.mp4"_s)).has_value());
        QCOMPARE(m_program->posts(), 1);
    }

    void theOutputMayBeAFolder_data()
    {
        QTest::addColumn<QString>("output");
        QTest::newRow("one that is there") << u"there"_s;
        QTest::newRow("one that is there, with a slash") << u"there/"_s;
        QTest::newRow("a new one, with a slash") << u"new/"_s;
    }
    void theOutputMayBeAFolder()
    {
        QFETCH(QString, output);
        QVERIFY(QDir().mkpath(m_program->path(u"there"_s)));
        const Outcome outcome = m_program->run(m_program->generateText(output));
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const QFileInfo file(outcome.line().value(u"file"_s).toString());
        QVERIFY(file.exists());
        QVERIFY(file.isAbsolute());
        QCOMPARE(file.path(), QDir::cleanPath(m_program->path(output)));
        QCOMPARE(QDir(file.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void aFileThatAppearsMeanwhileIsNotOverwritten()
    {
        Rule slow{Step::Download, Reply::Usual};
        slow.delay = std::chrono::milliseconds(500);
        m_program->play({slow});
        const auto process = m_program->start(m_program->generateText());
        QTRY_COMPARE(m_program->posts(), 1);
        QVERIFY(writeFile(m_program->path(u"out.mp4"_s), "mine"));
        const Outcome outcome = m_program->end(*process);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(readFile(m_program->path(u"out.mp4"_s)), QByteArray("mine"));
        const QString file = outcome.line().value(u"file"_s).toString();
        QCOMPARE(file, m_program->path(u"out (2).mp4"_s));
        QVERIFY(probeVideo(file).has_value());
        QVERIFY(outcome.err.contains("taken meanwhile"));
    }

    void theKeyIsSeenNowhere()
    {
        m_program->play({Rule{Step::Poll, Reply::KeyRefused}});
        const Outcome refused = m_program->run(m_program->generateText());
        m_program->play({});
        const Outcome done = m_program->run({u"resume"_s, u"--json"_s, u"--poll-interval"_s, u"0.05"_s});
        QCOMPARE(done.exitCode, 0);
        for (const Outcome& outcome : {refused, done}) {
            QVERIFY(!outcome.out.contains(Program::key));
            QVERIFY(!outcome.err.contains(Program::key));
        }
        int files = 0;
        for (QDirIterator it(m_program->profile(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             it.hasNext(); ++files)
            QVERIFY2(!readFile(it.next()).contains(Program::key), qPrintable(it.filePath()));
        QVERIFY(files > 0);
        for (const simulator::LedgerEntry& entry : m_program->simulator.ledger())
            QCOMPARE(entry.authorized, entry.step != Step::Download);
    }
};

QTEST_MAIN(TestCli)

#include "tst_cli.moc"
