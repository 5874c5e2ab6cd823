// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/answers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

QJsonObject usage(qint64 ticks)
{
    return {{u"cost_in_usd_ticks"_s, ticks}};
}

/// The video of an answer that has none to give.
QJsonObject noVideo(bool respectsModeration)
{
    return {{u"url"_s, QString()}, {u"duration"_s, 0}, {u"respect_moderation"_s, respectsModeration}};
}

HttpAnswer htmlAnswer(int status, const QByteArray& body)
{
    HttpAnswer answer = textAnswer(status, body);
    answer.contentType = "text/html; charset=UTF-8";
    return answer;
}

QString usualFailureMessage(const QString& code)
{
    if (code == "invalid_argument"_L1)
        return u"The request input is invalid."_s;
    if (code == "permission_denied"_L1)
        return u"The API key or team does not have permission for the requested video operation."_s;
    if (code == "failed_precondition"_L1)
        return u"The requested operation is not available for the selected model or settings."_s;
    if (code == "service_unavailable"_L1)
        return u"Video generation is temporarily overloaded."_s;
    return u"The service could not complete the generation because of an internal failure."_s;
}

HttpAnswer plainScriptedAnswer(const Rule& rule, qint64 cost)
{
    const auto message = [&rule](const QString& usual) { return rule.message.isEmpty() ? usual : rule.message; };
    const auto status = [&rule](int usual) { return rule.status == 0 ? usual : rule.status; };
    const auto body = [&rule](const QByteArray& usual) { return rule.body.isEmpty() ? usual : rule.body; };
    const QString moderated = message(u"Generated video rejected by content moderation."_s);
    switch (rule.reply) {
    case Reply::Usual:
    case Reply::Truncated:
        break;
    case Reply::Status: {
        HttpAnswer answer = textAnswer(status(200), rule.body);
        answer.contentType = rule.contentType.isEmpty() ? "application/json" : rule.contentType.toUtf8();
        return answer;
    }
    case Reply::ModeratedDone:
        return jsonAnswer(200, {{u"status"_s, u"done"_s},
                                {u"video"_s, noVideo(false)},
                                {u"model"_s, u"grok-imagine-video"_s},
                                {u"usage"_s, usage(cost)},
                                {u"progress"_s, 100}});
    case Reply::ModeratedPoll:
        return jsonAnswer(
            400, {{u"code"_s, u"imagine:content-moderated"_s}, {u"error"_s, moderated}, {u"usage"_s, usage(cost)}});
    case Reply::ModeratedFailed:
        return failedAnswer(u"invalid_argument"_s, moderated, cost);
    case Reply::ModeratedPost:
        return errorAnswer(400, u"imagine:content-moderated"_s,
                           message(u"The prompt or the input image was rejected by content moderation."_s));
    case Reply::Failed: {
        const QString code = rule.code.isEmpty() ? u"internal_error"_s : rule.code;
        return failedAnswer(code, message(usualFailureMessage(code)), rule.costInUsdTicks);
    }
    case Reply::Expired:
        return expiredAnswer();
    case Reply::Pending:
        return pendingAnswer(rule.progress);
    case Reply::PendingEmpty:
        return textAnswer(202, {});
    case Reply::PendingGarbage:
        return textAnswer(202, body("{\"status\":\"pend"));
    case Reply::NoAddress:
        return jsonAnswer(200, {{u"status"_s, u"done"_s},
                                {u"video"_s, noVideo(true)},
                                {u"model"_s, u"grok-imagine-video"_s},
                                {u"usage"_s, usage(cost)},
                                {u"progress"_s, 100}});
    case Reply::RateLimited:
        return errorAnswer(429, u"resource-exhausted"_s,
                           u"Too many requests for team simulator and model grok-imagine-video. Your team's rate "
                           "limit is reached: Requests per Second (actual/limit): 2/2"_s);
    case Reply::OutOfCredits:
        return errorAnswer(429, u"resource-exhausted"_s,
                           u"Your team simulator has either used all available credits or reached its monthly "
                           "spending limit. To continue making API requests, please purchase more credits or raise "
                           "your spending limit."_s);
    case Reply::ServerFault:
        return textAnswer(status(503), body("upstream connect error or disconnect/reset before headers. "
                                            "reset reason: connection termination"));
    case Reply::Html:
        return htmlAnswer(status(rule.step == Step::Download ? 200 : 502),
                          body("<!DOCTYPE html><html><head><title>Bad gateway</title></head>"
                               "<body><h1>Error 502</h1></body></html>"));
    case Reply::KeyRefused:
        return errorAnswer(400, u"invalid-argument"_s,
                           u"Incorrect API key provided: xa***gA. You can obtain an API key from "
                           "https://console.x.ai."_s);
    case Reply::KeyBlocked:
        return errorAnswer(403, u"permission-denied"_s, u"The API key is blocked."_s);
    case Reply::Forgotten:
        return unknownRequest();
    case Reply::LinkGone:
        return htmlAnswer(status(404), "<!DOCTYPE html><html><body>This link has expired.</body></html>");
    }
    return {};
}

} // namespace

HttpAnswer jsonAnswer(int status, const QJsonObject& body)
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return answer;
}

HttpAnswer errorAnswer(int status, const QString& code, const QString& text)
{
    return jsonAnswer(status, {{u"code"_s, code}, {u"error"_s, text}});
}

HttpAnswer textAnswer(int status, const QByteArray& text)
{
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "text/plain; charset=utf-8";
    answer.body = text;
    return answer;
}

HttpAnswer noRoute()
{
    const QJsonObject error{{u"code"_s, 404},
                            {u"message"_s, u"The requested resource was not found. Please check the URL and try "
                                           "again. Documentation is available at https://docs.x.ai/"_s}};
    return jsonAnswer(404, {{u"error"_s, error}});
}

HttpAnswer unknownRequest()
{
    return errorAnswer(404, u"not-found"_s, u"no deferred video could be found for this request id"_s);
}

HttpAnswer pendingAnswer(int progress)
{
    return jsonAnswer(202, {{u"status"_s, u"pending"_s}, {u"progress"_s, progress}});
}

HttpAnswer expiredAnswer()
{
    return jsonAnswer(200, {{u"status"_s, u"expired"_s}, {u"video"_s, noVideo(true)}});
}

HttpAnswer failedAnswer(const QString& code, const QString& message, std::optional<qint64> costInUsdTicks)
{
    QJsonObject body{{u"status"_s, u"failed"_s},
                     {u"video"_s, noVideo(true)},
                     {u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}},
                     {u"progress"_s, 0}};
    if (costInUsdTicks)
        body[u"usage"_s] = usage(*costInUsdTicks);
    return jsonAnswer(200, body);
}

HttpAnswer scriptedAnswer(const Rule& rule, qint64 cost)
{
    HttpAnswer answer = plainScriptedAnswer(rule, rule.costInUsdTicks.value_or(cost));
    for (auto header = rule.headers.begin(); header != rule.headers.end(); ++header)
        answer.headers.append({header.key().toUtf8(), header.value().toUtf8()});
    answer.delay = rule.delay;
    return answer;
}

} // namespace clipkiln::simulator
