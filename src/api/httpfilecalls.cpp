// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/httpfilecalls.h"

#include "api/wirefiles.h"
#include "core/sourcerules.h"
#include "core/text.h"

#include <QFileInfo>
#include <QUrlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The sentence is for a person: it is shown as it stands.
std::optional<Error> tooLarge(const FileToUpload& file)
{
    constexpr qint64 megabyte = 1'000'000;
    const qint64 bytes = QFileInfo(file.path).size();
    if (bytes <= mostVideoBytes)
        return std::nullopt;
    return Error{ErrorKind::InputUnusable, Text::tr("%1 has %2 MB. The service takes files of at most %3 MB.")
                                               .arg(file.name, QString::number((bytes + megabyte - 1) / megabyte),
                                                    QString::number(mostVideoBytes / megabyte))};
}

QString pathOf(const QString& fileId)
{
    return u"/files/"_s + QString::fromLatin1(QUrl::toPercentEncoding(fileId));
}

} // namespace

HttpUploadFileCall::HttpUploadFileCall(const Endpoint& endpoint, const FileToUpload& file, std::chrono::seconds keepFor,
                                       const Deadlines& deadlines, QObject* parent)
    : UploadFileCall(parent)
    , m_deadlines(deadlines)
    , m_boundary("clipkiln-" + QUuid::createUuid().toByteArray(QUuid::Id128))
    , m_body(BodyReader(wire::uploadForm(file, keepFor, m_boundary)))
{
    auto refusal = http::refusal(endpoint);
    if (!refusal)
        refusal = m_body.error();
    if (!refusal)
        refusal = tooLarge(file);
    if (refusal) {
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { finish({UploadOutcome::Refused{error}}); }, Qt::QueuedConnection);
        return;
    }
    post(endpoint);
}

HttpUploadFileCall::~HttpUploadFileCall() = default;

void HttpUploadFileCall::post(const Endpoint& endpoint)
{
    QNetworkRequest request = http::keyedRequest(endpoint, u"/files"_s);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "multipart/form-data; boundary=" + m_boundary);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_body.total());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    m_body.commit(); // nothing is spent by the last byte of a file
    m_answer = std::make_unique<http::Answer>(m_network.post(request, &m_body), endpoint.key, nullptr);
    connect(m_answer.get(), &http::Answer::ended, this, &HttpUploadFileCall::conclude);
    connect(&m_body, &UploadDevice::advanced, this, &HttpUploadFileCall::advance);
    connect(&m_body, &UploadDevice::failed, m_answer.get(), &http::Answer::stop);
    m_answer->expectWithin(m_deadlines.uploadStall);
}

void HttpUploadFileCall::advance()
{
    m_answer->expectWithin(m_body.atEnd() ? m_deadlines.answer : m_deadlines.uploadStall);
    if (m_progressGate.opens() || m_body.atEnd())
        Q_EMIT progressed(m_body.sent(), m_body.total());
}

void HttpUploadFileCall::conclude()
{
    if (const auto& trouble = m_body.error())
        finish({UploadOutcome::Refused{*trouble}});
    else if (const auto& lost = m_answer->trouble())
        finish({UploadOutcome::Lost{*lost}});
    else
        finish(wire::readUpload(m_answer->status(), m_answer->body(), m_answer->retryAfter()));
}

void HttpUploadFileCall::finish(const UploadOutcome& outcome)
{
    m_outcome = outcome;
    deleteLater();
    Q_EMIT finished();
}

HttpListFilesCall::HttpListFilesCall(QNetworkAccessManager& network, const Endpoint& endpoint,
                                     std::chrono::milliseconds deadline, QObject* parent)
    : ListFilesCall(parent), m_network(network), m_endpoint(endpoint), m_deadline(deadline)
{
    if (const auto refusal = http::refusal(endpoint))
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { finish(error); }, Qt::QueuedConnection);
    else
        askForPage({});
}

void HttpListFilesCall::askForPage(const QString& token)
{
    QNetworkRequest request = http::keyedRequest(m_endpoint, u"/files"_s);
    if (!token.isEmpty()) {
        QUrlQuery query;
        query.addQueryItem(u"pagination_token"_s, QString::fromLatin1(QUrl::toPercentEncoding(token)));
        QUrl url = request.url();
        url.setQuery(query);
        request.setUrl(url);
    }
    auto* answer = new http::Answer(m_network.get(request), m_endpoint.key, this);
    connect(answer, &http::Answer::ended, this, [this, answer] { readPage(*answer); });
    answer->expectWithin(m_deadline);
}

void HttpListFilesCall::readPage(const http::Answer& answer)
{
    if (const auto& trouble = answer.trouble())
        return finish(*trouble);
    const auto page = wire::readFilePage(answer.status(), answer.body());
    if (!page)
        return finish(page.error());
    m_files += page->files;
    // A service that gives page after page without a file, or one again, would never end.
    if (page->nextPage.isEmpty() || m_pages.contains(page->nextPage) || page->files.isEmpty())
        return finish(m_files);
    constexpr int mostPages = 100;
    m_pages.insert(page->nextPage);
    if (m_pages.size() >= mostPages)
        return finish(Error{ErrorKind::BadAnswer, u"the list of files has more than %1 pages"_s.arg(mostPages)});
    askForPage(page->nextPage);
}

void HttpListFilesCall::finish(const Result<QList<RemoteFile>>& result)
{
    m_result = result;
    deleteLater();
    Q_EMIT finished();
}

HttpDeleteFileCall::HttpDeleteFileCall(QNetworkAccessManager& network, const Endpoint& endpoint, const QString& fileId,
                                       std::chrono::milliseconds deadline, QObject* parent)
    : DeleteFileCall(parent)
{
    if (const auto refusal = http::refusal(endpoint)) {
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { finish(error); }, Qt::QueuedConnection);
        return;
    }
    auto* answer =
        new http::Answer(network.deleteResource(http::keyedRequest(endpoint, pathOf(fileId))), endpoint.key, this);
    connect(answer, &http::Answer::ended, this, [this, answer] {
        const auto& trouble = answer->trouble();
        finish(trouble ? trouble : wire::readDeletion(answer->status(), answer->body()));
    });
    answer->expectWithin(deadline);
}

void HttpDeleteFileCall::finish(const std::optional<Error>& error)
{
    m_error = error;
    deleteLater();
    Q_EMIT finished();
}

} // namespace clipkiln
