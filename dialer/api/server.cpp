#include "dialer/api/server.h"

#include <utility>
// <utility> before Boost 1.74: its awaitable.hpp does not compile alone with g++ 12.
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "dialer/api/listen_socket.h"
#include "dialer/api/problem_json.h"

namespace bellwether::api {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::local::stream_protocol;
using boost::system::error_code;
using Stream = beast::basic_stream<stream_protocol>;

/// What every session needs; lives as long as the server.
struct House {
    ServerOptions options;
    Handler handler;
    asio::io_context io{1};
    /// While a handler works on the last request there may be nothing else for `io` to do: it must
    /// stay for the answer.
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    asio::thread_pool handlers;
    asio::thread_pool long_handlers;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> malformed{0};

    House(ServerOptions the_options, Handler the_handler)
        : options{std::move(the_options)},
          handler{std::move(the_handler)},
          handlers{options.handlers_max},
          long_handlers{options.long_handlers_max} {}

    asio::thread_pool& pool_for(const Request& request) {
        return options.is_long && options.is_long(request) ? long_handlers : handlers;
    }
};

/// One connection. Everything but the handler and `more` runs on the socket thread; at any moment
/// one operation is under way, and it keeps the session alive.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(House& house, stream_protocol::socket socket)
        : house_{house}, stream_{std::move(socket)} {
        ++house_.connections;
    }
    ~Session() { --house_.connections; }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void read() {
        parser_.emplace();
        parser_->body_limit(house_.options.body_bytes_max);
        parser_->header_limit(static_cast<std::uint32_t>(house_.options.header_bytes_max));
        stream_.expires_after(house_.options.read_timeout);
        http::async_read(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
    }

    void refuse_busy() {
        ++house_.refused;
        keep_alive_ = false;
        answer(http_problem(503, "UNAVAILABLE", "too many connections: try again in a moment"));
    }

private:
    void on_read(error_code error) {
        if (error) return on_bad_request(error);
        ++house_.requests;
        auto& message = parser_->get();
        keep_alive_ = message.keep_alive();
        auto request = std::make_shared<Request>();
        request->method = std::string{message.method_string()};
        request->target = std::string{message.target()};
        request->idempotency_key = std::string{message["Idempotency-Key"]};
        request->body = std::move(message.body());
        pool_ = &house_.pool_for(*request);
        asio::post(*pool_, [self = shared_from_this(), request] {
            auto response = std::make_shared<Response>(self->house_.handler(*request));
            asio::post(self->house_.io, [self, response] { self->answer(std::move(*response)); });
        });
    }

    void on_bad_request(error_code error) {
        const bool gone = error == http::error::end_of_stream ||
                          error == asio::error::connection_reset ||
                          error == asio::error::operation_aborted;
        const bool idle = error == beast::error::timeout && buffer_.size() == 0;
        if (gone || idle) return;
        ++house_.malformed;
        keep_alive_ = false;
        // After a timeout the stream is closed: there is nobody to tell.
        if (error == beast::error::timeout) return;
        if (error == http::error::body_limit) {
            return answer(http_problem(413, "INVALID_INPUT",
                                       "the request's body is too large: hand files over by path"));
        }
        if (error == http::error::header_limit) {
            return answer(http_problem(431, "INVALID_INPUT", "the request's head is too large"));
        }
        answer(http_problem(400, "INVALID_INPUT",
                            "this is not an HTTP/1.1 request: " + error.message()));
    }

    void answer(Response response) {
        response_ = std::move(response);
        if (response_.more) return answer_in_chunks();
        message_.emplace(static_cast<http::status>(response_.status), 11);
        message_->set(http::field::content_type, response_.content_type);
        message_->set(http::field::cache_control, "no-store");
        message_->body() = std::move(response_.body);
        message_->keep_alive(keep_alive_);
        message_->prepare_payload();
        stream_.expires_after(house_.options.write_timeout);
        http::async_write(stream_, *message_,
                          [self = shared_from_this()](error_code error, std::size_t) {
                              self->on_written(error);
                          });
    }

    void answer_in_chunks() {
        head_.emplace(static_cast<http::status>(response_.status), 11);
        head_->set(http::field::content_type, response_.content_type);
        head_->keep_alive(keep_alive_);
        head_->chunked(true);
        serializer_.emplace(*head_);
        piece_ = std::move(response_.body);
        stream_.expires_after(house_.options.write_timeout);
        http::async_write_header(stream_, *serializer_,
                                 [self = shared_from_this()](error_code error, std::size_t) {
                                     if (!error) self->write_piece(true);
                                 });
    }

    void write_piece(bool more_to_come) {
        const auto next = [self = shared_from_this(), more_to_come](error_code error, std::size_t) {
            if (error) return self->drop_more();
            if (more_to_come) return self->fetch_piece();
            self->on_written(error);
        };
        stream_.expires_after(house_.options.write_timeout);
        if (!more_to_come) return asio::async_write(stream_, http::make_chunk_last(), next);
        if (piece_.empty()) return fetch_piece();  // an empty chunk would end the answer
        asio::async_write(stream_, http::make_chunk(asio::buffer(piece_)), next);
    }

    void fetch_piece() {
        asio::post(*pool_, [self = shared_from_this()] {
            self->piece_.clear();
            const bool more = self->response_.more(self->piece_);
            asio::post(self->house_.io, [self, more] { self->write_piece(more); });
        });
    }

    /// What `more` holds is released where it was made.
    void drop_more() {
        asio::post(*pool_, [more = std::move(response_.more)] {});
        response_.more = nullptr;
    }

    void on_written(error_code error) {
        if (response_.more) drop_more();
        if (error || !keep_alive_) {
            error_code ignored;
            stream_.socket().shutdown(stream_protocol::socket::shutdown_send, ignored);
            return;
        }
        read();
    }

    House& house_;
    Stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    bool keep_alive_ = false;
    asio::thread_pool* pool_ = nullptr;
    Response response_;
    std::optional<http::response<http::string_body>> message_;
    std::optional<http::response<http::empty_body>> head_;
    std::optional<http::response_serializer<http::empty_body>> serializer_;
    std::string piece_;
};

}  // namespace

