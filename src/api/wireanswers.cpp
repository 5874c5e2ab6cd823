// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire.h"

#include "core/plaintext.h"
#include "core/text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::wire {

namespace {

constexpr qsizetype longestDetail = 1000;   // characters
constexpr qsizetype longestRequestId = 256; // characters; those of the service have 36
constexpr qsizetype longestAddress = 8192;  // characters; signed addresses have hundreds
constexpr std::chrono::minutes longestWait{10};

/// The error in an answer, whatever its shape.
struct ErrorBody
{
    QString code;
    QString text;
};

std::optional<QJsonObject> parseObject(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

/// An HTML page as its title, other text in one line.
QString plainText(const QByteArray& body)
{
    QString text = QString::fromUtf8(body);
    static const QRegularExpression title(u"<title[^>]*>([^<]*)"_s, QRegularExpression::CaseInsensitiveOption);
    if (const auto match = title.match(text); match.hasMatch())
        text = match.captured(1);
    return text.simplified();
}

QString codeText(const QJsonValue& code)
{
    return code.isDouble() ? QString::number(code.toInteger()) : code.toString();
}

ErrorBody readErrorBody(const QJsonObject& json)
{
    const QJsonValue error = json.value("error"_L1);
    if (error.isObject())
        return {codeText(error["code"_L1]), error["message"_L1].toString()};
    return {codeText(json.value("code"_L1)), error.toString(json.value("message"_L1).toString())};
}

ErrorBody readErrorBody(const QByteArray& body)
{
    if (const auto json = parseObject(body))
        return readErrorBody(*json);
    return {{}, plainText(body)};
}

bool speaksOf(const ErrorBody& errorBody, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [&errorBody](QLatin1StringView word) {
        return errorBody.text.contains(word, Qt::CaseInsensitive) || errorBody.code.contains(word, Qt::CaseInsensitive);
    });
}

/// The shapes 2 to 4 of CONTRACT.md 6.4.
bool isModeration(const ErrorBody& errorBody)
{
    return speaksOf(errorBody, {"moderat"_L1, "usage guidelines"_L1, "content policy"_L1});
}

/// A wrong key is a 400, not a 401 (CONTRACT.md 8.1).
bool isAboutKey(const ErrorBody& errorBody)
{
    return speaksOf(errorBody, {"api key"_L1, "api-key"_L1, "api_key"_L1, "unauthenticated"_L1});
}

/// The 429 that does not go away by waiting (CONTRACT.md 8.1).
bool isAboutCredits(const ErrorBody& errorBody)
{
    return speaksOf(errorBody, {"credits"_L1, "spending limit"_L1});
}

/// An uploaded file that has expired or was deleted. The service's words for that are not documented.
bool isAboutUnknownFile(const ErrorBody& errorBody)
{
    static const QRegularExpression file(u"\\bfiles?\\b|\\bfile_"_s, QRegularExpression::CaseInsensitiveOption);
    return file.match(errorBody.text).hasMatch() &&
           speaksOf(errorBody, {"not found"_L1, "not-found"_L1, "not exist"_L1, "could not find"_L1, "unknown file"_L1,
                                "expired"_L1, "deleted"_L1, "no such"_L1});
}

/// 408 and 425 say nothing of the request: the server gave up waiting for it, or would rather see it later.
bool isTransient(int status)
{
    return status == 408 || status == 425;
}

ErrorKind kindOf(int status, const ErrorBody& errorBody)
{
    if (status == 400 && isModeration(errorBody))
        return ErrorKind::Moderated;
    if (status == 401 || status == 403 || (status == 400 && isAboutKey(errorBody)))
        return ErrorKind::KeyRefused;
    if (status == 429)
        return isAboutCredits(errorBody) ? ErrorKind::OutOfCredits : ErrorKind::RateLimited;
    if (status >= 500 || isTransient(status))
        return ErrorKind::ServerFault;
    return status >= 400 ? ErrorKind::Rejected : ErrorKind::BadAnswer;
}

/// "Duration must be between 1 and 15 seconds (HTTP 400, invalid-argument)"
QString detailOf(const ErrorBody& errorBody, QStringList source = {})
{
    if (!errorBody.code.isEmpty())
        source.append(errorBody.code);
    if (errorBody.text.isEmpty())
        return source.join(", "_L1);
    const QString text = errorBody.text.left(longestDetail);
    return source.isEmpty() ? text : u"%1 (%2)"_s.arg(text, source.join(", "_L1));
}

QString httpStatus(int status)
{
    return u"HTTP %1"_s.arg(status);
}

/// The error codes of a job that was accepted and then failed (CONTRACT.md 6.3).
ErrorKind kindOfFailure(const QString& code)
{
    if (code == "invalid_argument"_L1)
        return ErrorKind::Rejected;
    if (code == "permission_denied"_L1 || code == "failed_precondition"_L1)
        return ErrorKind::NotAvailable;
    return ErrorKind::ServerFault; // service_unavailable, internal_error and codes that are not known yet
}

/// The cost, wherever `usage` is in the answer; refused jobs may be charged as well (CONTRACT.md 6.2, 6.4).
std::optional<Money> readCost(const QJsonObject& json)
{
    const QJsonValue places[] = {json, json.value("video"_L1), json.value("error"_L1)};
    for (const QJsonValue& place : places) {
        // toInteger() keeps all 64 bits; a double would not.
        const qint64 ticks = place["usage"_L1]["cost_in_usd_ticks"_L1].toInteger(-1);
        if (ticks >= 0)
            return Money{ticks};
    }
    return std::nullopt;
}

std::optional<int> readPercent(const QJsonObject& json)
{
    const QJsonValue progress = json.value("progress"_L1);
    if (!progress.isDouble())
        return std::nullopt;
    return static_cast<int>(std::clamp(progress.toDouble(), 0.0, 100.0));
}

QUrl readAddress(const QJsonValue& video)
{
    for (const QJsonValue& place : {video["url"_L1], video["file_output"_L1]["public_url"_L1]}) {
        const QString text = place.toString();
        const QUrl url(text);
        if (text.size() <= longestAddress && url.isValid() && !url.isRelative() && url.userInfo().isEmpty())
            return url;
    }
    return {};
}

PollOutcome readDone(const QJsonObject& json)
{
    const auto cost = readCost(json);
    const QJsonValue video = json.value("video"_L1);
    if (video["respect_moderation"_L1] == QJsonValue(false))
        return {PollOutcome::Moderated{{ErrorKind::Moderated, u"respect_moderation: false"_s}, cost}};
    const QUrl address = readAddress(video);
    if (address.isEmpty())
        return {PollOutcome::Failed{{ErrorKind::BadAnswer, u"done without address"_s}, cost}};
    return {PollOutcome::Ready{address, cost}};
}

PollOutcome readFailed(const QJsonObject& json)
{
    const auto cost = readCost(json);
    const ErrorBody errorBody = readErrorBody(json);
    if (isModeration(errorBody) || json.value("video"_L1)["respect_moderation"_L1] == QJsonValue(false))
        return {PollOutcome::Moderated{{ErrorKind::Moderated, detailOf(errorBody)}, cost}};
    return {
        PollOutcome::Failed{{kindOfFailure(errorBody.code), detailOf(errorBody)}, cost, isAboutUnknownFile(errorBody)}};
}

PollOutcome readState(const QByteArray& body)
{
    const auto json = parseObject(body);
    if (!json)
        return {PollOutcome::Trouble{{ErrorKind::BadAnswer, detailOf(readErrorBody(body), {httpStatus(200)})}}};
    // `status` decides, never the presence of `video`; one that is not known is a job still under way.
    const QString status = json->value("status"_L1).toString();
    if (status == "done"_L1)
        return readDone(*json);
    if (status == "failed"_L1)
        return readFailed(*json);
    if (status == "expired"_L1)
        return {PollOutcome::Expired{{ErrorKind::Expired, detailOf(readErrorBody(*json))}, readCost(*json)}};
    return {PollOutcome::Pending{readPercent(*json)}};
}

/// What of an id that is none may be shown and kept: a person may need it to ask the service what became of the job.
QString shownId(const QString& id)
{
    constexpr qsizetype longest = 64; // characters
    const QString line = cleanLine(id.left(2 * longest)).simplified();
    return line.size() > longest || id.size() > 2 * longest ? line.left(longest) + u'…' : line;
}

/// The id is opaque text, yet it becomes a part of an address and is shown: what would walk through a path, is no
/// printable word, or is longer than any id, is none.
bool isRequestId(const QString& id)
{
    return !id.isEmpty() && id.size() <= longestRequestId &&
           std::ranges::all_of(id, [](QChar c) { return c.isPrint() && !c.isSpace(); }) &&
           std::ranges::any_of(id, [](QChar c) { return c != u'.' && c != u'/' && c != u'\\'; });
}

} // namespace

