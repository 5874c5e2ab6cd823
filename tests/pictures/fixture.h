// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"

#include <QList>
#include <QString>

namespace clipkiln::pictures {

/// What the pictures show: clips rendered by the simulator, one photo, and a job in every state.
struct Fixture
{
    QString folder;
    QString scratch; ///< for files that scenes write; of this process alone
    QString photo;   ///< a JPEG of 2016 x 1134 pixels
    QList<Clip> clips;
    QList<Job> jobs; ///< one per state, the newest last
};

/// Makes the fixture in the folder, or takes the one that lies there. Ends the program when that cannot be done.
/// scratch: a folder inside it.
[[nodiscard]] Fixture makeFixture(const QString& folder, const QString& scratch);

/// One job in a state of its own, as the queue would hold it.
[[nodiscard]] Job jobIn(const Phase& phase, const QString& prompt, int secondsOld, const QString& photo = {});

} // namespace clipkiln::pictures
