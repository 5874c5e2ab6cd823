// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/downloadcall.h"

#include "api/wire.h"
#include "core/files.h"

#include <QRegularExpression>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

// The steps of a download, each once per GET:
//
//   ask() --> readHead() --200--> the file from its begin --> receive()... --> conclude()
//              |  |   |---206--> overlap compared, then the rest --> receive()... --> conclude()
//              |  |---416, other clip--> startOver() --> ask()
//              |---3xx--> redirect() --> ask()

namespace clipkiln {

namespace {

constexpr qint64 readBuffer = 256 * 1024;                // bytes; Qt's is without limit
constexpr qint64 largestClip = 4LL * 1024 * 1024 * 1024; // bytes
constexpr qint64 overlapSize = 4096;                     // bytes
constexpr qint64 leastProgress = 16 * 1024;              // bytes in the time of a stall
constexpr qsizetype mp4Begin = 12;                       // bytes: size, "ftyp", brand
constexpr int mostRedirects = 5;

/// "bytes 100-299/300": first byte and total; total 0 when it is "*".
struct ContentRange
{
    qint64 first = -1; ///< -1: only the total, as a 416 has it
    qint64 total = 0;
};

std::optional<ContentRange> readContentRange(const QNetworkReply& reply)
{
    static const QRegularExpression form(u"^bytes (?:\\*|(\\d+)-\\d+)/(?:\\*|(\\d+))$"_s);
    const auto match = form.match(QString::fromLatin1(reply.rawHeader("Content-Range")).trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return ContentRange{match.hasCaptured(1) ? match.captured(1).toLongLong() : -1, match.captured(2).toLongLong()};
}

/// If-Range must not have a weak ETag (RFC 9110, 13.1.5).
QByteArray validatorOf(const QNetworkReply& reply)
{
    const QByteArray etag = reply.rawHeader("ETag");
    return etag.isEmpty() || etag.startsWith("W/") ? reply.rawHeader("Last-Modified") : etag;
}

/// Whether the boxes that an MP4 consists of end where the file does. A box: its length in four bytes, its name, and
/// with a length of 1 the real one in eight bytes; 0 reaches to the end.
bool hasWholeBoxes(QFile& file)
{
    qint64 position = 0;
    while (position < file.size()) {
        if (!file.seek(position))
            return false;
        const QByteArray header = file.read(16);
        if (header.size() < 8)
            return false;
        qint64 length = qFromBigEndian<quint32>(header.constData());
        if (length == 0)
            return true;
        if (length == 1 && header.size() == 16)
            length = qFromBigEndian<qint64>(header.constData() + 8);
        if (length < 8 || length > file.size() - position)
            return false;
        position += length;
    }
    return true;
}

DownloadOutcome linkGone(ErrorKind kind, const QString& detail)
{
    return {DownloadOutcome::LinkGone{{kind, detail}}};
}

DownloadOutcome interrupted(const Error& error)
{
    return {DownloadOutcome::Interrupted{error}};
}

/// A status that gives no bytes. What may be better later is Interrupted, every other 4xx is final.
DownloadOutcome outcomeOf(int status, const QNetworkReply& reply)
{
    const QString detail = u"HTTP %1"_s.arg(status);
    if (status == 429 || status >= 500) {
        Error error{status == 429 ? ErrorKind::RateLimited : ErrorKind::ServerFault, detail};
        wire::noteWait(error, http::retryAfterOf(reply));
        return interrupted(error);
    }
    if (status >= 400 && status != 408 && status != 425)
        return linkGone(ErrorKind::LinkGone, detail);
    return interrupted({ErrorKind::BadAnswer, detail});
}

} // namespace

HttpDownloadCall::HttpDownloadCall(QNetworkAccessManager& network, KnownClips& known, const QUrl& address,
                                   bool allowLocal, const QString& temporaryFile, std::chrono::milliseconds stall,
                                   QObject* parent)
    : DownloadCall(parent)
    , m_network(network)
    , m_known(known)
    , m_address(address)
    , m_allowLocal(allowLocal)
    , m_stall(stall)
    , m_file(temporaryFile)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(interrupted(http::timeout(m_stall))); });
    const auto start = [this] {
        if (const auto error = openPrivate(m_file))
            finish({DownloadOutcome::LocalTrouble{*error}});
        else if (readBegin())
            ask(m_address);
        else
            finishWithDiskError();
    };
    QMetaObject::invokeMethod(this, start, Qt::QueuedConnection);
}

