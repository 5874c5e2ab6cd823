// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDownload : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aClipComesWholeAndWithoutKey();
    void aClipWithoutLengthComesToo();
    void progressGoesUpToTheEnd();

    void aCutKeepsWhatCame_data();
    void aCutKeepsWhatCame();
    void silenceInTheBodyIsACut();
    void aTrickleIsACutAndIsGoneOnWith();
    void anEncodedClipIsDecoded();
    void aPartIsContinued_data();
    void aPartIsContinued();
    void aPartIsContinuedAfterARestart();
    void aPartOfAnotherClipIsReplaced_data();
    void aPartOfAnotherClipIsReplaced();
    void aWholePartIsJustChecked();
    void aTinyPartStartsOver();

    void aDeadAddressIsGone_data();
    void aDeadAddressIsGone();
    void aBusyServerInterrupts_data();
    void aBusyServerInterrupts();
    void aDeadAddressKeepsThePart();
    void whatIsNoMp4IsGone_data();
    void whatIsNoMp4IsGone();
    void aClipBeyondAllSizeIsGone();
    void onlyTlsOrLoopback_data();
    void onlyTlsOrLoopback();
    void nobodyThereInterrupts();

    void aFolderThatIsNotThereIsLocalTrouble();
    void aFailedWriteIsLocalTrouble();
    void aDestroyedCallSaysNothingAndKeepsThePart();
    void severalAtOnceStayApart();

private:
    [[nodiscard]] DownloadCall* download()
    {
        return m_client->download(m_server->address(u"/clip.mp4"_s), true, m_part);
    }
    [[nodiscard]] QByteArray serve(const SeenRequest& seen) const;
    [[nodiscard]] QByteArray chunkedAnswer() const;
    void writePart(const QByteArray& content);
    [[nodiscard]] QByteArray readPart() const;
    [[nodiscard]] QByteArray lastRange() const { return m_server->seen().last().headers.value("range"); }

    static QByteArray makeClip(qsizetype size, int seed);

    const QByteArray m_clip = makeClip(2'000'000, 1);
    QByteArray m_etag = "\"one\"";
    bool m_ranges = true; ///< whether the server understands Range
    QTemporaryDir m_folder;
    QString m_part;
    std::unique_ptr<RudeProxy> m_server;
    std::unique_ptr<Client> m_client;
};

/// As gzip has it at its end (RFC 1952, 8).
quint32 crc32Of(const QByteArray& bytes)
{
    quint32 crc = ~quint32{0};
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0);
    }
    return ~crc;
}

/// The boxes of an MP4 around bytes that nowhere repeat.
QByteArray TestDownload::makeClip(qsizetype size, int seed)
{
    QByteArray clip = QByteArray::fromHex("00000018") + "ftypisom" + QByteArray::fromHex("00000200") + "isommp41";
    QByteArray length(4, '\0');
    qToBigEndian(static_cast<quint32>(size - clip.size()), length.data());
    clip += length + "mdat";
    clip.reserve(size);
    quint32 state = static_cast<quint32>(seed);
    while (clip.size() < size) {
        state = state * 1664525 + 1013904223;
        clip.append(static_cast<char>(state >> 24));
    }
    return clip;
}

/// A file server with ranges and ETag.
QByteArray TestDownload::serve(const SeenRequest& seen) const
{
    QByteArray headers = "Content-Type: video/mp4\r\nETag: " + m_etag + "\r\n";
    const QByteArray ifRange = seen.headers.value("if-range");
    static const QRegularExpression form(u"^bytes=(\\d+)-$"_s);
    const auto range = form.match(QString::fromLatin1(seen.headers.value("range")));
    if (!m_ranges || !range.hasMatch() || (!ifRange.isEmpty() && ifRange != m_etag))
        return httpAnswer(200, m_clip, headers);
    const qint64 first = range.captured(1).toLongLong();
    const QByteArray total = QByteArray::number(m_clip.size());
    if (first >= m_clip.size())
        return httpAnswer(416, {}, "Content-Range: bytes */" + total + "\r\n");
    headers += "Content-Range: bytes " + QByteArray::number(first) + '-' + QByteArray::number(m_clip.size() - 1) + '/' +
               total + "\r\n";
    return httpAnswer(206, m_clip.mid(first), headers);
}

/// The whole clip, without its length in the head.
QByteArray TestDownload::chunkedAnswer() const
{
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray::number(m_clip.size(), 16) + "\r\n" +
           m_clip + "\r\n0\r\n\r\n";
}

