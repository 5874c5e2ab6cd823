// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generations.h"

#include "simulator/filestore.h"
#include "simulator/loopback.h"
#include "simulator/pace.h"
#include "simulator/records.h"
#include "simulator/renderer.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr int renderers = 2;
/// How long a clip can be fetched, and its request be polled after that as expired.
constexpr qint64 clipLifetime = 24 * 3600 * 1000LL;
constexpr qint64 requestLifetime = 2 * clipLifetime;

constexpr QLatin1StringView clipPrefix("/xai-vidgen-bucket/xai-video-");
constexpr QLatin1StringView clipSuffix(".mp4");

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString cannedFile(const QDir& clips)
{
    return clips.filePath(u"canned.mp4"_s);
}

QJsonObject recordOf(const Generation& generation)
{
    return {
        {u"id"_s, generation.id},
        {u"clip"_s, generation.clipId},
        {u"path"_s, generation.path},
        {u"body"_s, generation.body},
        {u"created_at"_s, generation.createdAt},
        {u"rendered"_s, generation.state == Generation::State::Rendered},
        {u"finished_at"_s, generation.finishedAt},
        {u"seconds"_s, generation.seconds},
        {u"cost_in_usd_ticks"_s, generation.costTicks},
        {u"error_code"_s, generation.failure.code},
        {u"error_message"_s, generation.failure.message},
        {u"file_id"_s, generation.fileId},
        {u"uploaded"_s, generation.uploaded},
    };
}

std::optional<Generation> generationFrom(const QJsonObject& record, const Models& models)
{
    Generation generation;
    generation.id = record["id"_L1].toString();
    generation.clipId = record["clip"_L1].toString();
    generation.path = record["path"_L1].toString();
    generation.body = record["body"_L1].toObject();
    generation.createdAt = record["created_at"_L1].toInteger();
    generation.finishedAt = record["finished_at"_L1].toInteger();
    generation.seconds = record["seconds"_L1].toInt();
    generation.costTicks = record["cost_in_usd_ticks"_L1].toInteger();
    generation.failure = {record["error_code"_L1].toString(), record["error_message"_L1].toString()};
    generation.fileId = record["file_id"_L1].toString();
    generation.uploaded = record["uploaded"_L1].toBool();
    if (record["rendered"_L1].toBool())
        generation.state = Generation::State::Rendered;
    else if (!generation.failure.code.isEmpty())
        generation.state = Generation::State::Failed;
    const auto request = readVideoRequest(models, generation.path, generation.body, false);
    if (generation.id.isEmpty() || std::holds_alternative<Refusal>(request))
        return std::nullopt;
    generation.request = std::get<VideoRequest>(request);
    return generation;
}

} // namespace

Generations::Generations(const QDir& folder, double speed, bool render, const Models& models, FileStore& files,
                         std::function<QString()> clipBase)
    : m_requests(folder.filePath(u"requests"_s))
    , m_inputs(folder.filePath(u"inputs"_s))
    , m_clips(folder.filePath(u"clips"_s))
    , m_speed(speed)
    , m_render(render)
    , m_models(models)
    , m_files(files)
    , m_sources(
          m_inputs, files, [this](const QString& path) { return fileOfClipPath(path); }, std::move(clipBase))
{
    m_renderers.setMaxThreadCount(renderers);
    m_renderers.setThreadPriority(QThread::LowPriority);
}

Generations::~Generations()
{
    m_stopping = true;
    m_renderers.clear();
    m_renderers.waitForDone();
}

std::optional<QString> Generations::restore()
{
    for (const QDir& folder : {m_requests, m_inputs, m_clips}) {
        if (!folder.mkpath(u"."_s))
            return QCoreApplication::translate("clipkiln", "The folder %1 cannot be made.").arg(folder.path());
    }
    if (!m_render && !QFile::exists(cannedFile(m_clips)) && !renderCanned(cannedFile(m_clips)))
        return QCoreApplication::translate("clipkiln", "No clip can be written to %1.").arg(m_clips.path());
    for (const QJsonObject& record : loadRecords(m_requests)) {
        const std::optional<Generation> generation = generationFrom(record, m_models);
        if (!generation)
            continue;
        const bool finished = generation->state != Generation::State::Working;
        const qint64 age = finished ? now() - generation->finishedAt : 0;
        if (age > clipLifetime)
            QFile::remove(m_clips.filePath(generation->clipId));
        if (age > requestLifetime) {
            removeRecord(m_requests, generation->id);
            continue;
        }
        {
            const std::lock_guard lock(m_mutex); // the first ones are rendered already
            m_generations.insert(generation->id, *generation);
            m_byClip.insert(generation->clipId, generation->id);
        }
        if (!finished)
            renderLater(*generation);
    }
    for (const QFileInfo& input : m_inputs.entryInfoList(QDir::Files)) {
        const bool old = input.lastModified().toMSecsSinceEpoch() < now() - requestLifetime;
        if (old && !isWaitedFor(input.fileName()))
            QFile::remove(input.filePath());
    }
    return std::nullopt;
}