class Server::Impl {
public:
    Impl(ServerOptions options, Handler handler, int fd)
        : house_{std::move(options), std::move(handler)},
          acceptor_{house_.io, stream_protocol{}, fd},
          pause_{house_.io},
          thread_{[this] { run(); }} {}

    void stop() {
        const std::scoped_lock lock{stop_mutex_};
        if (!thread_.joinable()) return;
        // Removed while it still listens: nobody else can have taken its place.
        std::error_code not_there;
        std::filesystem::remove(house_.options.socket, not_there);
        asio::post(house_.io, [this] {
            error_code ignored;
            acceptor_.close(ignored);
            pause_.cancel(ignored);
        });
        house_.handlers.join();
        house_.long_handlers.join();
        // The last answers are on their way: what the sockets take at once is written before the
        // end.
        asio::post(house_.io, [this] { asio::post(house_.io, [this] { house_.io.stop(); }); });
        thread_.join();
    }

    [[nodiscard]] Counters counters() const {
        return {house_.requests, house_.refused, house_.malformed};
    }

private:
    void run() {
        accept();
        house_.io.run();
    }

    void accept() {
        acceptor_.async_accept([this](error_code error, stream_protocol::socket socket) {
            if (!acceptor_.is_open()) return;
            if (error) return accept_later();
            auto session = std::make_shared<Session>(house_, std::move(socket));
            if (house_.connections > house_.options.connections_max) {
                session->refuse_busy();
            } else {
                session->read();
            }
            accept();
        });
    }

    /// No descriptor or memory left: trying again at once would only burn the processor.
    void accept_later() {
        pause_.expires_after(std::chrono::milliseconds{100});
        pause_.async_wait([this](error_code) {
            if (acceptor_.is_open()) accept();
        });
    }

    House house_;
    stream_protocol::acceptor acceptor_;
    asio::steady_timer pause_;
    std::mutex stop_mutex_;
    std::thread thread_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler handler) {
    auto fd = listen_on(options.socket);
    if (!fd) return tl::unexpected(fd.error());
    return std::unique_ptr<Server>{
        new Server(std::make_unique<Impl>(std::move(options), std::move(handler), *fd))};
}

Server::Counters Server::counters() const { return impl_->counters(); }
void Server::stop() { impl_->stop(); }

}  // namespace bellwether::api
