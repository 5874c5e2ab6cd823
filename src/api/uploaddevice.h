// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bodyreader.h"

#include <QIODevice>

namespace clipkiln {

/// Hands a request's body to QNetworkAccessManager, all but its last byte; that one only after commit().
/// It is sequential on purpose: Qt sends a POST again by itself when the server closes on it, up to three times, unless
/// the body cannot be rewound (src/README.md, Qt fact 1).
class UploadDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit UploadDevice(BodyReader body, QObject* parent = nullptr);

    void commit();

    [[nodiscard]] qint64 sent() const { return m_sent; }
    [[nodiscard]] qint64 total() const { return m_body.size(); }
    [[nodiscard]] const std::optional<Error>& error() const { return m_body.error(); }
    [[nodiscard]] bool isCommitted() const { return m_committed; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_sent == total(); }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool reset() override { return false; }

Q_SIGNALS:
    void advanced();
    /// The network has all but the last byte and asks for more. Once.
    void waitsForCommit();
    /// A file cannot be read or has changed; the body ends here.
    void failed(const clipkiln::Error& error);

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char* data, qint64 most) override;

private:
    /// The number of bytes that the network may have by now.
    [[nodiscard]] qint64 limit() const { return m_committed ? total() : total() - 1; }

    BodyReader m_body;
    qint64 m_sent = 0;
    bool m_committed = false;
    bool m_announced = false;
};

} // namespace clipkiln
