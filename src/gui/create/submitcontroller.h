// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "core/modeltable.h"
#include "core/validate.h"
#include "gui/create/duplicatesubmitguard.h"

#include <QObject>

#include <functional>
#include <optional>

namespace clipkiln {

/// What the form would send now.
struct Draft
{
    GenerationRequest request;
    Model model;
    int takes = 1;
    bool isLoading = false;  ///< an input is still being read
    bool isTrimming = false; ///< a part of the source video is chosen, but not cut yet
};

/// Sends what a form asks for, and only once: waits for inputs that are still being read, refuses what is not complete,
/// asks before it repeats a request, and keeps track of what became of it. It has no widgets; the form shows its
/// signals.
class SubmitController final : public QObject
{
    Q_OBJECT

public:
    explicit SubmitController(std::function<Draft()> draft, QObject* parent = nullptr);
    void setClock(const DuplicateSubmitGuard::Clock& clock) { m_guard.setClock(clock); }

    /// submit() was called while an input was being read.
    [[nodiscard]] bool isWaiting() const { return m_isWaiting; }

public Q_SLOTS:
    /// Emits submitted(), or why not; nothing for the second half of a double click. While an input is being read it
    /// waits: call it again when the input is there.
    void submit();
    /// The answer to repeatAsked(): sends the request that was asked about.
    void repeat();
    void stopWaiting();
    /// The draft is another one now: what was to wait or was asked about is not sent.
    void noteEdit();
    /// What became of a submit, of this form or not.
    void endSubmit(const QList<clipkiln::Job>& jobs, bool isTaken);

Q_SIGNALS:
    void waitingChanged(bool isWaiting);
    /// The first of what keeps the draft from being sent.
    void problemFound(const clipkiln::Problem& problem);
    void uncutTrimFound();
    /// The same request was sent a moment ago.
    void repeatAsked();
    void repeatWithdrawn();
    /// estimate: of one take.
    void submitted(const clipkiln::GenerationRequest& request, std::optional<clipkiln::Money> estimate, int takes);
    /// The jobs of a request are stored.
    void accepted(const clipkiln::GenerationRequest& request);

private:
    void send(const Draft& draft);
    void setWaiting(bool waiting);

    std::function<Draft()> m_draft;
    DuplicateSubmitGuard m_guard;
    std::optional<Draft> m_repeat; ///< asked about
    bool m_isWaiting = false;
};

} // namespace clipkiln
