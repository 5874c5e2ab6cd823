// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/clipcontroller.h"

#include "core/files.h"
#include "gui/models/clipmodel.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/reveal.h"
#include "inputs/preparationpool.h"
#include "jobs/engineproxies.h"
#include "media/read/frames.h"
#include "media/read/xmpbox.h"
#include "media/write/xmpbox.h"
#include "settings/settings.h"

#include <QDesktopServices>
#include <QDir>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QImage>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThread>
#include <QUrl>
#include <QWidget>

#include <memory>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// Writes the last frame of a video to a PNG file, whole or not at all; one that is there already serves. Returns what
/// stood in the way, empty for nothing.
QString writeLastFrame(const QString& video, const QString& path)
{
    if (QFile::exists(path))
        return {};
    const Result<QImage> frame = lastFrame(video);
    if (!frame)
        return frame.error().detail;
    QSaveFile file(path);
    const bool isSaved = QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                         frame->save(&file, "PNG") && file.commit();
    return isSaved ? QString() : path;
}

/// The clip without what made it, in the folder; the clip itself where it carries nothing.
Result<QString> cleanCopy(const QString& clip, const QString& folder)
{
    const std::optional<qint64> bytes = bytesBeforeDetails(clip);
    if (!bytes)
        return clip;
    if (!QDir().mkpath(folder))
        return diskError(folder, u"The folder cannot be made"_s);
    Result<NewFile> file = copyFirst(*bytes, clip, folder);
    if (!file)
        return file.error();
    file->keep();
    return file->path();
}

} // namespace

ClipController::ClipController(ClipsProxy& engine, const ClipModel& clips, Settings& settings, PreparationPool& pool,
                               Dialogs& dialogs, QWidget* window)
    : QObject(window)
    , m_engine(engine)
    , m_clips(clips)
    , m_settings(settings)
    , m_pool(pool)
    , m_dialogs(dialogs)
    , m_window(window)
{
    connect(&m_engine, &ClipsProxy::removed, this, [this](const ClipId& id) {
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info, tr("The clip is in the bin."), tr("Undo"),
                       [this, id] { m_engine.restore(id); });
    });
    connect(&m_engine, &ClipsProxy::libraryEnded, this, [this](const QString& sentences, bool hasTrouble) {
        Q_EMIT noticed(Notice::Subject::Event, hasTrouble ? Notice::Kind::Warn : Notice::Kind::Done, sentences, {}, {});
    });
    connect(&m_engine, &ClipsProxy::copied, this, [this](const ClipId&, const QString& path) {
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Done,
                       tr("Saved as %1.").arg(QDir::toNativeSeparators(path)), tr("Show in folder"),
                       [path] { revealInFolder(path); });
    });
}

void ClipController::perform(ClipAction action, const Clip& chosen)
{
    // As it is now: it may have gone, or come back under another name, since it was chosen.
    const auto clip = m_clips.find(chosen.id);
    if (!clip) {
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info, tr("The clip is not in the library any more."), {},
                       {});
        return;
    }
    switch (action) {
    case ClipAction::Play:
        Q_EMIT playRequested(*clip);
        break;
    case ClipAction::SaveAs:
        saveAs(*clip);
        break;
    case ClipAction::ShowInFolder:
        revealInFolder(clip->path);
        break;
    case ClipAction::CopyFile: // the library's own: it has the files of all that is selected
        break;
    case ClipAction::Extend:
        Q_EMIT sourceRequested(Mode::Extend, *clip);
        break;
    case ClipAction::Edit:
        Q_EMIT sourceRequested(Mode::Edit, *clip);
        break;
    case ClipAction::RunAgain:
        Q_EMIT runAgainRequested(*clip);
        break;
    case ClipAction::EditAndRun:
        Q_EMIT refillRequested(clip->request);
        break;
    case ClipAction::Bin:
        Q_EMIT aboutToBin(clip->id);
        m_engine.bin(clip->id);
        break;
    }
}

void ClipController::saveAs(const Clip& clip)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    const QString suggested = QDir(folder).filePath(safeFileName(clip.request.prompt) + u".mp4"_s);
    bool withDetails = m_settings.saveWithDetails();
    const QString path = m_dialogs.saveClip(m_window, suggested, withDetails);
    if (path.isEmpty())
        return;
    m_settings.setSaveWithDetails(withDetails);
    m_engine.copy(clip.id, path, true, withDetails);
}

QString ClipController::fileToShare(const Clip& clip)
{
    if (m_settings.dragWithDetails())
        return clip.path;
    if (const QString shared = m_shared.value(clip.id); !shared.isEmpty() && QFile::exists(shared))
        return shared;
    Result<QString> made = clip.path;
    const std::unique_ptr<QThread> worker(QThread::create(
        [&made, path = clip.path, folder = m_pool.preparedFolder()] { made = cleanCopy(path, folder); }));
    QEventLoop loop;
    connect(worker.get(), &QThread::finished, &loop, &QEventLoop::quit);
    worker->start();
    // What the mouse does meanwhile belongs to the drag that is about to begin.
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    worker->wait();
    if (!made) {
        Q_EMIT failed(tr("The clip cannot be handed to other programs: no copy of it could be made."),
                      made.error().detail);
        return {};
    }
    if (*made != clip.path)
        m_shared.insert(clip.id, *made);
    return *made;
}

void ClipController::openInSystemPlayer(const Clip& clip)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(clip.path)))
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Failed, tr("The system has no player for MP4 files."),
                       tr("Show in folder"), [path = clip.path] { revealInFolder(path); });
}

void ClipController::animateLastFrame(const Clip& clip)
{
    if (m_framing.contains(clip.id))
        return; // pressed twice: one answer serves both
    m_framing.insert(clip.id);
    const QString file = QDir(m_pool.folder()).filePath(u"last-frame-%1.png"_s.arg(clip.id.toString()));
    auto* watcher = new QFutureWatcher<QString>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, file, id = clip.id] {
        watcher->deleteLater();
        m_framing.remove(id);
        if (watcher->future().resultCount() == 0)
            return; // the pool is closing
        if (const QString trouble = watcher->result(); trouble.isEmpty())
            Q_EMIT startImageReady(file);
        else
            Q_EMIT failed(tr("The last frame of this clip could not be taken from its file."), trouble);
    });
    watcher->setFuture(m_pool.run<QString>(
        [video = clip.path, file](QPromise<QString>& promise) { promise.addResult(writeLastFrame(video, file)); }));
}

} // namespace clipkiln
