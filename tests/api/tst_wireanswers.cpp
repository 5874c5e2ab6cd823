// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire.h"
#include "support/calls.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The service's answers, in the shapes of CONTRACT.md 6 and 8.
class TestWireAnswers : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void errorShapes_data();
    void errorShapes();
    void aLongPageIsCut();

    void submits_data();
    void submits();
    void anAcceptedSubmitGivesItsId();
    void whatIsNoIdIsShownCleanedAndCut_data();
    void whatIsNoIdIsShownCleanedAndCut();
    void aRateLimitKeepsItsWait();
    void aPauseThatWasCutIsSaid();
    void refusedSubmitsGiveTheirCost();

    void polls_data();
    void polls();
    void pendingGivesThePercent();
    void readyGivesAddressAndCost();
    void aStoredResultIsReadyToo();
    void endedJobsGiveTheirCost();
    void troubleKeepsItsWait();

    void keyReports_data();
    void keyReports();

    void waits_data();
    void waits();
};

namespace {

const QByteArray credits = R"({"code":"resource-exhausted","error":"Your team t has either used all available )"
                           R"(credits or reached its monthly spending limit."})";
const QByteArray tooFast = R"({"code":"resource-exhausted","error":"Too many requests for team t and model m. )"
                           R"(Requests per Second (actual/limit): 2/2"})";
const QByteArray wrongKey =
    R"({"code":"invalid-argument","error":"Incorrect API key provided: xa***gA. You can obtain )"
    R"(an API key from https://console.x.ai."})";
const QByteArray moderated = R"({"code":"imagine:content-moderated","error":"Generated video rejected by content )"
                             R"(moderation.","usage":{"cost_in_usd_ticks":4220000000}})";
const QByteArray badDuration = R"({"code":"invalid-argument","error":"Duration must be between 1 and 15 seconds"})";
const QByteArray page = "<!DOCTYPE html><html><head><title>Bad\n gateway</title></head><body>x</body></html>";

/// An outcome in words: "refused: out_of_credits".
template <typename Outcome, std::size_t count>
QString described(const Outcome& outcome, const char* const (&names)[count])
{
    static_assert(count == std::variant_size_v<decltype(outcome.value)>);
    const QString name = QString::fromLatin1(names[outcome.value.index()]);
    return std::visit(
        [&name](const auto& value) {
            if constexpr (requires { value.error; })
                return u"%1: %2"_s.arg(name, toName(value.error.kind));
            else
                return name;
        },
        outcome.value);
}

QString described(const SubmitOutcome& outcome)
{
    return described(outcome, {"not sent", "accepted", "rate limited", "refused", "moderated", "lost"});
}

QString described(const PollOutcome& outcome)
{
    return described(outcome, {"trouble", "pending", "ready", "failed", "moderated", "expired", "key refused"});
}

} // namespace

void TestWireAnswers::errorShapes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");

    QTest::newRow("code and error") << 400 << badDuration << ErrorKind::Rejected
                                    << u"Duration must be between 1 and 15 seconds (HTTP 400, invalid-argument)"_s;
    QTest::newRow("an object with a number for code")
        << 404 << QByteArray(R"({"error":{"code":404,"message":"The requested resource was not found"}})")
        << ErrorKind::Rejected << u"The requested resource was not found (HTTP 404, 404)"_s;
    QTest::newRow("error alone") << 400 << QByteArray(R"({"error":"length limit exceeded"})") << ErrorKind::Rejected
                                 << u"length limit exceeded (HTTP 400)"_s;
    QTest::newRow("plain text") << 422 << QByteArray("Failed to deserialize the JSON body: missing field `video`\n")
                                << ErrorKind::Rejected
                                << u"Failed to deserialize the JSON body: missing field `video` (HTTP 422)"_s;
    QTest::newRow("the front end's text")
        << 503 << QByteArray("upstream connect error or disconnect/reset before headers") << ErrorKind::ServerFault
        << u"upstream connect error or disconnect/reset before headers (HTTP 503)"_s;
    QTest::newRow("a page by its title") << 502 << page << ErrorKind::ServerFault << u"Bad gateway (HTTP 502)"_s;
    QTest::newRow("nothing") << 405 << QByteArray() << ErrorKind::Rejected << u"HTTP 405"_s;
    QTest::newRow("broken JSON") << 500 << QByteArray("{\"error\":") << ErrorKind::ServerFault
                                 << u"{\"error\": (HTTP 500)"_s;
    QTest::newRow("a redirect") << 302 << QByteArray() << ErrorKind::BadAnswer << u"HTTP 302"_s;
}

