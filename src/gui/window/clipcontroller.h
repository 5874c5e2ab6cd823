// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/generationrequest.h"
#include "gui/models/clipactions.h"
#include "gui/widgets/notice.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>

namespace clipkiln {

class ClipModel;
class ClipsProxy;
class Dialogs;
class PreparationPool;
class Settings;

/// Does with finished clips what a person chooses, as long as they are in the library.
class ClipController final : public QObject
{
    Q_OBJECT

public:
    ClipController(ClipsProxy& engine, const ClipModel& clips, Settings& settings, PreparationPool& pool,
                   Dialogs& dialogs, QWidget* window);

    void perform(ClipAction action, const Clip& clip);
    void openInSystemPlayer(const Clip& clip);
    /// Takes the last picture out of the clip; ends in startImageReady(), or in failed().
    void animateLastFrame(const Clip& clip);
    /// The file that another program gets of a clip: without what made it, unless the settings say otherwise. Made by a
    /// worker while this waits, with events going on; empty after failed().
    [[nodiscard]] QString fileToShare(const Clip& clip);

Q_SIGNALS:
    /// A sentence for the person; then, when not empty, does what actionText says.
    void noticed(clipkiln::Notice::Subject subject, clipkiln::Notice::Kind kind, const QString& sentence,
                 const QString& actionText, const std::function<void()>& then);
    void failed(const QString& sentence, const QString& detail);
    void playRequested(const clipkiln::Clip& clip);
    void runAgainRequested(const clipkiln::Clip& clip);
    void refillRequested(const clipkiln::GenerationRequest& request);
    /// The clip is to be the source of an edit or of an extension.
    void sourceRequested(clipkiln::Mode mode, const clipkiln::Clip& clip);
    void startImageReady(const QString& file);
    /// The clip is about to go to the bin: some systems do not move a file that is being played.
    void aboutToBin(const clipkiln::ClipId& id);

private:
    /// Asks where, then copies.
    void saveAs(const Clip& clip);

    ClipsProxy& m_engine;
    const ClipModel& m_clips;
    Settings& m_settings;
    PreparationPool& m_pool;
    Dialogs& m_dialogs;
    QWidget* m_window;
    QSet<ClipId> m_framing;          ///< whose last frame is being taken
    QHash<ClipId, QString> m_shared; ///< the copies that were made for other programs
};

} // namespace clipkiln
