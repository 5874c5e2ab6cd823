// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/validate.h"
#include "gui/widgets/notice.h"

#include <QPointer>

#include <functional>

namespace clipkiln {

/// The one notice of what keeps the form's request from being sent; it goes when that is mended.
class ProblemNotice final
{
public:
    explicit ProblemNotice(NoticeArea& area) : m_area(area) {}

    /// An empty actionText: there is nothing to press.
    void show(const Problem& problem, const QString& actionText = {}, const std::function<void()>& action = {});
    /// Takes it away unless it says one of these.
    void keepWhile(const QList<Problem>& problems);

private:
    NoticeArea& m_area;
    QPointer<Notice> m_notice;
};

} // namespace clipkiln
