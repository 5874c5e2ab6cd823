// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/http.h"

#include <QFile>
#include <QHash>
#include <QNetworkAccessManager>

namespace clipkiln {

/// What a server said about a partly downloaded clip, to be sure that a later request continues the same one.
struct KnownClip
{
    QByteArray validator; ///< a strong ETag or Last-Modified
    qint64 total = 0;     ///< bytes; 0: not known
};

/// Partly downloaded clips, by temporary file. In memory only: after a restart the overlap alone decides (see below).
using KnownClips = QHash<QString, KnownClip>;

/// The GETs behind Client::download(): redirects and starting over need more than one.
/// It continues a little before the end of the file, and only when the server sends those bytes again.
class HttpDownloadCall final : public DownloadCall
{
    Q_OBJECT

public:
    HttpDownloadCall(QNetworkAccessManager& network, KnownClips& known, const QUrl& address, bool allowLocal,
                     const QString& temporaryFile, std::chrono::milliseconds stall, QObject* parent);
    ~HttpDownloadCall() override;

    [[nodiscard]] const DownloadOutcome& result() const override { return m_outcome; }

private:
    [[nodiscard]] bool readBegin();
    void ask(const QUrl& url);
    void restartDeadline();
    void startOver();
    void readHead();
    void readWholeHead();
    void readPartHead();
    void readRangeRefusal();
    void redirect();
    void remember(qint64 total);
    void receive();
    [[nodiscard]] bool accept(QByteArray bytes);
    [[nodiscard]] bool beginsLikeMp4();
    void conclude();
    void finish(const DownloadOutcome& outcome);
    void finishWithDiskError();
    void dropReply();

    QNetworkAccessManager& m_network;
    KnownClips& m_known;
    QUrl m_address; ///< as given, before redirects
    bool m_allowLocal;
    std::chrono::milliseconds m_stall;
    QTimer m_deadline;
    http::ProgressGate m_progressGate;

    QFile m_file;
    QByteArray
        m_overlap; ///< the end of the file, which has to come again before anything new; empty: the clip comes whole
    qint64 m_size = 0;  ///< bytes of the clip on disk
    qint64 m_total = 0; ///< 0: not known
    bool m_checkedBegin = false;

    QNetworkReply* m_reply = nullptr;
    qint64 m_sinceDeadline = 0; ///< bytes that came since the deadline was set
    bool m_isEncoded = false;   ///< the server encodes the body whatever it was asked for
    bool m_headRead = false;
    int m_redirects = 0;
    bool m_finished = false;
    DownloadOutcome m_outcome;
};

} // namespace clipkiln
