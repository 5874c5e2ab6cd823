// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulator.h"

#include "simulator/httpserver.h"
#include "simulator/service.h"

#include <QDir>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

QString address(int port)
{
    return u"http://127.0.0.1:%1"_s.arg(port);
}

} // namespace

/// Everything that exists between start() and stop(); the servers stop before the service goes.
class Simulator::Running
{
public:
    explicit Running(const Options& options)
        : service(options, [this] { return address(clips.port()); })
        , clips([this](const HttpRequest& request) { return service.answerClip(request); })
        , api([this](const HttpRequest& request) { return service.answerApi(request); })
    {
        service.script().set(options.script);
    }

    Service service;
    HttpServer clips;
    HttpServer api; // uses the two above
};

Simulator::Simulator(const Options& options) : m_options(options) {}

Simulator::~Simulator() = default;

std::optional<QString> Simulator::start()
{
    Q_ASSERT(qobject_cast<QGuiApplication*>(QCoreApplication::instance())); // fonts; QPainter aborts without
    if (!QDir().mkpath(m_options.folder))
        return QCoreApplication::translate("clipkiln", "The folder %1 cannot be made.").arg(m_options.folder);
    auto running = std::make_unique<Running>(m_options);
    // The clips' port first: a client may ask for one as soon as the API answers.
    for (const auto& error :
         {running->service.restore(), running->clips.start(0), running->api.start(m_options.port)}) {
        if (error)
            return error;
    }
    m_running = std::move(running);
    return std::nullopt;
}

void Simulator::stop()
{
    m_running.reset();
}

QString Simulator::baseUrl() const
{
    return address(port()) + u"/v1"_s;
}

int Simulator::port() const
{
    return m_running ? m_running->api.port() : 0;
}

QString Simulator::clipUrl() const
{
    return address(m_running ? m_running->clips.port() : 0);
}

void Simulator::setScript(const Script& script)
{
    m_options.script = script;
    if (m_running)
        m_running->service.script().set(script);
}

QList<LedgerEntry> Simulator::ledger() const
{
    return m_running ? m_running->service.ledger().entries() : QList<LedgerEntry>();
}

void Simulator::clearLedger()
{
    if (m_running)
        m_running->service.ledger().clear();
}

} // namespace clipkiln::simulator
