#include "dialer/api/server.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <condition_variable>
#include <cstring>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "dialer/api/client.h"
#include "tests/dialer/api/temp_folder.h"

namespace bellwether::api {
namespace {

using namespace std::chrono_literals;

/// Bytes straight into the socket, and whatever comes back until the peer closes: a client without
/// manners.
class RawPeer {
public:
    explicit RawPeer(const std::filesystem::path& socket) : fd_{::socket(AF_UNIX, SOCK_STREAM, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, socket.c_str(), sizeof(address.sun_path) - 1);
        EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    }
    ~RawPeer() { ::close(fd_); }
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    void send(const std::string& bytes) const {
        ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    [[nodiscard]] std::string read_to_end(std::chrono::milliseconds limit = 5s) const {
        std::string all;
        char piece[4096];
        pollfd ready{fd_, POLLIN, 0};
        while (::poll(&ready, 1, static_cast<int>(limit.count())) > 0) {
            const ssize_t count = ::recv(fd_, piece, sizeof(piece), 0);
            if (count <= 0) return all;
            all.append(piece, static_cast<std::size_t>(count));
        }
        ADD_FAILURE() << "the server did not close the connection";
        return all;
    }

private:
    int fd_;
};

class ServerTest : public ::testing::Test {
protected:
    void start(Handler handler, ServerOptions options = {}) {
        options.socket = socket_;
        auto server = Server::start(std::move(options), std::move(handler));
        ASSERT_TRUE(server) << server.error().detail;
        server_ = *std::move(server);
    }

