// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/sources.h"
#include "simulator/videorequest.h"

#include <QDir>
#include <QHash>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace clipkiln::simulator {

class FileStore;

/// One accepted request and what became of it.
struct Generation
{
    enum class State { Working, Rendered, Failed };

    QString id;     ///< the request id
    QString clipId; ///< of the clip's address; another one
    QString path;   ///< where it was posted
    QJsonObject body;
    VideoRequest request; ///< read from body
    qint64 createdAt = 0; ///< milliseconds since 1970, as all times here
    State state = State::Working;
    qint64 finishedAt = 0;
    int seconds = 0; ///< as video.duration reports it: of an extension the new part only
    qint64 costTicks = 0;
    Failure failure{};
    bool uploaded = false; ///< put where the request wanted it: its address is there then (CONTRACT.md 7)
    QString fileId{};      ///< in the Files API, when storage_options asked for it
};

/// What a poll reports.
enum class Outcome { Pending, Done, Failed, Expired };

/// Runs all accepted requests: renders their clips, keeps them on disk and continues after a restart.
class Generations
{
public:
    /// folder exists. speed: how many times faster than recorded. Without render all clips are one canned file.
    /// clipBase: where the clips are served, "http://127.0.0.1:4711".
    Generations(const QDir& folder, double speed, bool render, const Models& models, FileStore& files,
                std::function<QString()> clipBase);
    ~Generations(); // drops what is being rendered; the next run starts it again
    Generations(const Generations&) = delete;
    Generations& operator=(const Generations&) = delete;

    /// Loads and continues the requests of earlier runs; the text says what is wrong with the folder.
    std::optional<QString> restore();
    /// Where data URIs are put.
    QDir inputs() const { return m_inputs; }
    /// The new request id; nothing when the request cannot be stored.
    std::optional<QString> accept(const QString& path, const QJsonObject& body, const VideoRequest& request);

    std::optional<Generation> find(const QString& id) const;
    std::optional<Generation> findByClip(const QString& clipId) const;
    Outcome outcome(const Generation& generation) const;
    int progress(const Generation& generation) const;
    QString clipFile(const Generation& generation) const;

private:
    bool isWaitedFor(const QString& inputName) const;
    void renderLater(const Generation& generation);
    void render(Generation generation);
    void finish(const Generation& generation);
    bool save(const Generation& generation) const;
    double fractionOfTime(const Generation& generation) const;
    QString fileOfClipPath(const QString& path) const;

    const QDir m_requests;
    const QDir m_inputs;
    const QDir m_clips;
    const double m_speed;
    const bool m_render;
    const Models& m_models;
    FileStore& m_files;
    Sources m_sources;
    mutable std::mutex m_mutex;
    QHash<QString, Generation> m_generations;
    QHash<QString, QString> m_byClip; ///< clip id to request id
    std::atomic_bool m_stopping = false;
    QThreadPool m_renderers;
};

/// The path of a clip below the address of the clip server.
QString clipPath(const QString& clipId);
/// The clip id in such a path; empty when it is none.
QString clipIdOf(const QString& path);

} // namespace clipkiln::simulator
