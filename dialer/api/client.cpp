#include "dialer/api/client.h"

#include <utility>
// <utility> before Boost 1.74: its awaitable.hpp does not compile alone with g++ 12.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <limits>
#include <string>

#include "dialer/api/listen_socket.h"

namespace bellwether::api {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Stream = beast::basic_stream<asio::local::stream_protocol>;
using boost::system::error_code;

constexpr std::size_t kPieceBytes = 64 * 1024;

/// One connection, driven step by step: each step starts an operation and runs until it has ended,
/// so that the stream's own timeouts apply.
class Exchange {
public:
    explicit Exchange(const ClientOptions& options) : options_{options}, stream_{io_} {}

    Result<Response> run(const Request& request, const BodySink& sink) {
        if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
        const auto sent = send(request);
        auto response = receive(sink);
        // A request that was not taken whole may have been answered all the same: too large, too
        // many.
        if (!sent && !response) return tl::unexpected(sent.error());
        return response;
    }

private:
    Result<void> connect() {
        stream_.expires_after(options_.connect_timeout);
        stream_.async_connect(asio::local::stream_protocol::endpoint{options_.socket.string()},
                              [this](error_code error) { error_ = error; });
        return finish("no service is running");
    }

    Result<void> send(const Request& request) {
        http::request<http::string_body> message{http::string_to_verb(request.method),
                                                 request.target, 11};
        message.set(http::field::host, "localhost");
        if (!request.idempotency_key.empty())
            message.set("Idempotency-Key", request.idempotency_key);
        if (!request.body.empty()) message.set(http::field::content_type, "application/json");
        message.body() = request.body;
        message.keep_alive(false);
        message.prepare_payload();
        http::async_write(stream_, message,
                          [this](error_code error, std::size_t) { error_ = error; });
        return finish("the service does not take the request");
    }

    Result<Response> receive(const BodySink& sink) {
        parser_.body_limit(
            std::numeric_limits<std::uint64_t>::max());  // none is misread by Boost 1.74
        if (options_.answer_timeout) {
            stream_.expires_after(*options_.answer_timeout);
        } else {
            stream_.expires_never();
        }
        http::async_read_header(stream_, buffer_, parser_,
                                [this](error_code error, std::size_t) { error_ = error; });
        if (options_.still_waiting) tell_while_waiting();
        if (auto done = finish("the service does not answer"); !done)
            return tl::unexpected(done.error());

        const auto& head = parser_.get();
        Response response;
        response.status = static_cast<int>(head.result_int());
        response.content_type = std::string{head[http::field::content_type]};
        const bool stream_body = sink && response.status < 300;
        while (!parser_.is_done()) {
            auto piece = read_piece();
            if (!piece) return tl::unexpected(piece.error());
            if (stream_body) {
                sink(*piece);
            } else {
                response.body += *piece;
            }
        }
        return response;
    }

    Result<std::string> read_piece() {
        std::string piece(kPieceBytes, '\0');
        parser_.get().body().data = piece.data();
        parser_.get().body().size = piece.size();
        stream_.expires_after(options_.stall_timeout);
        http::async_read_some(stream_, buffer_, parser_, [this](error_code error, std::size_t) {
            // The piece is full: not an error, the rest comes with the next.
            error_ = error == http::error::need_buffer ? error_code{} : error;
        });
        if (auto done = finish("the service broke off its answer"); !done)
            return tl::unexpected(done.error());
        piece.resize(piece.size() - parser_.get().body().size);
        return piece;
    }

    /// Runs the operation that was started, and says each time how long it has been.
    void tell_while_waiting() {
        std::chrono::seconds waited{0};
        io_.restart();
        while (true) {
            io_.run_for(options_.tell_every);
            if (io_.stopped()) return;
            waited += options_.tell_every;
            options_.still_waiting(waited);
        }
    }

    Result<void> finish(const char* failure) {
        io_.restart();
        io_.run();
        if (!error_) return {};
        return fail(Errc::Unavailable, std::string{failure} + " at " + options_.socket.string() +
                                           ": " + error_.message());
    }

    const ClientOptions& options_;
    asio::io_context io_{1};
    Stream stream_;
    beast::flat_buffer buffer_;
    http::response_parser<http::buffer_body> parser_;
    error_code error_;
};

}  // namespace

bool is_listening(const std::filesystem::path& socket) { return answers(socket); }

Result<Response> exchange(const ClientOptions& options, const Request& request,
                          const BodySink& sink) {
    try {
        return Exchange{options}.run(request, sink);
    } catch (const std::exception& error) {  // a path too long for a socket, no memory
        return fail(Errc::Unavailable, options.socket.string() + ": " + error.what());
    }
}

}  // namespace bellwether::api
