// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/script.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr std::array stepNames{
    std::pair{Step::Post, QLatin1StringView("post")},         std::pair{Step::Poll, QLatin1StringView("poll")},
    std::pair{Step::Download, QLatin1StringView("download")}, std::pair{Step::Key, QLatin1StringView("key")},
    std::pair{Step::Files, QLatin1StringView("files")},
};

constexpr std::array replyNames{
    std::pair{Reply::Usual, QLatin1StringView("usual")},
    std::pair{Reply::Status, QLatin1StringView("status")},
    std::pair{Reply::ModeratedDone, QLatin1StringView("moderated-done")},
    std::pair{Reply::ModeratedPoll, QLatin1StringView("moderated-poll")},
    std::pair{Reply::ModeratedFailed, QLatin1StringView("moderated-failed")},
    std::pair{Reply::ModeratedPost, QLatin1StringView("moderated-post")},
    std::pair{Reply::Failed, QLatin1StringView("failed")},
    std::pair{Reply::Expired, QLatin1StringView("expired")},
    std::pair{Reply::Pending, QLatin1StringView("pending")},
    std::pair{Reply::PendingEmpty, QLatin1StringView("pending-empty")},
    std::pair{Reply::PendingGarbage, QLatin1StringView("pending-garbage")},
    std::pair{Reply::NoAddress, QLatin1StringView("no-address")},
    std::pair{Reply::RateLimited, QLatin1StringView("rate-limited")},
    std::pair{Reply::OutOfCredits, QLatin1StringView("out-of-credits")},
    std::pair{Reply::ServerFault, QLatin1StringView("server-fault")},
    std::pair{Reply::Html, QLatin1StringView("html")},
    std::pair{Reply::KeyRefused, QLatin1StringView("key-refused")},
    std::pair{Reply::KeyBlocked, QLatin1StringView("key-blocked")},
    std::pair{Reply::Forgotten, QLatin1StringView("forgotten")},
    std::pair{Reply::LinkGone, QLatin1StringView("link-gone")},
    std::pair{Reply::Truncated, QLatin1StringView("truncated")},
};

template <typename Table, typename Value>
QString nameOf(const Table& table, Value value)
{
    const auto found = std::ranges::find(table, value, &Table::value_type::first);
    return found == table.end() ? QString() : QString(found->second);
}

template <typename Table>
auto valueOf(const Table& table, const QString& name)
{
    const auto found = std::ranges::find(table, name, [](const auto& entry) { return QString(entry.second); });
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

/// A misspelt key would make a test pass for the wrong reason, so it is an error.
constexpr std::array ruleKeys{
    QLatin1StringView("step"),     QLatin1StringView("answer"),   QLatin1StringView("mode"),
    QLatin1StringView("path"),     QLatin1StringView("from"),     QLatin1StringView("times"),
    QLatin1StringView("per_path"), QLatin1StringView("delay_ms"), QLatin1StringView("status"),
    QLatin1StringView("body"),     QLatin1StringView("headers"),  QLatin1StringView("content_type"),
    QLatin1StringView("code"),     QLatin1StringView("message"),  QLatin1StringView("cost_in_usd_ticks"),
    QLatin1StringView("progress"),
};

std::variant<Rule, QString> parseRule(const QJsonObject& json)
{
    for (const QString& key : json.keys()) {
        if (std::ranges::find(ruleKeys, key) == ruleKeys.end())
            return u"A rule has no field \"%1\"."_s.arg(key);
    }
    const auto step = valueOf(stepNames, json["step"_L1].toString());
    if (!step)
        return u"There is no step \"%1\"; use post, poll, download, key or files."_s.arg(json["step"_L1].toString());
    const auto reply = valueOf(replyNames, json["answer"_L1].toString(u"usual"_s));
    if (!reply)
        return u"There is no answer \"%1\"."_s.arg(json["answer"_L1].toString());

    Rule rule;
    rule.step = *step;
    rule.reply = *reply;
    rule.mode = json["mode"_L1].toString();
    rule.path = json["path"_L1].toString();
    rule.from = json["from"_L1].toInt(rule.from);
    rule.times = json["times"_L1].toInt(rule.times);
    rule.perPath = json["per_path"_L1].toBool(rule.perPath);
    rule.delay = std::chrono::milliseconds(json["delay_ms"_L1].toInt());
    rule.status = json["status"_L1].toInt();
    const QJsonValue body = json["body"_L1]; // text as it is, or JSON to be sent as such
    rule.body =
        body.isObject() ? QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact) : body.toString().toUtf8();
    rule.contentType = json["content_type"_L1].toString();
    const QJsonObject headers = json["headers"_L1].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        rule.headers.insert(header.key(), header.value().toVariant().toString());
    rule.code = json["code"_L1].toString();
    rule.message = json["message"_L1].toString();
    if (json.contains("cost_in_usd_ticks"_L1))
        rule.costInUsdTicks = json["cost_in_usd_ticks"_L1].toInteger();
    rule.progress = json["progress"_L1].toInt(rule.progress);
    return rule;
}