void TestDownload::init()
{
    TestCase::init();
    m_etag = "\"one\"";
    m_ranges = true;
    m_part = m_folder.filePath(u"clip.part"_s);
    QFile::remove(m_part);
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
    m_server = std::make_unique<RudeProxy>();
    m_server->answerWith([this](const SeenRequest& seen) { return serve(seen); });
}

void TestDownload::writePart(const QByteArray& content)
{
    QFile file(m_part);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray TestDownload::readPart() const
{
    QFile file(m_part);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestDownload::aClipComesWholeAndWithoutKey()
{
    const auto outcome = resultOf(download());
    const auto* complete = as<DownloadOutcome::Complete>(outcome);
    QVERIFY(complete);
    QCOMPARE(complete->bytes, m_clip.size());
    QVERIFY(readPart() == m_clip);
    const SeenRequest& seen = m_server->seen().first();
    QCOMPARE(seen.path, "/clip.mp4");
    QVERIFY(!seen.headers.contains("authorization"));
    QVERIFY(!seen.headers.contains("range"));
    QCOMPARE(seen.headers.value("accept-encoding"), "identity");
}

void TestDownload::aClipWithoutLengthComesToo()
{
    m_server->answerWith(chunkedAnswer());
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
}

void TestDownload::progressGoesUpToTheEnd()
{
    DownloadCall* call = download();
    QSignalSpy progress(call, &DownloadCall::progressed);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(call)));
    qint64 before = 0;
    for (const QList<QVariant>& arguments : std::as_const(progress)) {
        QVERIFY(arguments.at(0).toLongLong() >= before);
        QCOMPARE(arguments.at(1).toLongLong(), m_clip.size());
        before = arguments.at(0).toLongLong();
    }
    QCOMPARE(before, m_clip.size());
}

void TestDownload::aCutKeepsWhatCame_data()
{
    QTest::addColumn<Rudeness>("rudeness");
    QTest::addColumn<bool>("chunked");
    QTest::newRow("closed") << Rudeness::CloseInBody << false;
    QTest::newRow("reset") << Rudeness::ResetInBody << false;
    QTest::newRow("closed, without a length") << Rudeness::CloseInBody << true;
    QTest::newRow("reset, without a length") << Rudeness::ResetInBody << true;
}

void TestDownload::aCutKeepsWhatCame()
{
    QFETCH(Rudeness, rudeness);
    QFETCH(bool, chunked);
    if (chunked)
        m_server->answerWith(chunkedAnswer());
    m_server->behave(rudeness, 700'000);
    const auto outcome = resultOf(download());
    const auto* interrupted = as<DownloadOutcome::Interrupted>(outcome);
    QVERIFY(interrupted);
    QCOMPARE(interrupted->error.kind, ErrorKind::Offline);
    QVERIFY(m_clip.startsWith(readPart()));
    QVERIFY(readPart().size() > 0);
}

void TestDownload::silenceInTheBodyIsACut()
{
    m_client->setDeadlines(impatient);
    QByteArray answer = httpAnswer(200, m_clip);
    m_server->answerWith(answer.first(answer.size() / 2));
    const auto outcome = resultOf(download());
    const auto* interrupted = as<DownloadOutcome::Interrupted>(outcome);
    QVERIFY(interrupted);
    QCOMPARE(interrupted->error.kind, ErrorKind::Timeout);
    QVERIFY(readPart().size() > 900'000);
}

void TestDownload::aTrickleIsACutAndIsGoneOnWith()
{
    m_client->setDeadlines(impatient);
    m_server->behave(Rudeness::Drip); // a thousand bytes a second
    const auto outcome = resultOf(download());
    const auto* interrupted = as<DownloadOutcome::Interrupted>(outcome);
    QVERIFY(interrupted);
    QCOMPARE(interrupted->error.kind, ErrorKind::Timeout);

    m_client->setDeadlines(patient);
    writePart(m_clip.first(1'000'000));
    m_server->behave(Rudeness::None);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QCOMPARE(readPart(), m_clip);
}

void TestDownload::anEncodedClipIsDecoded()
{
    // gzip around qCompress(): four bytes of length, then zlib's two, and its checksum behind.
    const QByteArray packed = qCompress(m_clip);
    QByteArray gzip = QByteArray::fromHex("1f8b0800000000000003") + packed.sliced(6, packed.size() - 10);
    for (const quint32 number : {crc32Of(m_clip), static_cast<quint32>(m_clip.size())}) {
        QByteArray bytes(4, '\0');
        qToLittleEndian(number, bytes.data());
        gzip += bytes;
    }
    m_server->answerWith(httpAnswer(200, gzip, "Content-Type: video/mp4\r\nContent-Encoding: gzip\r\n"));
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QCOMPARE(readPart(), m_clip);
}

void TestDownload::aPartIsContinued_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<QByteArray>("ifRange");
    QTest::newRow("with its ETag") << QByteArray("\"one\"") << QByteArray("\"one\"");
    QTest::newRow("without a weak ETag") << QByteArray("W/\"one\"") << QByteArray();
}

void TestDownload::aPartIsContinued()
{
    QFETCH(QByteArray, etag);
    QFETCH(QByteArray, ifRange);
    m_etag = etag;
    m_server->behave(Rudeness::CloseInBody, 700'000);
    QVERIFY(as<DownloadOutcome::Interrupted>(resultOf(download())));
    const qint64 kept = readPart().size();

    m_server->behave(Rudeness::None);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
    QCOMPARE(lastRange(), "bytes=" + QByteArray::number(kept - 4096) + '-');
    QCOMPARE(m_server->seen().last().headers.value("if-range"), ifRange);
    QCOMPARE(m_server->seen().size(), 2);
}

void TestDownload::aPartIsContinuedAfterARestart()
{
    writePart(m_clip.first(1'500'000));
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
    QCOMPARE(lastRange(), "bytes=1495904-");
    QVERIFY(!m_server->seen().last().headers.contains("if-range"));
    QCOMPARE(m_server->seen().size(), 1);
}

void TestDownload::aPartOfAnotherClipIsReplaced_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("other bytes") << makeClip(1'500'000, 2);
    QTest::newRow("a longer one") << makeClip(3'000'000, 2);
    QTest::newRow("the same and more") << m_clip + QByteArray(10'000, 'x');
    QTest::newRow("no clip at all") << QByteArray(1'500'000, '<');
    QTest::newRow("the same begin, another end") << m_clip.first(1'000'000) + QByteArray(10'000, 'x');
}

void TestDownload::aPartOfAnotherClipIsReplaced()
{
    QFETCH(QByteArray, part);
    writePart(part);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
}

void TestDownload::aWholePartIsJustChecked()
{
    writePart(m_clip);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
    QCOMPARE(m_server->seen().size(), 1);
    QVERIFY(!lastRange().isEmpty());
}

void TestDownload::aTinyPartStartsOver()
{
    writePart(m_clip.first(100));
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
    QVERIFY(lastRange().isEmpty());
}

void TestDownload::aDeadAddressIsGone_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 410, 451})
        QTest::addRow("%d", status) << status;
}

