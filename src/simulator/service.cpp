// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/service.h"

#include "simulator/answers.h"
#include "simulator/bodymedia.h"
#include "simulator/filesapi.h"
#include "simulator/keyapi.h"
#include "simulator/simulator.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr QLatin1StringView videosPath("/v1/videos/");
constexpr QLatin1StringView filesPath("/v1/files");
constexpr QLatin1StringView controlPath("/simulator/");
constexpr QLatin1StringView publicFilesPath("/files-cdn/");
constexpr qsizetype largestImage = qsizetype{20} << 20;

bool isPostPath(const QString& path)
{
    return path == "/v1/videos/generations"_L1 || path == "/v1/videos/edits"_L1 || path == "/v1/videos/extensions"_L1;
}

Step stepOf(const HttpRequest& request)
{
    if (request.path.startsWith(filesPath))
        return Step::Files;
    if (!request.path.startsWith(videosPath))
        return Step::Key;
    return request.method == "POST" ? Step::Post : Step::Poll;
}

bool hasKey(const HttpRequest& request)
{
    static constexpr QByteArrayView bearer("Bearer ");
    const QByteArray value = request.headers.value("authorization");
    return value.startsWith(bearer) && !value.sliced(bearer.size()).trimmed().isEmpty();
}

QString lastPart(const QString& path)
{
    return path.section(u'/', -1);
}

QString isoTime(qint64 secondsSinceEpoch)
{
    return QDateTime::fromSecsSinceEpoch(secondsSinceEpoch).toUTC().toString(Qt::ISODate);
}

} // namespace

Service::Service(const Options& options, std::function<QString()> clipBase)
    : m_models(Models::builtInAnd(options.modelsFile))
    , m_files(QDir(options.folder).filePath(u"files"_s))
    , m_generations(QDir(options.folder), options.speed, options.render, m_models, m_files, clipBase)
    , m_strict(options.strict)
    , m_clipBase(std::move(clipBase))
{
}

HttpAnswer Service::answerApi(const HttpRequest& request)
{
    if (request.path.startsWith(controlPath))
        return answerControl(request);
    const Step step = stepOf(request);
    HttpRequest light = request;
    if (step == Step::Post)
        light.body = withoutDataUris(request.body, m_generations.inputs());
    const QString mode = modeOfRequest(step, light);
    const qsizetype number = m_ledger.note(step, request, mode);
    HttpAnswer answer;
    if (!request.complete) {
        answer = textAnswer(400, "The body ended early."); // the client is gone already
    } else if (!hasKey(request)) {
        answer = errorAnswer(401, u"unauthenticated:no-credentials"_s,
                             u"No credentials were provided. Send an API key as a bearer token."_s);
    } else if (const std::optional<Rule> rule = m_script.next(step, mode, request.path)) {
        answer = answerScripted(*rule, light);
    } else {
        answer = answerStep(step, light);
    }
    m_ledger.answered(number, answer);
    return answer;
}

HttpAnswer Service::answerClip(const HttpRequest& request)
{
    const QString mode = modeOfRequest(Step::Download, request);
    const qsizetype number = m_ledger.note(Step::Download, request, mode);
    HttpAnswer answer;
    if (request.headers.contains("authorization")) {
        // The real host is another one than the API's; a key that comes here has leaked.
        answer = textAnswer(400, "Authorization does not belong here.");
    } else if (const std::optional<Rule> rule = m_script.next(Step::Download, mode, request.path)) {
        answer = answerScripted(*rule, request);
    } else {
        answer = answerStep(Step::Download, request);
    }
    m_ledger.answered(number, answer);
    return answer;
}

HttpAnswer Service::answerStep(Step step, const HttpRequest& request)
{
    switch (step) {
    case Step::Post:
        return isPostPath(request.path) ? answerPost(request) : textAnswer(405, {});
    case Step::Poll:
        return request.method == "GET" ? answerPoll(lastPart(request.path)) : textAnswer(405, {});
    case Step::Key:
        return answerKeyApi(request, m_models);
    case Step::Files:
        return answerFilesApi(request, m_files, m_clipBase() + publicFilesPath);
    case Step::Download:
        break;
    }
    HttpAnswer answer;
    answer.contentType = "video/mp4";
    if (request.path.startsWith(publicFilesPath)) {
        const std::optional<StoredFile> file = m_files.findPublic(request.path.section(u'/', 2, 2));
        answer.file = file ? m_files.contentPath(file->id) : QString();
    } else if (const auto generation = m_generations.findByClip(clipIdOf(request.path));
               generation && m_generations.outcome(*generation) == Outcome::Done) {
        answer.file = m_generations.clipFile(*generation);
        answer.headers = {{requestIdHeader, generation->id.toLatin1()}};
    }
    return answer.file.isEmpty() ? textAnswer(404, "Not Found") : answer;
}

HttpAnswer Service::answerScripted(const Rule& rule, const HttpRequest& request)
{
    if (rule.reply == Reply::Usual || rule.reply == Reply::Truncated) {
        HttpAnswer answer = answerStep(rule.step, request);
        answer.delay = rule.delay;
        if (rule.reply == Reply::Truncated)
            answer.fileBytes = QFile(answer.file).size() / 2;
        return answer;
    }
    const std::optional<Generation> generation = m_generations.find(lastPart(request.path));
    return scriptedAnswer(rule, generation ? generation->costTicks : 0);
}

