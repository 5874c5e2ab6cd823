// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spend.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

bool lies(const QDate& day, const QDate& first, const QDate& last)
{
    return first <= day && day <= last;
}

bool mayCount(const SpendReport::Pending& job, const QDate& first, const QDate& last)
{
    return job.day.isNull() || lies(job.day, first, last);
}

/// Quoted where the field would otherwise break its line or column.
QString csvField(QString text)
{
    const auto isSpecial = [](QChar c) { return c == u',' || c == u'"' || c == u'\r' || c == u'\n'; };
    if (std::none_of(text.cbegin(), text.cend(), isSpecial))
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

Money SpendReport::spent(const QDate& first, const QDate& last) const
{
    Money sum;
    for (const Line& line : lines) {
        if (lies(line.day, first, last))
            sum += line.money;
    }
    return sum;
}

Money SpendReport::inFlight(const QDate& first, const QDate& last) const
{
    Money sum;
    for (const Pending& job : pending) {
        if (mayCount(job, first, last))
            sum += job.estimate.value_or(Money{});
    }
    return sum;
}

int SpendReport::unpriced(const QDate& first, const QDate& last) const
{
    return static_cast<int>(std::count_if(pending.begin(), pending.end(), [&](const Pending& job) {
        return !job.estimate && mayCount(job, first, last);
    }));
}

bool canCost(const Phase& phase)
{
    const bool isAccepted = !requestIdOf(phase).isEmpty();
    switch (stateOf(phase)) {
    case State::Held:
    case State::Queued:
    case State::Uploading:
    case State::Submitting:
    case State::Unconfirmed:
    case State::Generating:
    case State::Downloading:
    case State::Done:
        return true;
    case State::Moderated:
    case State::Expired:
        return isAccepted;
    case State::Cancelled:
        return isAccepted || std::get<Cancelled>(phase).unanswered;
    case State::Failed:
        return false;
    }
    return false;
}

bool mayBeCharged(const Job& job)
{
    return !job.origin.isSimulated() && !job.cost && canCost(job.phase);
}

QByteArray toCsv(const SpendReport& report)
{
    QString table = u"day,model,mode,jobs,cost_usd\r\n"_s;
    for (const SpendReport::Line& line : report.lines) {
        const QStringList fields{line.day.toString(Qt::ISODate), csvField(line.model), toName(line.mode),
                                 QString::number(line.jobs), toDecimal(line.money)};
        table += fields.join(u',') + u"\r\n"_s;
    }
    return table.toUtf8();
}

} // namespace clipkiln
