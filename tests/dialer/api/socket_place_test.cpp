#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fstream>

#include "dialer/api/client.h"
#include "dialer/api/listen_socket.h"
#include "dialer/api/server.h"
#include "tests/dialer/api/temp_folder.h"

namespace bellwether::api {
namespace {

Handler echo() {
    return [](const Request& request) { return Response{200, "text/plain", request.body, {}}; };
}

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777U;
}

TEST(SocketPlace, IsForItsOwnerAloneInAFolderForItsOwnerAlone) {
    TempFolder folder;
    const auto socket = folder / "run/x.sock";
    const auto server = Server::start({.socket = socket}, echo());
    ASSERT_TRUE(server) << server.error().detail;
    EXPECT_EQ(mode_of(socket), 0600U);
    EXPECT_EQ(mode_of(socket.parent_path()), 0700U);
}

TEST(SocketPlace, RefusesASecondServiceOnALiveSocket) {
    TempFolder folder;
    const auto first = Server::start({.socket = folder / "x.sock"}, echo());
    ASSERT_TRUE(first);
    const auto second = Server::start({.socket = folder / "x.sock"}, echo());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::Conflict);
    EXPECT_TRUE(is_listening(folder / "x.sock"));
}

TEST(SocketPlace, ReplacesASocketThatNobodyListensOn) {
    TempFolder folder;
    const auto fd = listen_on(folder / "x.sock");
    ASSERT_TRUE(fd);
    ::close(*fd);  // as a killed process leaves it: the file stays
    ASSERT_TRUE(std::filesystem::exists(folder / "x.sock"));
    EXPECT_FALSE(is_listening(folder / "x.sock"));
    const auto server = Server::start({.socket = folder / "x.sock"}, echo());
    ASSERT_TRUE(server) << server.error().detail;
    EXPECT_TRUE(exchange({.socket = folder / "x.sock"}, {}));
}

TEST(SocketPlace, LeavesAFileThatIsNoSocketAlone) {
    TempFolder folder;
    std::ofstream{folder / "x.sock"} << "precious";
    const auto server = Server::start({.socket = folder / "x.sock"}, echo());
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, Errc::Conflict);
    EXPECT_TRUE(std::filesystem::exists(folder / "x.sock"));
}

TEST(SocketPlace, SaysThatAPathIsTooLong) {
    TempFolder folder;
    const auto server = Server::start({.socket = folder / std::string(120, 'x')}, echo());
    ASSERT_FALSE(server);
    EXPECT_NE(server.error().detail.find("107"), std::string::npos) << server.error().detail;
}

TEST(SocketPlace, IsGoneAfterTheServer) {
    TempFolder folder;
    { const auto server = Server::start({.socket = folder / "x.sock"}, echo()); }
    EXPECT_FALSE(std::filesystem::exists(folder / "x.sock"));
}

}  // namespace
}  // namespace bellwether::api
