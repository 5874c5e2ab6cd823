// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>

namespace clipkiln {

/// A prompt that was submitted before.
struct PastPrompt
{
    QString prompt;
    Mode mode{};  ///< of the last use
    int uses = 0; ///< submits; all takes of one count once
    QDateTime lastUsed;

    friend bool operator==(const PastPrompt&, const PastPrompt&) = default;
};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::PastPrompt)
