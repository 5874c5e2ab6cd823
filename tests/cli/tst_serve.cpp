// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/frames.h"
#include "media/read/probe.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

/// A request to the running simulator; the answer's body.
QByteArray exchange(const QByteArray& verb, const QUrl& url, const QByteArray& body = {})
{
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(QNetworkRequest(url), verb, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!finished.wait(patience))
        return {};
    return reply->readAll();
}

} // namespace

class TestServe : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    /// Starts `serve` and reads its first line.
    std::unique_ptr<QProcess> serve(const QStringList& arguments, QString& address) const
    {
        auto process = m_program->start(QStringList{u"serve"_s} + arguments);
        for (int i = 0; i < 100 && !process->canReadLine(); ++i)
            process->waitForReadyRead(100);
        address = QString::fromUtf8(process->readLine()).trimmed();
        return process;
    }

    std::unique_ptr<Program> m_program;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
    }

    void theFirstLineIsTheAddressAndSigtermEndsIt()
    {
        QString address;
        const auto process = serve({}, address);
        const QUrl url(address);
        QCOMPARE(url.scheme(), u"http"_s);
        QCOMPARE(url.host(), u"127.0.0.1"_s);
        QCOMPARE(url.path(), u"/v1"_s);
        QVERIFY(exchange("GET", url.resolved(QUrl(u"/simulator/ledger"_s))).startsWith('['));
        process->terminate();
        const Outcome outcome = m_program->end(*process);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.isEmpty(), "nothing but the address");
    }

    void thePortIsTheOneAskedFor()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const QString port = QString::number(probe.serverPort());
        probe.close();
        QString address;
        const auto process = serve({u"--port"_s, port}, address);
        QCOMPARE(address, u"http://127.0.0.1:%1/v1"_s.arg(port));

        const Outcome second = m_program->run({u"serve"_s, u"--port"_s, port});
        QCOMPARE(second.exitCode, 1);
        QVERIFY(second.out.isEmpty());
        QVERIFY(!second.err.isEmpty());
        process->terminate();
        QCOMPARE(m_program->end(*process).exitCode, 0);
    }

    void severalServeTheirOwnFolders()
    {
        QString first;
        QString second;
        const auto one = serve({}, first);
        const auto two = serve({}, second);
        QVERIFY(!first.isEmpty());
        QVERIFY(!second.isEmpty());
        QVERIFY(first != second);
        for (const auto& process : {one.get(), two.get()}) {
            process->terminate();
            QCOMPARE(m_program->end(*process).exitCode, 0);
        }
    }

    void anotherProcessWorksWithItAndMakesItRude()
    {
        QString address;
        const auto process = serve({u"--speed"_s, u"100"_s}, address);
        const QStringList small{u"--duration"_s, u"1"_s, u"--resolution"_s, u"480p"_s};
        QStringList arguments = m_program->generateText();
        arguments[arguments.indexOf(u"--api-url"_s) + 1] = address;

        const Outcome done = m_program->run(arguments + small);
        QVERIFY2(done.exitCode == 0, done.err);
        const Result<VideoInfo> clip = probeVideo(m_program->path(u"out.mp4"_s));
        QVERIFY(clip.has_value());
        QCOMPARE(clip->videoCodec, u"h264"_s);
        QCOMPARE(clip->audioCodec, u"aac"_s);
        QCOMPARE(clip->size, QSize(848, 480));

        const QUrl script = QUrl(address).resolved(QUrl(u"/simulator/script"_s));
        exchange("PUT", script,
                 simulator::toJson({{simulator::Rule{simulator::Step::Poll, simulator::Reply::Expired}}}));
        arguments[arguments.indexOf(u"out.mp4"_s)] = u"other.mp4"_s;
        const Outcome expired = m_program->run(arguments + small);
        QCOMPARE(expired.exitCode, 5);
        process->terminate();
        QCOMPARE(m_program->end(*process).exitCode, 0);
    }

    void theEmbeddedSimulatorAnimatesAPhotoWithoutAKeyOrDisplay()
    {
        m_program->environmentKey.clear();
        QImage photo(600, 800, QImage::Format_RGB32);
        photo.fill(QColor(200, 120, 40));
        QVERIFY(writeFile(m_program->path(u"photo.jpg"_s), encoded(photo, "jpeg")));
        const QStringList common{u"--simulator"_s, u"--json"_s, u"--poll-interval"_s, u"0.2"_s};
        const Outcome outcome =
            m_program->run(common + QStringList{u"generate"_s, u"image"_s, u"--image"_s, u"photo.jpg"_s, u"--prompt"_s,
                                                u"Slow waves"_s, u"--duration"_s, u"2"_s, u"--output"_s, u"out.mp4"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.line().value(u"simulated"_s), QJsonValue(true));
        QVERIFY(outcome.line().value(u"cost_usd"_s).toDouble() > 0);
        const Result<VideoInfo> clip = probeVideo(m_program->path(u"out.mp4"_s));
        QVERIFY(clip.has_value());
        QVERIFY(qAbs(clip->seconds - 2) < 0.1);
        QVERIFY(qAbs(double(clip->size.width()) / clip->size.height() - 0.75) < 0.02);
        QVERIFY(clip->hasAudio());
        QVERIFY(m_program->run({u"jobs"_s}).out.contains("simulated"));
    }

    void theEmbeddedSimulatorGoesOnAfterARestart()
    {
        const QStringList accepted{u"--simulator"_s, u"generate"_s,   u"text"_s,    u"--prompt"_s,
                                   u"Boat"_s,        u"--duration"_s, u"1"_s,       u"--resolution"_s,
                                   u"480p"_s,        u"--output"_s,   u"out.mp4"_s, u"--no-wait"_s};
        QCOMPARE(m_program->run(accepted).exitCode, 0);
        const Outcome outcome = m_program->run({u"resume"_s, u"--poll-interval"_s, u"0.1"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.out, m_program->path(u"out.mp4"_s).toUtf8() + '\n');
    }
};

QTEST_MAIN(TestServe)

#include "tst_serve.moc"