SubmitOutcome readSubmit(int status, const QByteArray& body, std::optional<std::chrono::seconds> retryAfter)
{
    const QJsonObject json = parseObject(body).value_or(QJsonObject());
    if (status >= 200 && status < 300) {
        const QString id = json.value("request_id"_L1).toString();
        if (isRequestId(id))
            return {SubmitOutcome::Accepted{RequestId(id)}};
        if (!id.isEmpty())
            return {SubmitOutcome::Lost{{ErrorKind::SubmitLost, u"no request id: \"%1\""_s.arg(shownId(id))}}};
    }
    Error error = readError(status, body);
    if (status < 400 || status >= 500 || isTransient(status)) {
        error.kind = ErrorKind::SubmitLost;
        return {SubmitOutcome::Lost{error}};
    }
    if (error.kind == ErrorKind::Moderated)
        return {SubmitOutcome::Moderated{error, readCost(json)}};
    if (error.kind == ErrorKind::RateLimited) {
        noteWait(error, retryAfter);
        return {SubmitOutcome::RateLimited{error}};
    }
    const bool unknownFile = (status == 400 || status == 404) && isAboutUnknownFile(readErrorBody(body));
    return {SubmitOutcome::Refused{error, readCost(json), unknownFile}};
}

PollOutcome readPoll(int status, const QByteArray& body, std::optional<std::chrono::seconds> retryAfter)
{
    if (status == 202)
        return {PollOutcome::Pending{readPercent(parseObject(body).value_or(QJsonObject()))}};
    if (status == 200)
        return readState(body);
    Error error = readError(status, body);
    const auto cost = readCost(parseObject(body).value_or(QJsonObject()));
    if (error.kind == ErrorKind::KeyRefused)
        return {PollOutcome::KeyRefused{error}};
    if (error.kind == ErrorKind::Moderated)
        return {PollOutcome::Moderated{error, cost}};
    if (status == 404)
        error.kind = ErrorKind::UnknownRequest;
    if (status == 400 || status == 404)
        return {PollOutcome::Failed{error, cost}};
    noteWait(error, retryAfter);
    return {PollOutcome::Trouble{error}};
}