HttpAnswer Service::answerPost(const HttpRequest& request)
{
    if (!request.headers.value("content-type").startsWith("application/json"))
        return textAnswer(415, "Expected request with `Content-Type: application/json`");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError)
        return textAnswer(400, "Failed to parse the request body as JSON: " + error.errorString().toUtf8());
    if (!document.isObject())
        return textAnswer(422,
                          "Failed to deserialize the JSON body into the target type: invalid type, expected a map");

    const auto read = readVideoRequest(m_models, request.path, document.object(), m_strict);
    if (const auto* refusal = std::get_if<Refusal>(&read)) {
        if (refusal->code.isEmpty())
            return textAnswer(refusal->status,
                              refusal->text.toUtf8() + " at line 1 column " + QByteArray::number(request.bodySize));
        return errorAnswer(refusal->status, refusal->code, refusal->text);
    }
    const auto& video = std::get<VideoRequest>(read);
    QList<Media> media = video.images();
    for (const Media& image : std::as_const(media)) {
        if (isInputUrl(image.url) && QFile(inputFile(image.url, m_generations.inputs())).size() > largestImage)
            return errorAnswer(400, u"invalid-argument"_s, u"Image exceeds the maximum size of 20 MiB."_s);
    }
    if (video.video)
        media.append(*video.video);
    for (const Media& one : std::as_const(media)) {
        if (isBrokenInputUrl(one.url))
            return errorAnswer(400, u"invalid-argument"_s, u"Invalid base64-encoded data URI."_s);
        if (!one.fileId.isEmpty() && !m_files.find(one.fileId))
            return errorAnswer(404, u"not-found"_s, u"File %1 not found."_s.arg(one.fileId));
    }

    const std::optional<QString> id = m_generations.accept(request.path, document.object(), video);
    if (!id)
        return errorAnswer(500, u"internal"_s, u"The simulator cannot write to its folder."_s);
    HttpAnswer answer = jsonAnswer(200, {{u"request_id"_s, *id}});
    answer.headers = {{requestIdHeader, id->toLatin1()},
                      {"x-ratelimit-limit-requests", "60"},
                      {"x-ratelimit-remaining-requests", "60"},
                      {"x-zero-data-retention", "false"}};
    return answer;
}

HttpAnswer Service::answerPoll(const QString& id)
{
    if (QUuid::fromString(id).isNull())
        return errorAnswer(400, u"invalid-argument"_s, u"Malformed request ID"_s);
    const std::optional<Generation> generation = m_generations.find(id);
    if (!generation)
        return unknownRequest();
    switch (m_generations.outcome(*generation)) {
    case Outcome::Pending:
        break;
    case Outcome::Done:
        return answerDone(*generation);
    case Outcome::Failed:
        return failedAnswer(generation->failure.code, generation->failure.message, std::nullopt);
    case Outcome::Expired:
        return expiredAnswer();
    }
    return pendingAnswer(m_generations.progress(*generation));
}

HttpAnswer Service::answerDone(const Generation& generation)
{
    const QString own = m_clipBase() + clipPath(generation.clipId);
    QJsonObject video{{u"url"_s, generation.uploaded ? generation.request.uploadUrl : own},
                      {u"duration"_s, generation.seconds},
                      {u"respect_moderation"_s, true}};
    const std::optional<StoredFile> file = m_files.find(generation.fileId);
    if (generation.request.storage && file) {
        QJsonObject output{{u"file_id"_s, file->id}, {u"filename"_s, file->filename}};
        if (file->expiresAt)
            output[u"expires_at"_s] = isoTime(*file->expiresAt);
        if (!file->publicToken.isEmpty())
            output[u"public_url"_s] = publicAddress(*file, m_clipBase() + publicFilesPath);
        if (file->publicExpiresAt)
            output[u"public_url_expires_at"_s] = isoTime(*file->publicExpiresAt);
        video[u"file_output"_s] = output;
    } else if (generation.request.storage) {
        video[u"storage_error"_s] = u"The file could not be stored."_s;
    }
    return jsonAnswer(200, {{u"status"_s, u"done"_s},
                            {u"video"_s, video},
                            {u"model"_s, generation.request.model.id},
                            {u"usage"_s, QJsonObject{{u"cost_in_usd_ticks"_s, generation.costTicks}}},
                            {u"progress"_s, 100}});
}

HttpAnswer Service::answerControl(const HttpRequest& request)
{
    if (request.path == "/simulator/ledger"_L1) {
        if (request.method == "DELETE") {
            m_ledger.clear();
            return textAnswer(204, {});
        }
        HttpAnswer answer;
        answer.body = QJsonDocument(toJson(m_ledger.entries())).toJson(QJsonDocument::Compact);
        return answer;
    }
    if (request.path != "/simulator/script"_L1)
        return noRoute();
    if (request.method == "DELETE") {
        m_script.set({});
        return textAnswer(204, {});
    }
    if (request.method == "PUT") {
        const std::variant<Script, QString> script = parseScript(request.body);
        if (const auto* problem = std::get_if<QString>(&script))
            return errorAnswer(400, u"invalid-script"_s, *problem);
        m_script.set(std::get<Script>(script));
        return textAnswer(204, {});
    }
    HttpAnswer answer;
    answer.body = toJson(m_script.script());
    return answer;
}

QString Service::modeOfRequest(Step step, const HttpRequest& request) const
{
    if (step == Step::Post && isPostPath(request.path))
        return modeName(modeOf(request.path, QJsonDocument::fromJson(request.body).object()));
    const std::optional<Generation> generation = step == Step::Poll ? m_generations.find(lastPart(request.path))
                                                 : step == Step::Download
                                                     ? m_generations.findByClip(clipIdOf(request.path))
                                                     : std::nullopt;
    return generation ? modeName(generation->request.mode) : QString();
}

} // namespace clipkiln::simulator