QJsonObject ruleToJson(const Rule& rule)
{
    QJsonObject headers;
    for (auto header = rule.headers.begin(); header != rule.headers.end(); ++header)
        headers[header.key()] = header.value();
    QJsonObject json{
        {u"step"_s, stepName(rule.step)},
        {u"answer"_s, nameOf(replyNames, rule.reply)},
        {u"mode"_s, rule.mode},
        {u"path"_s, rule.path},
        {u"from"_s, rule.from},
        {u"times"_s, rule.times},
        {u"per_path"_s, rule.perPath},
        {u"delay_ms"_s, static_cast<qint64>(rule.delay.count())},
        {u"status"_s, rule.status},
        {u"body"_s, QString::fromUtf8(rule.body)},
        {u"content_type"_s, rule.contentType},
        {u"headers"_s, headers},
        {u"code"_s, rule.code},
        {u"message"_s, rule.message},
        {u"progress"_s, rule.progress},
    };
    if (rule.costInUsdTicks)
        json[u"cost_in_usd_ticks"_s] = *rule.costInUsdTicks;
    return json;
}

} // namespace

std::variant<Script, QString> parseScript(const QByteArray& json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isArray())
        return u"A script is a JSON array of rules (%1)."_s.arg(error.errorString());
    Script script;
    for (const QJsonValue value : document.array()) {
        std::variant<Rule, QString> rule = parseRule(value.toObject());
        if (const auto* text = std::get_if<QString>(&rule))
            return *text;
        script.rules.append(std::get<Rule>(std::move(rule)));
    }
    return script;
}

QByteArray toJson(const Script& script)
{
    QJsonArray rules;
    for (const Rule& rule : script.rules)
        rules.append(ruleToJson(rule));
    return QJsonDocument(rules).toJson(QJsonDocument::Compact);
}

QString stepName(Step step)
{
    return nameOf(stepNames, step);
}

void ScriptPlayer::set(const Script& script)
{
    const std::lock_guard lock(m_mutex);
    m_script = script;
    m_seen = QList<QHash<QString, int>>(script.rules.size());
}

Script ScriptPlayer::script() const
{
    const std::lock_guard lock(m_mutex);
    return m_script;
}

std::optional<Rule> ScriptPlayer::next(Step step, const QString& mode, const QString& path)
{
    const std::lock_guard lock(m_mutex);
    std::optional<Rule> result;
    for (qsizetype i = 0; i < m_script.rules.size(); ++i) {
        const Rule& rule = m_script.rules.at(i);
        if (rule.step != step || (!rule.mode.isEmpty() && rule.mode != mode) || !path.contains(rule.path))
            continue;
        // Every rule counts, also one that is not asked: "the third POST" does not depend on the rules above.
        const int count = ++m_seen[i][rule.perPath ? path : QString()];
        const bool holds = count >= rule.from && (rule.times == Rule::always || count < rule.from + rule.times);
        if (holds && !result)
            result = rule;
    }
    return result;
}

} // namespace clipkiln::simulator
