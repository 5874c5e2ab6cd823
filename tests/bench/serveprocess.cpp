// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/serveprocess.h"

#include "bench/table.h"

#include <QDeadlineTimer>
#include <QDirIterator>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QThread>
#include <QtEndian>

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr int patience = 60'000; // ms

/// Makes an MP4 longer with a box that players skip: its length in four bytes, its name, nothing. The file system
/// stores no zeros, so this costs no space.
bool pad(const QString& path, qint64 bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    std::array<char, 8> box{0, 0, 0, 0, 'f', 'r', 'e', 'e'};
    const qint64 before = file.size();
    qToBigEndian(static_cast<quint32>(bytes - before), box.data());
    return file.seek(before) && file.write(box.data(), box.size()) == box.size() && file.resize(bytes);
}

} // namespace

ServeProcess::ServeProcess()
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(QStringLiteral(CLIPKILN_PROGRAM), {u"--profile"_s, m_profile.path(), u"serve"_s});
    for (QDeadlineTimer deadline(patience); !m_process.canReadLine() && !deadline.hasExpired();) {
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            break;
    }
    m_address = QString::fromUtf8(m_process.readLine()).trimmed();
    if (!m_address.startsWith("http"_L1))
        throw Trouble(u"`clipkiln serve` does not start: "_s +
                      QString::fromLocal8Bit(m_process.readAllStandardError()));
}

ServeProcess::~ServeProcess()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5'000))
        m_process.kill();
    m_process.waitForFinished();
}

void ServeProcess::play(const QJsonArray& rules) const
{
    exchange("PUT", u"/simulator/script"_s, QJsonDocument(rules).toJson(QJsonDocument::Compact));
}

QString ServeProcess::makeClip(qint64 bytes) const
{
    const QJsonObject request{{u"model"_s, u"grok-imagine-video"_s},
                              {u"prompt"_s, u"A paper boat"_s},
                              {u"duration"_s, 1},
                              {u"resolution"_s, u"480p"_s}};
    const QString id = exchange("POST", u"/v1/videos/generations"_s, QJsonDocument(request).toJson())
                           .value("request_id"_L1)
                           .toString();
    for (const QDeadlineTimer deadline(patience); !deadline.hasExpired(); QThread::msleep(100)) {
        const QJsonObject answer = exchange("GET", u"/v1/videos/"_s + id);
        if (answer["status"_L1] != "done"_L1)
            continue;
        const QString url = answer["video"_L1]["url"_L1].toString();
        const QString clip = fileOf(url);
        if (clip.isEmpty() || !pad(clip, bytes))
            break;
        return url;
    }
    throw Trouble(u"The simulator made no clip to download."_s);
}

QString ServeProcess::fileOf(const QString& clipAddress) const
{
    QDirIterator files(m_profile.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (clipAddress.endsWith(files.fileName() + u".mp4"_s))
            return path;
    }
    return {};
}

QJsonObject ServeProcess::exchange(const QByteArray& verb, const QString& path, const QByteArray& body) const
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_address).resolved(QUrl(path)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer bench");
    request.setTransferTimeout(patience);
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, verb, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QByteArray answer = reply->readAll();
    if (reply->error() != QNetworkReply::NoError)
        throw Trouble(u"The simulator refused %1: %2"_s.arg(path, QString::fromUtf8(answer)));
    return QJsonDocument::fromJson(answer).object();
}

} // namespace clipkiln::bench