Error readError(int status, const QByteArray& body)
{
    const ErrorBody errorBody = readErrorBody(body);
    return {kindOf(status, errorBody), detailOf(errorBody, {httpStatus(status)})};
}

std::variant<KeyReport, Error> readKeyReport(int status, const QByteArray& body)
{
    if (status == 200) {
        const auto json = parseObject(body);
        if (!json || !json->contains("redacted_api_key"_L1))
            return Error{ErrorKind::BadAnswer, detailOf(readErrorBody(body), {httpStatus(status)})};
        const bool blocked = json->value("team_blocked"_L1).toBool() || json->value("api_key_blocked"_L1).toBool() ||
                             json->value("api_key_disabled"_L1).toBool();
        return KeyReport{json->value("name"_L1).toString(), json->value("redacted_api_key"_L1).toString(), blocked,
                         false};
    }
    const Error error = readError(status, body);
    if (error.kind == ErrorKind::OutOfCredits)
        return KeyReport{{}, {}, false, true};
    return error;
}

std::optional<std::chrono::seconds> readRetryAfter(const QByteArray& header, const QDateTime& now)
{
    bool isNumber = false;
    const qlonglong seconds = header.trimmed().toLongLong(&isNumber);
    const auto bounded = [](qint64 wait) {
        return std::clamp<std::chrono::seconds>(std::chrono::seconds(wait), std::chrono::seconds(0), longestWait);
    };
    if (isNumber)
        return bounded(seconds);
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return bounded(now.secsTo(date));
}

void noteWait(Error& error, std::optional<std::chrono::seconds> retryAfter)
{
    error.retryAfter = retryAfter;
    if (retryAfter != longestWait)
        return;
    const QString reason = Text::tr("The service asks for a pause of 10 minutes or more; it is asked again after 10.");
    error.detail += (error.detail.isEmpty() ? QString() : u" – "_s) + reason;
}

} // namespace clipkiln::wire
