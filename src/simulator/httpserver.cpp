// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpserver.h"

#include "simulator/formdata.h"

#include <httplib.h>

#include <QCoreApplication>
#include <QFile>
#include <QUrl>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

// Idle keep-alive connections hold a worker each (cpp-httplib 0.11), so there are more than clients will open.
constexpr size_t workers = 32;
constexpr time_t keepAliveSeconds = 1;
// Many, because clients would often meet connections that were closed after a few requests.
constexpr size_t requestsPerConnection = 100000;
constexpr time_t stalledPeerSeconds = 10;
constexpr size_t largestBody = size_t{256} << 20;
// cpp-httplib asks for 5: of a hundred clients that come at once some would be connected in their own eyes and never
// be heard.
constexpr int waitingConnections = 1024;

/// Without SO_REUSEPORT, which cpp-httplib sets by itself and which lets two servers share a port silently.
void setSocketOptions(socket_t socket)
{
    const int yes = 1;
#ifdef _WIN32
    setsockopt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<const char*>(&yes), sizeof yes);
#else
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
#endif
}

HttpRequest describe(const httplib::Request& request)
{
    HttpRequest result;
    result.method = QByteArray::fromStdString(request.method);
    result.path = QString::fromStdString(request.path);
    result.path.truncate(result.path.indexOf(u'?') < 0 ? result.path.size() : result.path.indexOf(u'?'));
    for (const auto& [name, value] : request.headers) {
        const QByteArray lower = QByteArray::fromStdString(name).toLower();
        // Pseudo headers that cpp-httplib adds for its handlers.
        if (lower != "remote_addr" && lower != "remote_port" && lower != "local_addr" && lower != "local_port")
            result.headers.insert(lower, QByteArray::fromStdString(value));
    }
    return result;
}

/// The host of "name:port" or of an origin.
QString hostOf(const QByteArray& authority)
{
    const QString text = QString::fromLatin1(authority);
    return QUrl(text.contains("://"_L1) ? text : u"http://"_s + text).host();
}

/// Whether a request comes through a name that only points here, or from a page of another site: a browser on this
/// machine would send both for anybody.
bool isForeign(const HttpRequest& request)
{
    const auto isOurs = [](const QByteArray& authority) {
        const QString host = hostOf(authority);
        return host == "127.0.0.1"_L1 || host == "localhost"_L1;
    };
    const auto origins = request.headers.values("origin");
    return !isOurs(request.headers.value("host")) || request.headers.value("sec-fetch-site") == "cross-site" ||
           !std::all_of(origins.begin(), origins.end(), isOurs);
}

void readBody(const httplib::Request& request, const httplib::ContentReader& read, HttpRequest& result)
{
    // Not cpp-httplib's own reading of numbers: its name changed between the versions.
    const qulonglong announced = result.headers.value("content-length").toULongLong();
    const bool isForm = request.is_multipart_form_data();
    // cpp-httplib 0.11 gives up on a form of which a header line comes in two pieces, so it is not to know of it; the
    // object behind the reference is its own local variable.
    if (isForm)
        const_cast<httplib::Request&>(request).headers.erase("Content-Type");
    result.body.reserve(static_cast<qsizetype>(std::min<qulonglong>(announced, largestBody)));
    result.complete = read([&](const char* data, size_t length) {
        result.bodySize += static_cast<qint64>(length);
        result.body.append(data, static_cast<qsizetype>(length));
        return true;
    });
    if (!isForm)
        return;
    if (const auto parts = readForm(result.headers.value("content-type"), result.body))
        result.parts = *parts;
    result.body.clear();
}

struct Slice
{
    qint64 first;
    qint64 last; ///< inclusive
};

/// The part of a file that the one range of a request names; nothing when it lies past the end.
std::optional<Slice> slice(const httplib::Range& range, qint64 size)
{
    Slice result{range.first, range.second};
    if (range.first < 0) // "bytes=-500": the last 500
        result = {std::max<qint64>(0, size - range.second), size - 1};
    if (result.last < 0 || result.last >= size)
        result.last = size - 1;
    if (result.first >= size || result.first > result.last)
        return std::nullopt;
    return result;
}

