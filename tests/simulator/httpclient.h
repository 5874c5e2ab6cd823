// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <httplib.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>
#include <QUrl>

/// A plain HTTP client for the simulator's tests.
class HttpClient
{
public:
    struct Answer
    {
        int status = 0;
        QByteArray body;
        httplib::Headers headers;
        QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
        QByteArray header(const char* name) const
        {
            const auto found = headers.find(name);
            return found == headers.end() ? QByteArray() : QByteArray::fromStdString(found->second);
        }
    };

    /// address: with or without a path; only its origin counts.
    explicit HttpClient(const QString& address, const std::string& key = "test-key")
        : m_client(QUrl(address).adjusted(QUrl::RemovePath).toString().toStdString())
    {
        m_client.set_read_timeout(30);
        if (!key.empty())
            m_client.set_bearer_token_auth(key);
    }

    Answer get(const QString& path, const httplib::Headers& headers = {})
    {
        return read(m_client.Get(path.toStdString(), headers));
    }
    Answer post(const QString& path, const QByteArray& body, const std::string& type = "application/json")
    {
        return read(m_client.Post(path.toStdString(), body.toStdString(), type));
    }
    Answer post(const QString& path, const QJsonObject& body)
    {
        return post(path, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    Answer put(const QString& path, const QByteArray& body)
    {
        return read(m_client.Put(path.toStdString(), body.toStdString(), "application/json"));
    }
    Answer remove(const QString& path) { return read(m_client.Delete(path.toStdString())); }
    Answer upload(const QString& path, const httplib::MultipartFormDataItems& parts)
    {
        return read(m_client.Post(path.toStdString(), parts));
    }

private:
    static Answer read(const httplib::Result& result)
    {
        if (!result)
            return {};
        return {result->status, QByteArray::fromStdString(result->body), result->headers};
    }

    httplib::Client m_client;
};