HttpDownloadCall::~HttpDownloadCall()
{
    http::drop(m_reply);
}

/// Finds out whether the temporary file holds the begin of a clip to go on with.
bool HttpDownloadCall::readBegin()
{
    m_size = m_file.size();
    if (m_size <= overlapSize || !beginsLikeMp4())
        return true;
    return m_file.seek(m_size - overlapSize) && (m_overlap = m_file.read(overlapSize)).size() == overlapSize;
}

void HttpDownloadCall::ask(const QUrl& url)
{
    if (!http::isAllowed(url, m_allowLocal))
        return finish(linkGone(ErrorKind::AddressRefused, url.toString(QUrl::RemoveUserInfo)));

    QNetworkRequest request = http::plainRequest(url);
    if (!m_isEncoded)
        request.setRawHeader("Accept-Encoding", "identity"); // ranges count the bytes of the file
    if (!m_overlap.isEmpty()) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_size - m_overlap.size()) + '-');
        if (const QByteArray validator = m_known.value(m_file.fileName()).validator; !validator.isEmpty())
            request.setRawHeader("If-Range", validator);
    }
    m_headRead = false;
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpDownloadCall::receive);
    connect(m_reply, &QNetworkReply::finished, this, &HttpDownloadCall::conclude);
    restartDeadline();
}

/// Bytes have to keep coming: a server that sends one now and then would hold the clip up for good.
void HttpDownloadCall::restartDeadline()
{
    m_sinceDeadline = 0;
    m_deadline.start(m_stall);
}

/// The bytes on disk belong to another clip, or may do.
void HttpDownloadCall::startOver()
{
    dropReply();
    m_overlap.clear();
    m_known.remove(m_file.fileName());
    ask(m_address);
}

/// Decides by status and headers; afterwards m_reply is the reply whose body is read, a new one, or null.
void HttpDownloadCall::readHead()
{
    const int status = http::statusOf(*m_reply);
    if (m_headRead || status == 0)
        return;
    m_headRead = true;
    if (status == 200)
        readWholeHead();
    else if (status == 206)
        readPartHead();
    else if (status == 416 && !m_overlap.isEmpty())
        readRangeRefusal();
    else if (status > 300 && status < 400 && m_reply->hasRawHeader("Location"))
        redirect();
    else
        finish(outcomeOf(status, *m_reply));
}

void HttpDownloadCall::readWholeHead()
{
    // A server that encodes what was to come as it is: Qt decodes it when it chooses the encodings itself.
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding").trimmed().toLower();
    if (!m_isEncoded && !encoding.isEmpty() && encoding != "identity") {
        m_isEncoded = true;
        return startOver();
    }
    m_overlap.clear();
    m_size = 0;
    m_checkedBegin = false;
    if (!m_file.resize(0) || !m_file.seek(0))
        return finishWithDiskError();
    remember(m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong());
}

void HttpDownloadCall::readPartHead()
{
    const auto range = readContentRange(*m_reply);
    const qint64 knownTotal = m_known.value(m_file.fileName()).total;
    if (m_overlap.isEmpty()) // nobody asked for a part
        return finish(interrupted({ErrorKind::BadAnswer, u"HTTP 206 without a range asked for"_s}));
    if (!range || range->first != m_size - m_overlap.size() || (knownTotal > 0 && range->total != knownTotal))
        return startOver();
    remember(range->total);
}

/// The range begins behind the end of what the server has.
void HttpDownloadCall::readRangeRefusal()
{
    const auto range = readContentRange(*m_reply);
    if (!range || range->total != m_size)
        return startOver();
    m_total = m_size;
    m_overlap.clear();
    dropReply();
    conclude();
}

void HttpDownloadCall::redirect()
{
    const QUrl target = m_reply->url().resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
    if (++m_redirects > mostRedirects)
        return finish(linkGone(ErrorKind::LinkGone, u"more than %1 redirects"_s.arg(mostRedirects)));
    dropReply();
    ask(target); // from a clean request: nothing of the first host's headers goes to the second
}