    TempFolder folder_;
    std::filesystem::path socket_ = folder_ / "s";
    std::unique_ptr<Server> server_;
};

Response describe(const Request& request) {
    return {
        200,
        "text/plain",
        request.method + " " + request.target + " " + request.body + " " + request.idempotency_key,
        {}};
}

TEST_F(ServerTest, HandsEveryPartOfARequestToTheHandler) {
    start(describe);
    const auto response =
        exchange({.socket = socket_}, {"POST", "/api/v1/x?y=1", "{\"a\":1}", "key-1"});
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->content_type, "text/plain");
    EXPECT_EQ(response->body, "POST /api/v1/x?y=1 {\"a\":1} key-1");
}

TEST_F(ServerTest, StreamsAnAnswerPieceByPiece) {
    start([](const Request&) {
        Response response{200, "text/csv", "head\n", {}};
        response.more = [n = 0](std::string& piece) mutable {
            if (n == 1000) return false;
            piece = std::string(1000, static_cast<char>('a' + n % 26)) + "\n";
            ++n;
            return true;
        };
        return response;
    });
    std::string whole;
    std::size_t pieces = 0;
    const auto response = exchange({.socket = socket_}, {}, [&](const std::string& piece) {
        whole += piece;
        ++pieces;
    });
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(whole.size(), 5U + 1000U * 1001U);
    EXPECT_EQ(whole.substr(0, 6), "head\na");
    EXPECT_GT(pieces, 1U);
    EXPECT_TRUE(response->body.empty());
}

TEST_F(ServerTest, SurvivesAPeerThatLeavesInTheMiddleOfAnAnswer) {
    start([](const Request& request) {
        if (request.target == "/small") return describe(request);
        Response response{200, "text/csv", "", {}};
        response.more = [](std::string& piece) {
            piece = std::string(100'000, 'x');
            return true;
        };
        return response;
    });
    {
        RawPeer peer{socket_};
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    EXPECT_TRUE(exchange({.socket = socket_}, {"GET", "/small", "", ""}));
}

TEST_F(ServerTest, AnswersSeveralRequestsOnOneConnection) {
    start(describe);
    RawPeer peer{socket_};
    peer.send(
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: "
        "close\r\n\r\n");
    const std::string answers = peer.read_to_end();
    EXPECT_NE(answers.find("GET /1"), std::string::npos) << answers;
    EXPECT_NE(answers.find("GET /2"), std::string::npos) << answers;
}

TEST_F(ServerTest, RefusesWhatIsNotHttp) {
    start(describe);
    for (const char* nonsense : {"hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02",
                                 "GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"}) {
        RawPeer peer{socket_};
        peer.send(std::string{nonsense} + "\r\n\r\n");
        EXPECT_NE(peer.read_to_end().find("400 Bad Request"), std::string::npos) << nonsense;
    }
    EXPECT_EQ(server_->counters().malformed, 4U);
    EXPECT_EQ(server_->counters().requests, 0U);
}

TEST_F(ServerTest, RefusesABodyOverTheLimit) {
    start(describe, {.body_bytes_max = 1000});
    EXPECT_EQ(exchange({.socket = socket_}, {"POST", "/", std::string(1000, 'x'), ""})->status,
              200);
    const auto over = exchange({.socket = socket_}, {"POST", "/", std::string(5'000'000, 'x'), ""});
    ASSERT_TRUE(over) << over.error().detail;
    EXPECT_EQ(over->status, 413);
}

TEST_F(ServerTest, RefusesAHeadOverTheLimit) {
    start(describe, {.header_bytes_max = 1000});
    RawPeer peer{socket_};
    peer.send("GET / HTTP/1.1\r\nX: " + std::string(5000, 'x') + "\r\n\r\n");
    EXPECT_NE(peer.read_to_end().find("431"), std::string::npos);
}

TEST_F(ServerTest, ClosesAPeerThatNeverFinishesItsRequest) {
    start(describe, {.read_timeout = 1s});
    RawPeer peer{socket_};
    peer.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(peer.read_to_end(), "");
    server_->stop();  // the connection is closed before it is counted
    EXPECT_EQ(server_->counters().malformed, 1U);
}

TEST_F(ServerTest, RefusesConnectionsOverTheLimit) {
    start(describe, {.connections_max = 1});
    RawPeer first{socket_};
    first.send("GET / HTTP/1.1\r\nHost: x\r\n");
    RawPeer second{socket_};
    EXPECT_NE(second.read_to_end().find("503"), std::string::npos);
    EXPECT_EQ(server_->counters().refused_connections, 1U);
}

/// Lets handlers wait until the test opens it.
class Gate {
public:
    void pass() {
        std::unique_lock lock{mutex_};
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    bool wait_for(int count) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, 5s, [&] { return waiting_ >= count; });
    }
    void open() {
        const std::scoped_lock lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

TEST_F(ServerTest, LongRequestsDoNotKeepOthersWaiting) {
    Gate gate;
    ServerOptions options{.handlers_max = 1, .long_handlers_max = 1};
    options.is_long = [](const Request& request) { return request.target == "/import"; };
    start(
        [&](const Request& request) {
            if (request.target == "/import") gate.pass();
            return describe(request);
        },
        options);
    auto import = std::async(std::launch::async, [&] {
        return exchange({.socket = socket_}, {"POST", "/import", "", ""});
    });
    ASSERT_TRUE(gate.wait_for(1));
    EXPECT_TRUE(exchange({.socket = socket_}, {"GET", "/status", "", ""}));
    gate.open();
    EXPECT_TRUE(import.get());
}

TEST_F(ServerTest, StopsOnlyAfterTheHandlersAtWork) {
    Gate gate;
    start([&](const Request& request) {
        gate.pass();
        return describe(request);
    });
    auto request =
        std::async(std::launch::async, [&] { return exchange({.socket = socket_}, {}); });
    ASSERT_TRUE(gate.wait_for(1));
    auto stopped = std::async(std::launch::async, [&] { server_->stop(); });
    gate.open();
    stopped.get();
    const auto response = request.get();
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 200);
    server_->stop();
}

TEST_F(ServerTest, ClientSaysThatNobodyListens) {
    const auto response = exchange({.socket = socket_}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::Unavailable);
    EXPECT_NE(response.error().detail.find("no service is running"), std::string::npos);
}

TEST_F(ServerTest, ClientGivesUpOnASilentService) {
    Gate gate;
    start([&](const Request& request) {
        gate.pass();
        return describe(request);
    });
    const auto response = exchange({.socket = socket_, .answer_timeout = 1s}, {});
    gate.open();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::Unavailable);
}

TEST_F(ServerTest, ClientTellsHowLongItWaits) {
    Gate gate;
    start([&](const Request& request) {
        gate.pass();
        return describe(request);
    });
    std::vector<int> told;
    ClientOptions options{.socket = socket_, .answer_timeout = std::nullopt};
    options.tell_every = 1s;
    options.still_waiting = [&](std::chrono::seconds waited) {
        told.push_back(static_cast<int>(waited.count()));
        if (told.size() == 2) gate.open();
    };
    const auto response = exchange(options, {"GET", "/x", "", ""});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(told, (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace bellwether::api
