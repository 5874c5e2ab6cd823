// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/httpclient.h"
#include "simulator/simulator.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// What tests of the simulator have: one that renders nothing and is done at once, and a client of it.
class SimulatorTest : public clipkiln::test::TestCase
{
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_options = {};
        m_options.folder = m_folder->filePath(QStringLiteral("simulator"));
        m_options.speed = 100000;
        m_options.render = false;
        start();
    }

    /// Once more, with other options or after what a test did to its folder.
    void start()
    {
        end();
        m_simulator = std::make_unique<clipkiln::simulator::Simulator>(m_options);
        const auto error = m_simulator->start();
        QVERIFY2(!error, qPrintable(error.value_or(QString())));
        m_api = std::make_unique<HttpClient>(m_simulator->baseUrl());
    }

    void end()
    {
        m_api.reset(); // its open connection would hold the server for a second
        m_simulator.reset();
    }

    /// The request id.
    QString submit(const QJsonObject& body, const QString& path = QStringLiteral("/v1/videos/generations"))
    {
        const HttpClient::Answer answer = m_api->post(path, body);
        if (answer.status != 200)
            qWarning() << answer.status << answer.body;
        return answer.json()[QStringLiteral("request_id")].toString();
    }

    QJsonObject polled(const QString& id) { return m_api->get(QStringLiteral("/v1/videos/") + id).json(); }

    /// The last answer, once it is no longer pending.
    QJsonObject result(const QString& id)
    {
        QJsonObject answer;
        const bool ended = QTest::qWaitFor(
            [&] {
                answer = polled(id);
                return answer[QStringLiteral("status")] != QStringLiteral("pending");
            },
            clipkiln::test::patience);
        return ended ? answer : QJsonObject();
    }

    /// A request with nothing but a prompt.
    static QJsonObject usual() { return {{QStringLiteral("prompt"), QStringLiteral("A red ball rolls.")}}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<clipkiln::simulator::Simulator> m_simulator;
    std::unique_ptr<HttpClient> m_api;
    clipkiln::simulator::Options m_options;
};
