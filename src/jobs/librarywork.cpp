// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/librarywork.h"

#include "core/text.h"
#include "library/clipdescriber.h"
#include "library/rebuild.h"
#include "store/clipstore.h"
#include "store/database.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString sentencesOn(const DescribedClips& done)
{
    const auto described = static_cast<int>(done.clips.size());
    const auto unwritable = static_cast<int>(done.unwritable.size());
    QStringList sentences{described == 1
                              ? Text::tr("Prompt and settings were written into 1 clip.")
                              : Text::tr("Prompt and settings were written into %n clips.", nullptr, described)};
    if (unwritable > 0)
        sentences.append(unwritable == 1 ? Text::tr("1 file could not be written.")
                                         : Text::tr("%n files could not be written.", nullptr, unwritable));
    return sentences.join(u' ');
}

} // namespace

LibraryWork::LibraryWork(std::shared_ptr<Database> database, const QString& inputsFolder)
    : m_database(std::move(database)), m_inputsFolder(inputsFolder)
{
    m_workers.setMaxThreadCount(1);
}

LibraryWork::~LibraryWork()
{
    m_isStopped = true;
    m_workers.clear();
    m_workers.waitForDone();
}

void LibraryWork::rebuild(const QStringList& folders)
{
    auto known = knownClips(m_database);
    if (!known) {
        Q_EMIT ended(explain(known.error()).sentence, true);
        return;
    }
    run([folders, inputs = m_inputsFolder, known = *std::move(known),
         progress = progress()] { return scanClips(folders, inputs, known, progress); },
        [this](const ClipScan& scan) {
            const auto rebuilt = addFound(m_database, scan);
            if (!rebuilt) {
                Q_EMIT ended(explain(rebuilt.error()).sentence, true);
                return;
            }
            for (const Job& job : rebuilt->jobs)
                Q_EMIT jobAdded(job);
            for (const Clip& clip : rebuilt->clips)
                Q_EMIT clipChanged(clip);
            Q_EMIT ended(summaryOf(scan) + u' ' + whatStaysLost(), !scan.unreadable.isEmpty());
        });
}

void LibraryWork::describeAll()
{
    const auto clips = ClipStore(m_database).load();
    if (!clips) {
        Q_EMIT ended(explain(clips.error()).sentence, true);
        return;
    }
    run([clips = *clips, progress = progress()] { return describeClips(clips, progress); },
        [this](const DescribedClips& done) {
            ClipStore store(m_database);
            for (const Clip& clip : done.clips) {
                // A clip that went to the bin meanwhile has no row to change.
                if (!store.find(clip.id))
                    continue;
                if (const auto error = store.save(clip)) {
                    Q_EMIT ended(explain(*error).sentence, true);
                    return;
                }
                Q_EMIT clipChanged(clip);
            }
            Q_EMIT ended(sentencesOn(done), !done.unwritable.isEmpty());
        });
}

template <typename Work, typename Conclude>
void LibraryWork::run(Work work, Conclude conclude)
{
    m_workers.start([this, work = std::move(work), conclude = std::move(conclude)] {
        auto result = work();
        if (m_isStopped)
            return;
        QMetaObject::invokeMethod(
            this, [conclude, result = std::move(result)] { conclude(result); }, Qt::QueuedConnection);
    });
}

std::function<bool(qsizetype, qsizetype)> LibraryWork::progress()
{
    return [this](qsizetype done, qsizetype all) {
        Q_EMIT progressed(done, all); // queued where its receivers live in another thread than the worker
        return !m_isStopped;
    };
}

} // namespace clipkiln