bool Generations::isWaitedFor(const QString& inputName) const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_generations, [&inputName](const Generation& generation) {
        return generation.state == Generation::State::Working &&
               QJsonDocument(generation.body).toJson().contains(inputName.toLatin1());
    });
}

std::optional<QString> Generations::accept(const QString& path, const QJsonObject& body, const VideoRequest& request)
{
    Generation generation;
    generation.id = randomUuid();
    generation.clipId = randomUuid();
    generation.path = path;
    generation.body = body;
    generation.request = request;
    generation.createdAt = now();
    generation.seconds = request.seconds;
    generation.costTicks = costInTicks(request, 0, 0);
    if (!save(generation))
        return std::nullopt;
    {
        const std::lock_guard lock(m_mutex);
        m_generations.insert(generation.id, generation);
        m_byClip.insert(generation.clipId, generation.id);
    }
    renderLater(generation);
    return generation.id;
}

std::optional<Generation> Generations::find(const QString& id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_generations.constFind(id);
    return found == m_generations.cend() ? std::nullopt : std::optional(*found);
}

std::optional<Generation> Generations::findByClip(const QString& clipId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_generations.constFind(m_byClip.value(clipId));
    return found == m_generations.cend() ? std::nullopt : std::optional(*found);
}

Outcome Generations::outcome(const Generation& generation) const
{
    switch (generation.state) {
    case Generation::State::Working:
        break;
    case Generation::State::Failed:
        return Outcome::Failed; // at once: the service fails before it renders
    case Generation::State::Rendered:
        if (now() - generation.finishedAt > clipLifetime)
            return Outcome::Expired;
        if (fractionOfTime(generation) >= 1)
            return Outcome::Done;
        break;
    }
    return Outcome::Pending;
}

int Generations::progress(const Generation& generation) const
{
    return recordedProgress(fractionOfTime(generation), generation.id.front() > u'7');
}

QString Generations::clipFile(const Generation& generation) const
{
    return m_render ? m_clips.filePath(generation.clipId) : cannedFile(m_clips);
}

void Generations::renderLater(const Generation& generation)
{
    m_renderers.start([this, generation] { render(generation); });
}

void Generations::render(Generation generation)
{
    const QString part = m_clips.filePath(generation.clipId + u".part"_s);
    const RenderOrder order{generation.request, m_sources, m_render ? part : QString(), m_stopping};
    const std::variant<Rendered, Failure> result = renderClip(order);
    if (m_stopping) {
        QFile::remove(part);
        return;
    }
    generation.finishedAt = now();
    if (const auto* failure = std::get_if<Failure>(&result)) {
        QFile::remove(part);
        generation.failure = *failure;
        generation.state = Generation::State::Failed;
        generation.costTicks = 0;
        finish(generation);
        return;
    }
    const auto& rendered = std::get<Rendered>(result);
    generation.state = Generation::State::Rendered;
    generation.costTicks = costInTicks(generation.request, rendered.sourceSeconds, rendered.sourceLines);
    if (generation.request.mode == Mode::Edit)
        generation.seconds = static_cast<int>(std::lround(std::min(rendered.sourceSeconds, longestEditSeconds)));
    if (m_render)
        QFile::rename(part, clipFile(generation));
    // Nothing is ever sent to other hosts: of their requests the clip stays here.
    if (const QUrl target(generation.request.uploadUrl); isLoopback(target)) {
        if (const auto reason = putToLoopback(target, clipFile(generation))) {
            generation.failure = {u"invalid_argument"_s, u"Unable to upload to provided upload_url: "_s + *reason};
            generation.state = Generation::State::Failed;
            return finish(generation);
        }
        generation.uploaded = true;
    }
    if (const std::optional<StorageOptions>& storage = generation.request.storage) {
        const auto file = m_files.addCopy(storage->filename, clipFile(generation), storage->expiresAfter);
        generation.fileId = file ? file->id : QString();
        if (file && storage->publicUrl)
            m_files.publish(file->id, storage->publicUrlExpiresAfter);
    }
    finish(generation);
}

void Generations::finish(const Generation& generation)
{
    save(generation); // when it fails, the next run renders the clip again
    const std::lock_guard lock(m_mutex);
    m_generations.insert(generation.id, generation);
}

bool Generations::save(const Generation& generation) const
{
    return saveRecord(m_requests, generation.id, recordOf(generation));
}

double Generations::fractionOfTime(const Generation& generation) const
{
    const auto elapsed = static_cast<double>(now() - generation.createdAt) * m_speed;
    return elapsed / static_cast<double>(recordedTime(generation.request).count());
}

QString Generations::fileOfClipPath(const QString& path) const
{
    const std::optional<Generation> generation = findByClip(clipIdOf(path));
    return generation ? clipFile(*generation) : QString();
}

QString clipPath(const QString& clipId)
{
    return clipPrefix + clipId + clipSuffix;
}

QString clipIdOf(const QString& path)
{
    if (!path.startsWith(clipPrefix) || !path.endsWith(clipSuffix))
        return {};
    return path.sliced(clipPrefix.size()).chopped(clipSuffix.size());
}

} // namespace clipkiln::simulator
