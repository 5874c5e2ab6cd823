// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"

#include <QSignalSpy>
#include <QTest>

#include <type_traits>

namespace clipkiln::test {

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
    if (!finished.wait(20'000))
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
