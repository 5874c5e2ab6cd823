// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"
#include "api/client.h"

#include <QSignalSpy>
#include <QTest>

#include <type_traits>

namespace clipkiln::test {

/// What a busy machine needs for an answer that comes.
inline constexpr Deadlines patient{.uploadStall = std::chrono::seconds(30),
                                   .answer = std::chrono::seconds(30),
                                   .poll = std::chrono::seconds(30),
                                   .downloadStall = std::chrono::seconds(30)};
/// For a test in which a deadline may be what ends the call.
inline constexpr Deadlines impatient{.uploadStall = std::chrono::seconds(1),
                                     .answer = std::chrono::seconds(1),
                                     .poll = std::chrono::milliseconds(600),
                                     .downloadStall = std::chrono::milliseconds(600)};

/// Waits for a call of any kind and gives its result; a submit is committed as soon as it asks, as the queue does.
template <typename AnyCall>
auto resultOf(AnyCall* call)
{
    using Result = std::decay_t<decltype(call->result())>;
    std::optional<Result> result;
    if constexpr (std::is_base_of_v<SubmitCall, AnyCall>)
        QObject::connect(call, &SubmitCall::readyToCommit, call, &SubmitCall::commit);
    QObject::connect(call, &Call::finished, call, [&result, call] {
        if (result)
            qFatal("a call finished twice");
        result = call->result();
    });
    QSignalSpy finished(call, &Call::finished);
    if (!finished.wait(60'000))
        qFatal("a call never ended");
    return *result;
}

/// The alternative of an outcome, or nullptr with a failed test: `const auto* lost = as<SubmitOutcome::Lost>(outcome)`.
template <typename Alternative, typename Outcome>
const Alternative* as(const Outcome& outcome)
{
    const auto* alternative = std::get_if<Alternative>(&outcome.value);
    if (!alternative)
        QTest::qFail(qPrintable(QStringLiteral("another outcome: alternative %1").arg(outcome.value.index())), __FILE__,
                     __LINE__);
    return alternative;
}

} // namespace clipkiln::test