void TestWireAnswers::errorShapes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, detail);
    const Error error = wire::readError(status, body);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.detail, detail);
}

void TestWireAnswers::aLongPageIsCut()
{
    QVERIFY(wire::readError(500, QByteArray(500'000, 'x')).detail.size() < 1100);
}

void TestWireAnswers::submits_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, int status, const QByteArray& body, const QString& outcome) {
        QTest::newRow(name) << status << body << outcome;
    };

    row("an id is acceptance", 200, R"({"request_id":"a"})", u"accepted"_s);
    row("an id with 202 too", 202, R"({"request_id":"a"})", u"accepted"_s);
    row("no id is lost", 200, R"({"status":"pending"})", u"lost: submit_lost"_s);
    row("an empty id is lost", 200, R"({"request_id":""})", u"lost: submit_lost"_s);
    row("an id that is a path is lost", 200, R"({"request_id":".."})", u"lost: submit_lost"_s);
    row("an id that is a separator is lost", 200, R"({"request_id":"/"})", u"lost: submit_lost"_s);
    row("an id of two lines is lost", 200, R"({"request_id":"a\nb"})", u"lost: submit_lost"_s);
    row("an id with a direction mark is lost", 200, R"({"request_id":"a\u202eb"})", u"lost: submit_lost"_s);
    row("an endless id is lost", 200, R"({"request_id":")" + QByteArray(65'536, 'a') + R"("})", u"lost: submit_lost"_s);
    row("broken JSON is lost", 200, R"({"request_id":"a)", u"lost: submit_lost"_s);
    row("a page is lost", 200, page, u"lost: submit_lost"_s);
    row("nothing is lost", 204, {}, u"lost: submit_lost"_s);
    row("a redirect is lost", 307, {}, u"lost: submit_lost"_s);
    row("an early hint is lost", 103, {}, u"lost: submit_lost"_s);
    row("a server fault is lost", 500, R"({"error":"internal"})", u"lost: submit_lost"_s);
    row("a gateway fault is lost", 520, page, u"lost: submit_lost"_s);
    row("an id in a fault is no acceptance", 500, R"({"request_id":"a"})", u"lost: submit_lost"_s);
    row("too fast is a rate limit", 429, tooFast, u"rate limited: rate_limited"_s);
    row("a 429 of any other text is a rate limit", 429, {}, u"rate limited: rate_limited"_s);
    row("no credits is a refusal", 429, credits, u"refused: out_of_credits"_s);
    row("a wrong key is a 400", 400, wrongKey, u"refused: key_refused"_s);
    row("no key", 401, R"({"code":"unauthenticated:no-credentials","error":"x"})", u"refused: key_refused"_s);
    row("a blocked key", 403, R"({"error":"blocked"})", u"refused: key_refused"_s);
    row("a moderated prompt", 400, moderated, u"moderated: moderated"_s);
    row("a wrong setting", 400, badDuration, u"refused: rejected"_s);
    row("an unknown model", 404, R"({"code":"not-found","error":"The model x does not exist"})",
        u"refused: rejected"_s);
    row("a wrong method", 405, {}, u"refused: rejected"_s);
    row("a server that gave up waiting is lost", 408, {}, u"lost: submit_lost"_s);
    row("a server that wants it later is lost", 425, {}, u"lost: submit_lost"_s);
    row("too big", 413, {}, u"refused: rejected"_s);
    row("a wrong type", 415, {}, u"refused: rejected"_s);
    row("a wrong field", 422, "Failed to deserialize", u"refused: rejected"_s);
}

void TestWireAnswers::submits()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    QCOMPARE(described(wire::readSubmit(status, body, {})), outcome);
}

