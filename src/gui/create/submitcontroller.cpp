// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/submitcontroller.h"

#include <utility>

namespace clipkiln {

SubmitController::SubmitController(std::function<Draft()> draft, QObject* parent)
    : QObject(parent), m_draft(std::move(draft))
{
}

void SubmitController::submit()
{
    const Draft draft = m_draft();
    setWaiting(draft.isLoading);
    if (m_isWaiting)
        return;
    if (const auto problems = validate(draft.request, draft.model, draft.takes); !problems.isEmpty()) {
        Q_EMIT problemFound(problems.first());
        return;
    }
    if (draft.isTrimming) {
        Q_EMIT uncutTrimFound();
        return;
    }
    switch (m_guard.look(draft.request)) {
    case DuplicateSubmitGuard::Verdict::Send:
        return send(draft);
    case DuplicateSubmitGuard::Verdict::Ask:
        m_repeat = draft;
        Q_EMIT repeatAsked();
        return;
    case DuplicateSubmitGuard::Verdict::Ignore:
        return;
    }
}

void SubmitController::repeat()
{
    if (const auto draft = std::exchange(m_repeat, std::nullopt))
        send(*draft);
}

void SubmitController::stopWaiting()
{
    setWaiting(false);
}

void SubmitController::noteEdit()
{
    setWaiting(false);
    if (std::exchange(m_repeat, std::nullopt))
        Q_EMIT repeatWithdrawn();
}

void SubmitController::endSubmit(const QList<Job>& jobs, bool isTaken)
{
    const GenerationRequest& request = jobs.first().request;
    if (isTaken)
        Q_EMIT accepted(request);
    else
        m_guard.forget(request);
}

void SubmitController::send(const Draft& draft)
{
    m_repeat.reset();
    m_guard.noteSent(draft.request);
    const auto price = estimate(draft.request, draft.model);
    Q_EMIT submitted(draft.request, price ? std::optional(price->total) : std::nullopt, draft.takes);
}

void SubmitController::setWaiting(bool waiting)
{
    if (std::exchange(m_isWaiting, waiting) != waiting)
        Q_EMIT waitingChanged(waiting);
}

} // namespace clipkiln