void TestDownload::aDeadAddressIsGone()
{
    QFETCH(int, status);
    m_server->answerWith(httpAnswer(status, "<html>gone</html>", "Content-Type: text/html\r\n"));
    const auto outcome = resultOf(download());
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::LinkGone);
    QCOMPARE(gone->error.detail, u"HTTP %1"_s.arg(status));
}

void TestDownload::aBusyServerInterrupts_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("429") << 429 << ErrorKind::RateLimited;
    QTest::newRow("500") << 500 << ErrorKind::ServerFault;
    QTest::newRow("503") << 503 << ErrorKind::ServerFault;
    QTest::newRow("408") << 408 << ErrorKind::BadAnswer;
    QTest::newRow("204") << 204 << ErrorKind::BadAnswer;
    QTest::newRow("304 without a place to go") << 304 << ErrorKind::BadAnswer;
}

void TestDownload::aBusyServerInterrupts()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    writePart(m_clip.first(1'000'000));
    m_server->answerWith(httpAnswer(status, {}, "Retry-After: 3\r\n"));
    const auto outcome = resultOf(download());
    const auto* interrupted = as<DownloadOutcome::Interrupted>(outcome);
    QVERIFY(interrupted);
    QCOMPARE(interrupted->error.kind, kind);
    QCOMPARE(interrupted->error.retryAfter.has_value(), kind != ErrorKind::BadAnswer);
    QCOMPARE(readPart().size(), 1'000'000);
}

void TestDownload::aDeadAddressKeepsThePart()
{
    writePart(m_clip.first(1'000'000));
    m_server->answerWith(httpAnswer(403, "<html>gone</html>"));
    QVERIFY(as<DownloadOutcome::LinkGone>(resultOf(download())));
    QCOMPARE(readPart().size(), 1'000'000);
}

void TestDownload::whatIsNoMp4IsGone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a page") << QByteArray("<html><body>expired</body></html>");
    QTest::newRow("a big page") << QByteArray(3'000'000, 'x');
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a few bytes") << QByteArray::fromHex("00000018") + "ftyp";
    QTest::newRow("another file") << QByteArray("\x1a\x45\xdf\xa3 matroska and so on");
}