void TestWireAnswers::anAcceptedSubmitGivesItsId()
{
    const auto outcome = wire::readSubmit(200, R"({"request_id":"4c0f9a31/ü"})", {});
    const auto* accepted = as<SubmitOutcome::Accepted>(outcome);
    QVERIFY(accepted);
    QCOMPARE(accepted->requestId, RequestId(u"4c0f9a31/ü"_s));
}

void TestWireAnswers::whatIsNoIdIsShownCleanedAndCut_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("shown");
    QTest::newRow("a path") << "../x y"_ba << u"../x y"_s;
    QTest::newRow("controls and an override") << R"(a\u001b[31m\u202e\r\nb)"_ba << u"a[31m b"_s;
    QTest::newRow("64 kB") << QByteArray(65'536, 'a') << QString(64, u'a') + u'…';
    QTest::newRow("64 kB of blanks") << QByteArray(65'536, ' ') << u"…"_s;
}

void TestWireAnswers::whatIsNoIdIsShownCleanedAndCut()
{
    QFETCH(const QByteArray, id);
    QFETCH(const QString, shown);
    const auto outcome = wire::readSubmit(200, R"({"request_id":")" + id + R"("})", {});
    const auto* lost = as<SubmitOutcome::Lost>(outcome);
    QVERIFY(lost);
    QCOMPARE(lost->error, (Error{ErrorKind::SubmitLost, u"no request id: \"%1\""_s.arg(shown)}));
}

void TestWireAnswers::aRateLimitKeepsItsWait()
{
    const auto outcome = wire::readSubmit(429, tooFast, 12s);
    const auto* limited = as<SubmitOutcome::RateLimited>(outcome);
    QVERIFY(limited);
    QCOMPARE(limited->error.retryAfter, std::optional(12s));
    QVERIFY(!limited->error.detail.contains(u"10 minutes"_s));
}

void TestWireAnswers::aPauseThatWasCutIsSaid()
{
    const auto outcome = wire::readSubmit(429, tooFast, 600s);
    const auto* limited = as<SubmitOutcome::RateLimited>(outcome);
    QVERIFY(limited);
    QCOMPARE(limited->error.retryAfter, std::optional(600s));
    QVERIFY(limited->error.detail.contains(u"10 minutes or more"_s));
    const auto polled = wire::readPoll(503, {}, 600s);
    QVERIFY(as<PollOutcome::Trouble>(polled)->error.detail.contains(u"10 minutes or more"_s));
}

void TestWireAnswers::refusedSubmitsGiveTheirCost()
{
    const auto moderation = wire::readSubmit(400, moderated, {});
    QVERIFY(as<SubmitOutcome::Moderated>(moderation));
    QCOMPARE(as<SubmitOutcome::Moderated>(moderation)->cost, std::optional(Money{4'220'000'000}));
    const auto refusal = wire::readSubmit(422, R"({"error":"x","usage":{"cost_in_usd_ticks":1}})", {});
    QVERIFY(as<SubmitOutcome::Refused>(refusal));
    QCOMPARE(as<SubmitOutcome::Refused>(refusal)->cost, std::optional(Money{1}));
    const auto free = wire::readSubmit(400, badDuration, {});
    QVERIFY(as<SubmitOutcome::Refused>(free));
    QCOMPARE(as<SubmitOutcome::Refused>(free)->cost, std::nullopt);
}

void TestWireAnswers::polls_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, int status, const QByteArray& body, const QString& outcome) {
        QTest::newRow(name) << status << body << outcome;
    };

    row("202 is pending", 202, R"({"status":"pending","progress":24})", u"pending"_s);
    row("202 with nothing is pending", 202, {}, u"pending"_s);
    row("202 with a page is pending", 202, page, u"pending"_s);
    row("202 is pending even when it says failed", 202, R"({"status":"failed"})", u"pending"_s);
    row("200 pending", 200, R"({"status":"pending"})", u"pending"_s);
    row("an unknown status is pending", 200, R"({"status":"queued","video":{"url":"https://x/y.mp4"}})", u"pending"_s);
    row("no status is pending", 200, R"({"progress":3})", u"pending"_s);

    row("done", 200, R"({"status":"done","video":{"url":"https://x/y.mp4","respect_moderation":true}})", u"ready"_s);
    row("done without a word of moderation", 200, R"({"status":"done","video":{"url":"https://x/y.mp4"}})", u"ready"_s);
    row("done without address", 200, R"({"status":"done","video":{"url":"","duration":6}})", u"failed: bad_answer"_s);
    row("done with a null address", 200, R"({"status":"done","video":{"url":null}})", u"failed: bad_answer"_s);
    row("done without video", 200, R"({"status":"done"})", u"failed: bad_answer"_s);
    row("done with a name and a password", 200, R"({"status":"done","video":{"url":"https://a:b@x/y.mp4"}})",
        u"failed: bad_answer"_s);
    row("done with an endless address", 200,
        R"({"status":"done","video":{"url":"https://x/)" + QByteArray(10'000, 'y') + R"("}})", u"failed: bad_answer"_s);
    row("a poll that the server gave up", 408, {}, u"trouble: server_fault"_s);
    row("a poll that comes too early", 425, {}, u"trouble: server_fault"_s);
    row("done with half an address", 200, R"({"status":"done","video":{"url":"y.mp4"}})", u"failed: bad_answer"_s);
    row("done but withheld", 200, R"({"status":"done","video":{"url":"","respect_moderation":false}})",
        u"moderated: moderated"_s);
    row("withheld though it has an address", 200,
        R"({"status":"done","video":{"url":"https://x/y.mp4","respect_moderation":false}})", u"moderated: moderated"_s);

    const auto failure = [](const char* code, const char* text) {
        return QByteArray(
                   R"({"status":"failed","video":{"url":"","duration":0,"respect_moderation":true},"error":{"code":")") +
               code + R"(","message":")" + text + R"("},"progress":0})";
    };
    row("an argument", 200, failure("invalid_argument", "Unable to download"), u"failed: rejected"_s);
    row("a permission", 200, failure("permission_denied", "x"), u"failed: not_available"_s);
    row("a precondition", 200, failure("failed_precondition", "x"), u"failed: not_available"_s);
    row("no service", 200, failure("service_unavailable", "x"), u"failed: server_fault"_s);
    row("an inner error", 200, failure("internal_error", "x"), u"failed: server_fault"_s);
    row("an unknown code", 200, failure("strange", "x"), u"failed: server_fault"_s);
    row("failed and no more", 200, R"({"status":"failed"})", u"failed: server_fault"_s);
    row("failed by moderation", 200, failure("invalid_argument", "Rejected by content moderation."),
        u"moderated: moderated"_s);
    row("expired", 200, R"({"status":"expired"})", u"expired: expired"_s);

    row("a moderated video is a 400", 400, moderated, u"moderated: moderated"_s);
    row("a moderated video with the older code", 400,
        R"({"code":"Client specified an invalid argument","error":"Generated video rejected by content moderation."})",
        u"moderated: moderated"_s);
    row("a wrong key is a 400", 400, wrongKey, u"key refused: key_refused"_s);
    row("no key", 401, {}, u"key refused: key_refused"_s);
    row("a blocked key", 403, R"({"error":"blocked"})", u"key refused: key_refused"_s);
    row("a malformed id", 400, R"({"error":"Malformed request ID"})", u"failed: rejected"_s);
    row("an unknown id", 404, R"({"error":"no deferred video could be found"})", u"failed: unknown_request"_s);

    row("too fast", 429, tooFast, u"trouble: rate_limited"_s);
    row("no credits does not touch a job that runs", 429, credits, u"trouble: out_of_credits"_s);
    row("a server fault", 500, {}, u"trouble: server_fault"_s);
    row("a gateway fault", 502, page, u"trouble: server_fault"_s);
    row("a page with 200", 200, page, u"trouble: bad_answer"_s);
    row("broken JSON", 200, R"({"status":"done)", u"trouble: bad_answer"_s);
    row("nothing with 200", 200, {}, u"trouble: bad_answer"_s);
    row("a list", 200, "[]", u"trouble: bad_answer"_s);
    row("a redirect", 302, {}, u"trouble: bad_answer"_s);
    row("another success", 206, R"({"status":"done"})", u"trouble: bad_answer"_s);
    row("another refusal", 418, {}, u"trouble: rejected"_s);
}

void TestWireAnswers::polls()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    QCOMPARE(described(wire::readPoll(status, body, {})), outcome);
}

void TestWireAnswers::pendingGivesThePercent()
{
    const auto percent = [](const QByteArray& body) {
        return std::get<PollOutcome::Pending>(wire::readPoll(202, body, {}).value).percent;
    };
    QCOMPARE(percent(R"({"status":"pending","progress":24})"), std::optional(24));
    QCOMPARE(percent(R"({"status":"pending","progress":0})"), std::optional(0));
    QCOMPARE(percent(R"({"progress":1e300})"), std::optional(100));
    QCOMPARE(percent(R"({"progress":-5})"), std::optional(0));
    QCOMPARE(percent(R"({"progress":"24"})"), std::nullopt);
    QCOMPARE(percent(R"({"status":"pending"})"), std::nullopt);
}

void TestWireAnswers::readyGivesAddressAndCost()
{
    const auto read = [](const QByteArray& ticks) {
        return wire::readPoll(200,
                              R"({"status":"done","video":{"url":"https://vidgen.x.ai/a/b%2Fc.mp4?x=1"},)"
                              R"("usage":{"cost_in_usd_ticks":)" +
                                  ticks + "}}",
                              {});
    };
    const auto outcome = read("4220000000");
    const auto* ready = as<PollOutcome::Ready>(outcome);
    QVERIFY(ready);
    QCOMPARE(ready->address.toString(QUrl::FullyEncoded), u"https://vidgen.x.ai/a/b%2Fc.mp4?x=1"_s);
    QCOMPARE(ready->cost, std::optional(Money{4'220'000'000}));
    // Beyond what a double can count.
    QCOMPARE(as<PollOutcome::Ready>(read("9007199254740993"))->cost, std::optional(Money{9'007'199'254'740'993}));
    QCOMPARE(as<PollOutcome::Ready>(read("9223372036854775807"))->cost,
             std::optional(Money{std::numeric_limits<std::int64_t>::max()}));
    QCOMPARE(as<PollOutcome::Ready>(read("-1"))->cost, std::nullopt);
    QCOMPARE(as<PollOutcome::Ready>(read("\"1\""))->cost, std::nullopt);
}

void TestWireAnswers::aStoredResultIsReadyToo()
{
    const auto outcome = wire::readPoll(
        200, R"({"status":"done","video":{"url":"","file_output":{"public_url":"https://files-cdn.x.ai/b.mp4"}}})", {});
    const auto* ready = as<PollOutcome::Ready>(outcome);
    QVERIFY(ready);
    QCOMPARE(ready->address, QUrl(u"https://files-cdn.x.ai/b.mp4"_s));
    QCOMPARE(ready->cost, std::nullopt);
}

void TestWireAnswers::endedJobsGiveTheirCost()
{
    const QByteArray usage = R"(,"usage":{"cost_in_usd_ticks":7}})";
    const std::optional<Money> cost(Money{7});
    const auto failed = wire::readPoll(200, R"({"status":"failed","error":{"code":"internal_error"})" + usage, {});
    QCOMPARE(as<PollOutcome::Failed>(failed)->cost, cost);
    const auto withheld = wire::readPoll(200, R"({"status":"done","video":{"respect_moderation":false})" + usage, {});
    QCOMPARE(as<PollOutcome::Moderated>(withheld)->cost, cost);
    const auto expired = wire::readPoll(200, R"({"status":"expired")" + usage, {});
    QCOMPARE(as<PollOutcome::Expired>(expired)->cost, cost);
    const auto refused =
        wire::readPoll(400, R"({"error":{"message":"moderated","usage":{"cost_in_usd_ticks":7}}})", {});
    QCOMPARE(as<PollOutcome::Moderated>(refused)->cost, cost);
}

void TestWireAnswers::troubleKeepsItsWait()
{
    const auto outcome = wire::readPoll(503, {}, 30s);
    QVERIFY(as<PollOutcome::Trouble>(outcome));
    QCOMPARE(as<PollOutcome::Trouble>(outcome)->error.retryAfter, std::optional(30s));
}

void TestWireAnswers::keyReports_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("report");
    const auto report = [](const char* team, const char* blocked, const char* disabled) {
        return QByteArray(R"({"redacted_api_key":"xai-...b14o","name":"desktop","team_blocked":)") + team +
               R"(,"api_key_blocked":)" + blocked + R"(,"api_key_disabled":)" + disabled + "}";
    };
    QTest::newRow("a good key") << 200 << report("false", "false", "false") << u"desktop xai-...b14o"_s;
    QTest::newRow("a blocked team") << 200 << report("true", "false", "false") << u"desktop xai-...b14o blocked"_s;
    QTest::newRow("a blocked key") << 200 << report("false", "true", "false") << u"desktop xai-...b14o blocked"_s;
    QTest::newRow("a disabled key") << 200 << report("false", "false", "true") << u"desktop xai-...b14o blocked"_s;
    QTest::newRow("a good key without credits") << 429 << credits << u"no credits"_s;
    QTest::newRow("too fast") << 429 << tooFast << u"rate_limited"_s;
    QTest::newRow("a wrong key") << 400 << wrongKey << u"key_refused"_s;
    QTest::newRow("no key") << 401 << QByteArray() << u"key_refused"_s;
    QTest::newRow("a fault") << 500 << QByteArray() << u"server_fault"_s;
    QTest::newRow("a page") << 200 << page << u"bad_answer"_s;
    QTest::newRow("another answer") << 200 << QByteArray("{}") << u"bad_answer"_s;
}

void TestWireAnswers::keyReports()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, report);
    const auto result = wire::readKeyReport(status, body);
    if (const auto* error = std::get_if<Error>(&result)) {
        QCOMPARE(toName(error->kind), report);
        return;
    }
    const auto& read = std::get<KeyReport>(result);
    QStringList words{read.name, read.redacted};
    if (read.blocked)
        words.append(u"blocked"_s);
    if (read.outOfCredits)
        words.append(u"no credits"_s);
    QCOMPARE(words.join(u' ').trimmed(), report);
}

void TestWireAnswers::waits_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("12") << 12;
    QTest::newRow("none") << QByteArray() << -1;
    QTest::newRow("nonsense") << QByteArray("soon") << -1;
    QTest::newRow("negative") << QByteArray("-3") << 0;
    QTest::newRow("a month") << QByteArray("3000000") << 600;
    QTest::newRow("more than a number holds") << QByteArray("99999999999999999999") << -1;
    QTest::newRow("the largest number") << QByteArray("9223372036854775807") << 600;
    QTest::newRow("a far date") << QByteArray("Mon, 23 Nov 2099 10:00:30 GMT") << 600;
    QTest::newRow("a date") << QByteArray("Mon, 23 Nov 2026 10:00:30 GMT") << 30;
    QTest::newRow("a date that has passed") << QByteArray("Mon, 23 Nov 2026 09:00:00 GMT") << 0;
}

void TestWireAnswers::waits()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const QDateTime now(QDate(2026, 11, 23), QTime(10, 0), Qt::UTC);
    const auto wait = wire::readRetryAfter(header, now);
    QCOMPARE(wait.has_value(), seconds >= 0);
    if (wait)
        QCOMPARE(wait->count(), seconds);
}

QTEST_GUILESS_MAIN(TestWireAnswers)

#include "tst_wireanswers.moc"
