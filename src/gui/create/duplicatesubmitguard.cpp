// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/duplicatesubmitguard.h"

#include <QGuiApplication>
#include <QStyleHints>

using namespace std::chrono_literals;

namespace clipkiln {

namespace {

constexpr auto askAgainWithin = 2000ms;

std::chrono::milliseconds steadyTime()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

/// The form forgets the address with the submit: without it the request is still the same.
GenerationRequest withoutAddress(GenerationRequest request)
{
    request.uploadUrl.reset();
    return request;
}

} // namespace

DuplicateSubmitGuard::DuplicateSubmitGuard() : m_clock(steadyTime) {}

DuplicateSubmitGuard::Verdict DuplicateSubmitGuard::look(const GenerationRequest& request) const
{
    if (m_lastSent != withoutAddress(request))
        return Verdict::Send;
    const auto since = m_clock() - m_lastSentAt;
    if (since >= askAgainWithin)
        return Verdict::Send;
    return since > std::chrono::milliseconds(QGuiApplication::styleHints()->mouseDoubleClickInterval())
               ? Verdict::Ask
               : Verdict::Ignore;
}

void DuplicateSubmitGuard::noteSent(const GenerationRequest& request)
{
    m_lastSent = withoutAddress(request);
    m_lastSentAt = m_clock();
}

void DuplicateSubmitGuard::forget(const GenerationRequest& request)
{
    if (m_lastSent == withoutAddress(request))
        m_lastSent.reset();
}

} // namespace clipkiln