void TestDownload::whatIsNoMp4IsGone()
{
    QFETCH(QByteArray, body);
    m_server->answerWith(httpAnswer(200, body, "Content-Type: video/mp4\r\n"));
    const auto outcome = resultOf(download());
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::NotAClip);
    QVERIFY(!QFile::exists(m_part));
}

void TestDownload::aClipBeyondAllSizeIsGone()
{
    m_server->answerWith("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n" + m_clip);
    const auto outcome = resultOf(download());
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::NotAClip);
}

void TestDownload::onlyTlsOrLoopback_data()
{
    QTest::addColumn<QUrl>("address");
    QTest::addColumn<bool>("allowLocal");
    QTest::newRow("plain HTTP elsewhere") << QUrl(u"http://192.0.2.1/clip.mp4"_s) << true;
    QTest::newRow("plain HTTP on loopback when the API is elsewhere") << m_server->address(u"/clip.mp4"_s) << false;
    const auto elsewhere = [](const QString& host) {
        QTest::newRow(qPrintable(host)) << QUrl(u"https://%1/clip.mp4"_s.arg(host)) << false;
    };
    for (const auto& host : {u"localhost"_s, u"clips.localhost"_s, u"127.0.0.1"_s, u"127.1"_s, u"2130706433"_s,
                             u"0.0.0.0"_s, u"10.1.2.3"_s, u"172.16.0.1"_s, u"192.168.1.1"_s, u"169.254.169.254"_s,
                             u"100.64.0.1"_s, u"[::1]"_s, u"[::ffff:127.0.0.1]"_s, u"[fe80::1]"_s, u"[fd00::1]"_s})
        elsewhere(host);
    elsewhere(u"name:word@192.0.2.1"_s);
    QTest::newRow("a file") << QUrl(u"file:///etc/hostname"_s) << true;
    QTest::newRow("nothing") << QUrl() << true;
}

void TestDownload::onlyTlsOrLoopback()
{
    QFETCH(QUrl, address);
    QFETCH(bool, allowLocal);
    const auto outcome = resultOf(m_client->download(address, allowLocal, m_part));
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::AddressRefused);
    QCOMPARE(m_server->connections(), 0);
}

void TestDownload::nobodyThereInterrupts()
{
    const auto outcome = resultOf(m_client->download(QUrl(u"http://127.0.0.1:1/clip.mp4"_s), true, m_part));
    const auto* interrupted = as<DownloadOutcome::Interrupted>(outcome);
    QVERIFY(interrupted);
    QCOMPARE(interrupted->error.kind, ErrorKind::Offline);
}

void TestDownload::aFolderThatIsNotThereIsLocalTrouble()
{
    m_part = m_folder.filePath(u"no/such/folder/clip.part"_s);
    const auto outcome = resultOf(download());
    const auto* trouble = as<DownloadOutcome::LocalTrouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::Disk);
    QVERIFY(trouble->error.detail.contains("clip.part"_L1));
    QCOMPARE(m_server->connections(), 0);
}

void TestDownload::aFailedWriteIsLocalTrouble()
{
#ifdef Q_OS_UNIX
    // From 1 MB on every write fails, as on a full disk (which error is which kind is diskError()'s, in tst_files).
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 1'000'000;
    ::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
    const auto outcome = resultOf(download());
    ::setrlimit(RLIMIT_FSIZE, &before);

    const auto* trouble = as<DownloadOutcome::LocalTrouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::Disk);
    QVERIFY(m_clip.startsWith(readPart()));

    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(readPart() == m_clip);
    QVERIFY(!lastRange().isEmpty());
#endif
}

void TestDownload::aDestroyedCallSaysNothingAndKeepsThePart()
{
    QByteArray answer = httpAnswer(200, m_clip);
    m_server->answerWith(answer.first(answer.size() / 2));
    DownloadCall* call = download();
    QSignalSpy finished(call, &Call::finished);
    QTRY_VERIFY(readPart().size() > 500'000);
    delete call;
    QVERIFY(!finished.wait(200));
    QVERIFY(readPart().size() > 500'000);
}

void TestDownload::severalAtOnceStayApart()
{
    const QString second = m_folder.filePath(u"second.part"_s);
    DownloadCall* other = m_client->download(m_server->address(u"/clip.mp4"_s), true, second);
    QSignalSpy otherFinished(other, &Call::finished);
    QVERIFY(as<DownloadOutcome::Complete>(resultOf(download())));
    QVERIFY(!otherFinished.isEmpty() || otherFinished.wait(patience));
    QVERIFY(readPart() == m_clip);
    m_part = second;
    QVERIFY(readPart() == m_clip);
}

QTEST_GUILESS_MAIN(TestDownload)

#include "tst_download.moc"
