// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/problemnotice.h"

#include <algorithm>

namespace clipkiln {

void ProblemNotice::show(const Problem& problem, const QString& actionText, const std::function<void()>& action)
{
    m_notice = m_area.post(Notice::Kind::Warn, problem.sentence, actionText);
    if (action)
        QObject::connect(m_notice, &Notice::actionTriggered, &m_area, action);
}

void ProblemNotice::keepWhile(const QList<Problem>& problems)
{
    const auto isShown = [this](const Problem& problem) { return problem.sentence == m_notice->sentence(); };
    if (m_notice && std::none_of(problems.begin(), problems.end(), isShown))
        m_notice->dismiss();
}

} // namespace clipkiln