void HttpDownloadCall::remember(qint64 total)
{
    m_total = total;
    m_known.insert(m_file.fileName(), {validatorOf(*m_reply), total});
    if (m_total > largestClip)
        finish(linkGone(ErrorKind::NotAClip, u"%1 bytes"_s.arg(total)));
}

void HttpDownloadCall::receive()
{
    readHead();
    while (m_reply && m_headRead && m_reply->bytesAvailable() > 0) {
        m_sinceDeadline += m_reply->bytesAvailable();
        if (m_sinceDeadline >= leastProgress)
            restartDeadline();
        if (!accept(m_reply->read(readBuffer)))
            return;
    }
    if (m_reply && m_progressGate.opens())
        Q_EMIT progressed(m_size, m_total);
}

/// Bytes of the body; false when they ended this GET.
bool HttpDownloadCall::accept(QByteArray bytes)
{
    const qsizetype again = std::min(bytes.size(), m_overlap.size());
    if (bytes.first(again) != m_overlap.first(again)) {
        startOver();
        return false;
    }
    m_overlap.remove(0, again);
    bytes.remove(0, again);

    if (m_file.write(bytes) != bytes.size()) {
        finishWithDiskError();
        return false;
    }
    m_size += bytes.size();
    if (m_size > largestClip) {
        finish(linkGone(ErrorKind::NotAClip, u"more than %1 bytes"_s.arg(largestClip)));
        return false;
    }
    if (!m_checkedBegin && m_size >= mp4Begin) {
        if (!beginsLikeMp4()) {
            finish(linkGone(ErrorKind::NotAClip, u"no MP4 file came"_s));
            return false;
        }
        m_file.seek(m_size);
    }
    return true;
}

/// Looks at the file itself: an expired address may answer 200 with a page (CONTRACT.md 7).
bool HttpDownloadCall::beginsLikeMp4()
{
    m_checkedBegin = m_file.seek(0) && m_file.read(mp4Begin).mid(4, 4) == "ftyp";
    return m_checkedBegin;
}

/// The reply has ended, or a 416 said that nothing is missing.
void HttpDownloadCall::conclude()
{
    if (QNetworkReply* reply = m_reply) {
        receive();
        if (m_reply != reply)
            return;
        if (const auto error = http::networkError(*reply))
            return finish(interrupted(*error));
    }
    if (m_size < mp4Begin)
        return finish(linkGone(ErrorKind::NotAClip, u"%1 bytes"_s.arg(m_size)));
    if (!m_overlap.isEmpty() || (m_total > 0 && m_size < m_total))
        return finish(interrupted({ErrorKind::Offline, u"%1 of %2 bytes came"_s.arg(m_size).arg(m_total)}));
    if (m_total > 0 && m_size > m_total) {
        m_file.resize(0);
        return finish(interrupted({ErrorKind::BadAnswer, u"%1 bytes came instead of %2"_s.arg(m_size).arg(m_total)}));
    }
    // Without a length a cut can look like the end (src/README.md, Qt fact 5).
    if (m_total == 0 && !hasWholeBoxes(m_file))
        return finish(interrupted({ErrorKind::Offline, u"the file ends after %1 bytes"_s.arg(m_size)}));
    m_file.close();
    if (const auto error = durableSync(m_file.fileName()))
        return finish({DownloadOutcome::LocalTrouble{*error}});
    Q_EMIT progressed(m_size, m_size);
    finish({DownloadOutcome::Complete{m_size}});
}

void HttpDownloadCall::finish(const DownloadOutcome& outcome)
{
    if (std::exchange(m_finished, true))
        return;
    m_outcome = outcome;
    m_deadline.stop();
    dropReply();
    m_file.close();
    const auto* gone = std::get_if<DownloadOutcome::LinkGone>(&outcome.value);
    const bool worthless = gone && gone->error.kind == ErrorKind::NotAClip;
    if (worthless)
        m_file.remove();
    if (worthless || std::holds_alternative<DownloadOutcome::Complete>(outcome.value))
        m_known.remove(m_file.fileName());
    deleteLater();
    Q_EMIT finished();
}

void HttpDownloadCall::finishWithDiskError()
{
    finish({DownloadOutcome::LocalTrouble{diskError(m_file.fileName(), m_file.errorString())}});
}

void HttpDownloadCall::dropReply()
{
    http::drop(std::exchange(m_reply, nullptr));
}

} // namespace clipkiln
