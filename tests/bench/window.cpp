// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/desk.h"
#include "bench/pacedrelay.h"
#include "bench/parts.h"
#include "bench/serveprocess.h"
#include "bench/stallmeter.h"
#include "bench/subjects.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QHash>

#include <algorithm>
#include <functional>
#include <memory>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr int polling = 100;
constexpr int downloading = 3;
constexpr int lot = 6;                         ///< jobs sent at once, as a person's settings allow
constexpr int progress = 42;                   ///< what the polled jobs are told
constexpr qint64 clipBytes = qint64{1} << 29;  ///< no download ends while it is watched
constexpr std::chrono::seconds patience = 60s; ///< until all jobs are under way

/// The first posts become jobs that are never done, those behind them find their clip done at once.
QJsonArray script(const QString& clipAddress)
{
    const auto accept = [](int first, int times, const QString& id) {
        return QJsonObject{{u"step"_s, u"post"_s}, {u"answer"_s, u"status"_s},
                           {u"from"_s, first},     {u"times"_s, times},
                           {u"status"_s, 200},     {u"body"_s, QJsonObject{{u"request_id"_s, id}}}};
    };
    QJsonArray rules;
    for (int number = 1; number <= polling; ++number)
        rules << accept(number, 1, u"pending-%1"_s.arg(number));
    rules << accept(polling + 1, downloading, u"done"_s);
    rules << QJsonObject{
        {u"step"_s, u"poll"_s}, {u"path"_s, u"/pending-"_s}, {u"answer"_s, u"pending"_s}, {u"progress"_s, progress}};
    const QJsonObject video{{u"url"_s, clipAddress}, {u"duration"_s, 1}, {u"respect_moderation"_s, true}};
    rules << QJsonObject{{u"step"_s, u"poll"_s},
                         {u"path"_s, u"/done"_s},
                         {u"answer"_s, u"status"_s},
                         {u"status"_s, 200},
                         {u"body"_s, QJsonObject{{u"status"_s, u"done"_s}, {u"video"_s, video}}}};
    return rules;
}

/// A desk with jobs that are polled and clips that come down.
class BusyDesk
{
public:
    explicit BusyDesk(const QString& simulatorAddress) : m_desk(simulatorAddress, polling + downloading)
    {
        QObject::connect(&m_desk.engine().jobs(), &JobsProxy::changed, &m_desk.window(),
                         [this](const Job& job) { m_jobs[job.id] = job; });
    }

    void enqueue(int jobs)
    {
        GenerationRequest request;
        request.model = m_desk.models().defaultModel();
        request.duration = 6s;
        for (int number = 1; number <= jobs; ++number) {
            request.prompt = u"A paper boat drifts out past the breakwater, take %1"_s.arg(number);
            m_desk.engine().jobs().enqueue(request, Origin::simulator(), std::nullopt);
        }
    }

    /// All jobs are where they are to be: polled at least once without trouble, or coming down.
    [[nodiscard]] bool isBusy(int polled, int fetched) const
    {
        const auto isPolled = [](const Job& job) {
            const auto* phase = std::get_if<Generating>(&job.phase);
            return phase && phase->percent == progress && !phase->waiting;
        };
        const auto isFetched = [](const Job& job) {
            const auto* phase = std::get_if<Downloading>(&job.phase);
            return phase && phase->received > 0 && !phase->waiting;
        };
        return std::ranges::count_if(m_jobs, isPolled) == polled && std::ranges::count_if(m_jobs, isFetched) == fetched;
    }

private:
    QHash<JobId, Job> m_jobs;
    Desk m_desk; // last: it tells of jobs until it goes
};

bool comesTrue(const std::function<bool()>& condition)
{
    for (const QDeadlineTimer deadline(patience); !deadline.hasExpired(); wait(20ms)) {
        if (condition())
            return true;
    }
    return false;
}

} // namespace

int runWindowPart(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments().mid(2);
    const QString address = words.value(0);
    const std::chrono::milliseconds time(words.value(1).toInt());
    const int polled = address.isEmpty() ? 0 : polling;
    const int fetched = address.isEmpty() ? 0 : downloading;

    BusyDesk desk(address);
    for (int sent = 0; sent < polled;) {
        const int more = std::min(lot, polled - sent);
        desk.enqueue(more);
        sent += more;
        if (!comesTrue([&] { return desk.isBusy(sent, 0); }))
            throw Trouble(u"The jobs are not being polled."_s);
    }
    desk.enqueue(fetched);
    if (!comesTrue([&] { return desk.isBusy(polled, fetched); }))
        throw Trouble(u"The clips do not come down."_s);
    wait(500ms);

    StallMeter stalls;
    stalls.start();
    wait(time);
    const QJsonObject figures = stalls.stop();
    if (!desk.isBusy(polled, fetched))
        throw Trouble(u"A job ended while it was watched."_s);
    printFigures(figures);
    return 0;
}

QList<Row> measureWindow(const Effort& effort)
{
    const ServeProcess serve;
    const QUrl clip(serve.makeClip(clipBytes));
    const PacedRelay network(clip);
    const QJsonArray rules = script(network.relayed(clip).toString());
    Row stall{u"longest stall of the window, 100 poll and 3 download, idle"_s, {}, u"ms"_s, {}, 16.0};
    Row work{u"  of it the thread's own work"_s, {}, u"ms"_s};
    const QString time = QString::number(effort.milliseconds);
    for (int round = 0; round < effort.rounds; ++round) {
        serve.play(rules);
        const QJsonObject ours = runPart(windowPart, {serve.address(), time});
        const QJsonObject idle = runPart(windowPart, {{}, time});
        note(stall.measured, ours, idle, u"stall"_s);
        note(work.measured, ours, idle, u"work"_s);
    }
    return {stall, work};
}

} // namespace clipkiln::bench
