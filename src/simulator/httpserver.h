// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/http.h"

#include <functional>
#include <memory>
#include <optional>

namespace clipkiln::simulator {

/// An HTTP/1.1 server on a loopback port that hands every request, of whatever method and path, to one handler.
class HttpServer
{
public:
    /// Called on worker threads, several at a time.
    using Handler = std::function<HttpAnswer(const HttpRequest& request)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Binds 127.0.0.1 (port 0: a free one) and serves from now on; an error is a sentence.
    std::optional<QString> start(int port);
    int port() const;
    /// Returns when the last connection is closed: at most a second after the requests under way are answered.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace clipkiln::simulator