void sendFile(const HttpAnswer& answer, const httplib::Ranges& ranges, httplib::Response& response)
{
    const auto file = std::make_shared<QFile>(answer.file);
    if (!file->open(QIODevice::ReadOnly)) {
        response.status = 404;
        return;
    }
    const qint64 size = answer.fileBytes < 0 ? file->size() : std::min(answer.fileBytes, file->size());
    Slice part{0, size - 1};
    if (ranges.size() == 1) { // several ranges at once: the whole file, as the standard allows
        const auto asked = slice(ranges.front(), size);
        if (!asked) {
            response.status = 416;
            response.set_header("Content-Range", "bytes */" + std::to_string(size));
            return;
        }
        part = *asked;
        response.status = 206;
        response.set_header("Content-Range", "bytes " + std::to_string(part.first) + "-" + std::to_string(part.last) +
                                                 "/" + std::to_string(size));
    }
    response.set_header("Accept-Ranges", "bytes");
    response.set_content_provider(
        static_cast<size_t>(part.last - part.first + 1), answer.contentType.toStdString(),
        [file, part](size_t offset, size_t length, httplib::DataSink& sink) {
            file->seek(part.first + static_cast<qint64>(offset));
            const QByteArray data = file->read(std::min<qint64>(static_cast<qint64>(length), 64 * 1024));
            return !data.isEmpty() && sink.write(data.constData(), static_cast<size_t>(data.size()));
        });
}

} // namespace

class HttpServer::Impl
{
public:
    explicit Impl(Handler handler) : m_handler(std::move(handler))
    {
        m_server.new_task_queue = [] { return new httplib::ThreadPool(workers); };
        m_server.set_socket_options([this](socket_t socket) {
            setSocketOptions(socket);
            m_socket = socket;
        });
        m_server.set_tcp_nodelay(true);
        m_server.set_keep_alive_timeout(keepAliveSeconds);
        m_server.set_keep_alive_max_count(requestsPerConnection);
        m_server.set_read_timeout(stalledPeerSeconds);
        m_server.set_write_timeout(stalledPeerSeconds);
        m_server.set_payload_max_length(largestBody);
        const auto plain = [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, describe(request), response);
        };
        const auto withBody = [this](const httplib::Request& request, httplib::Response& response,
                                     const httplib::ContentReader& read) {
            HttpRequest described = describe(request);
            readBody(request, read, described);
            if (response.status != 413) // cpp-httplib has skipped a body that is too large
                answer(request, described, response);
        };
        m_server.Get(".*", plain).Options(".*", plain);
        m_server.Post(".*", withBody).Put(".*", withBody).Patch(".*", withBody).Delete(".*", withBody);
    }

    std::optional<QString> start(int port)
    {
        m_port = port;
        const bool bound = port == 0 ? (m_port = m_server.bind_to_any_port("127.0.0.1")) > 0
                                     : m_server.bind_to_port("127.0.0.1", port);
        if (!bound)
            return QCoreApplication::translate("clipkiln", "Port %1 cannot be used; another program may be "
                                                           "listening on it. Choose another port.")
                .arg(port);
        ::listen(m_socket, waitingConnections); // it listens already; this lengthens its queue
        m_thread = std::thread([this] { m_server.listen_after_bind(); });
        while (!m_server.is_running()) // stop() does nothing before
            std::this_thread::yield();
        return std::nullopt;
    }

    int port() const { return m_port; }

    void stop()
    {
        if (!m_thread.joinable())
            return;
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_stop.notify_all();
        m_server.stop();
        m_thread.join();
    }

private:
    void answer(const httplib::Request& request, const HttpRequest& described, httplib::Response& response)
    {
        if (isForeign(described)) {
            response.status = 403;
            response.set_content("The simulator serves programs of this machine only.", "text/plain");
            return;
        }
        const HttpAnswer answer = m_handler(described);
        if (answer.delay.count() > 0) {
            std::unique_lock lock(m_mutex);
            m_stop.wait_for(lock, answer.delay, [this] { return m_stopping; });
        }
        // cpp-httplib 0.11 would apply ranges itself, and wrongly past the end of the content; the object behind
        // the reference is its own local variable.
        httplib::Ranges ranges;
        ranges.swap(const_cast<httplib::Request&>(request).ranges);
        response.status = answer.status;
        for (const auto& [name, value] : answer.headers)
            response.set_header(name.toStdString(), value.toStdString());
        if (!answer.file.isEmpty())
            sendFile(answer, ranges, response);
        else if (!answer.body.isEmpty())
            response.set_content(answer.body.toStdString(), answer.contentType.toStdString());
    }

    Handler m_handler;
    httplib::Server m_server;
    std::thread m_thread;
    socket_t m_socket = INVALID_SOCKET; ///< of the listener
    int m_port = 0;
    std::mutex m_mutex;
    std::condition_variable m_stop;
    bool m_stopping = false;
};

HttpServer::HttpServer(Handler handler) : m_impl(std::make_unique<Impl>(std::move(handler))) {}

HttpServer::~HttpServer()
{
    stop();
}

std::optional<QString> HttpServer::start(int port)
{
    return m_impl->start(port);
}

int HttpServer::port() const
{
    return m_impl->port();
}

void HttpServer::stop()
{
    m_impl->stop();
}

} // namespace clipkiln::simulator
