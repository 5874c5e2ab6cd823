// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <chrono>
#include <functional>
#include <optional>

namespace clipkiln {

/// Decides whether a request that was just sent is to be sent again: a slip of the hand would be paid for twice.
class DuplicateSubmitGuard final
{
public:
    /// The time since any fixed point, never turned back.
    using Clock = std::function<std::chrono::milliseconds()>;
    enum class Verdict {
        Send,
        Ask,    ///< the same was sent a moment ago
        Ignore, ///< the second half of a double click
    };

    DuplicateSubmitGuard();
    void setClock(const Clock& clock) { m_clock = clock; }

    [[nodiscard]] Verdict look(const GenerationRequest& request) const;
    void noteSent(const GenerationRequest& request);
    /// The request was not stored after all.
    void forget(const GenerationRequest& request);

private:
    Clock m_clock;
    std::optional<GenerationRequest> m_lastSent;
    std::chrono::milliseconds m_lastSentAt{};
};

} // namespace clipkiln
