// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire.h"
#include "core/validate.h"
#include "simulator/simulator.h"
#include "support/randomrequests.h"
#include "support/rawanswer.h"
#include "support/testcase.h"

#include <QSet>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using test::RandomRequests;

namespace {

constexpr int rounds = 10'000;
constexpr quint32 seed = 20'261'123;

/// One kept-alive connection: ten thousand of their own would use up the machine's ports.
class Connection
{
public:
    explicit Connection(int port) { m_socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(port)); }

    /// The status line and the body of the answer; both empty when none came.
    std::pair<QByteArray, QByteArray> post(const QString& path, const QByteArray& body)
    {
        m_socket.write("POST /v1" + path.toLatin1() +
                       " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\nContent-Type: application/json"
                       "\r\nContent-Length: " +
                       QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        for (;;) {
            if (test::isWholeAnswer(answer))
                return {answer.left(answer.indexOf("\r\n")), answer.mid(answer.indexOf("\r\n\r\n") + 4)};
            if (!m_socket.waitForReadyRead(patience))
                return {};
            answer += m_socket.readAll();
        }
    }

private:
    QTcpSocket m_socket;
};

QByteArray bodyOf(const GenerationRequest& request)
{
    QByteArray body;
    for (const wire::Segment& segment : wire::body(request))
        body += segment.bytes;
    return body;
}

} // namespace

/// What holds for every request, tried with ten thousand of them.
class TestProperties : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsValidIsAcceptedByAServiceThatRefusesUnknownFields()
    {
        QTemporaryDir folder;
        simulator::Options options;
        options.folder = folder.filePath(u"simulator"_s);
        options.render = false;
        options.strict = true;
        options.speed = 0.001; // none ends meanwhile: this is about the submit
        simulator::Simulator simulator(options);
        const auto error = simulator.start();
        QVERIFY2(!error, qPrintable(error.value_or(QString())));

        Connection connection(simulator.port());
        RandomRequests requests(seed);
        QSet<QString> kinds;
        for (int i = 0; i < rounds; ++i) {
            const auto made = requests.good();
            const auto problems = validate(made.request, made.model);
            QVERIFY2(problems.isEmpty(), qPrintable(problems.value(0).sentence));
            const QByteArray body = bodyOf(made.request);
            const auto [status, answer] = connection.post(wire::path(made.request.mode()), body);
            QVERIFY2(status.startsWith("HTTP/1.1 200 "), status + "\n" + answer + "\n" + body);
            kinds.insert(made.model.id + u' ' + toName(made.request.mode()));
        }
        qsizetype possible = 0;
        const ModelTable table = ModelTable::builtIn();
        for (const Model& model : table.models())
            possible += model.modes.size();
        QCOMPARE(kinds.size(), possible);
    }

    void whatIsInvalidIsRefusedBeforeAnyNetwork()
    {
        RandomRequests requests(seed);
        QSet<QString> seen;
        for (int i = 0; i < rounds; ++i) {
            const auto made = requests.bad();
            QVERIFY2(!validate(made.request, made.model).isEmpty(),
                     qPrintable(made.flaw + u": "_s + QString::fromUtf8(bodyOf(made.request))));
            seen.insert(made.flaw);
        }
        QCOMPARE(seen.size(), RandomRequests::flaws().size());
    }
};

QTEST_MAIN(TestProperties)
#include "tst_properties.moc"
