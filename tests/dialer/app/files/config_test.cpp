#include "dialer/app/files/config.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

struct Case {
    const char* name;
    const char* text;
    int line;
    const char* says;  ///< part of the problem's text
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class ConfigProblem : public ::testing::TestWithParam<Case> {};

TEST_P(ConfigProblem, NamesItsLineAndTheMend) {
    const auto config = parse_config(GetParam().text, "/etc/b.toml");
    ASSERT_FALSE(config) << "nothing was wrong";
    ASSERT_EQ(config.error().size(), 1U) << to_text(config.error());
    const Problem& problem = config.error()[0];
    EXPECT_EQ(problem.file, "/etc/b.toml");
    EXPECT_EQ(problem.line, GetParam().line) << problem.text;
    EXPECT_NE(problem.text.find(GetParam().says), std::string::npos) << problem.text;
}

INSTANTIATE_TEST_SUITE_P(
    Config, ConfigProblem,
    ::testing::Values(
        Case{"Syntax", "node = \"a\"\nport = \n", 2, "is not TOML"},
        Case{"UnknownKey", "node = \"a\"\n\n[sip]\nprot = 5060\n", 4, "did you mean port?"},
        Case{"UnknownTable", "[trunc]\nhost = \"a\"\n", 1, "did you mean trunk?"},
        Case{"TrunksAsOneTable", "[trunks]\nhost = \"a\"\n", 1, "trunks must be"},
        Case{"TrunkInBothForms", "[trunk]\nhost = \"a\"\n[[trunks]]\nname = \"b\"\nhost = \"b\"\n",
             1, "stands beside [[trunks]]"},
        Case{"TrunksOfOneName",
             "[[trunks]]\nname = \"b\"\nhost = \"b\"\n[[trunks]]\nname = \"b\"\nhost = \"c\"\n", 1,
             "\"b\" twice"},
        Case{"TrunkWithoutName", "[[trunks]]\nhost = \"b\"\n", 1, "name is missing"},
        Case{"Transport", "[trunk]\nhost = \"a\"\ntransport = \"tpc\"\n", 3, "did you mean TCP?"},
        Case{"TlsKeyOnUdp", "[trunk]\nhost = \"a\"\ntls_name = \"a\"\n", 3,
             "transport = \"tls\" only"},
        Case{"SrvWithPort", "[trunk]\nhost = \"a.example\"\nsrv = true\nport = 5060\n", 4,
             "found by SRV"},
        Case{"SessionTooShort", "[trunk]\nhost = \"a\"\nsession_expires = \"60s\"\n", 3,
             "at least 90s"},
        Case{"PhoneHost", "[sip]\nphone_hosts = [\"10.0.0.0/40\"]\n", 2, "is no host"},
        Case{"IncomingFrom", "[trunk]\nhost = \"a\"\nincoming_from = [\"x y\"]\n", 3, "is no host"},
        Case{"Transfers", "[sip]\ntransfers = \"follow\"\n", 2, "REFUSE, BRIDGE"},
        Case{"OwnHeader", "[trunk]\nhost = \"a\"\n[trunk.headers]\nVia = \"x\"\n", 4,
             "cannot be set"},
        Case{"FarFromEveryKey", "[log]\nzzzzzzzz = 1\n", 2, "known here: level, file"},
        Case{"WrongType", "[sip]\nport = \"5060\"\n", 2, "sip.port must be a whole number"},
        Case{"DateForText", "node = 2026-01-01\n", 1, "text in quotes"},
        Case{"OutOfRange", "[sip]\nport = 70000\n", 2, "0 to 65535"},
        Case{"Address", "[sip]\nbind = \"localhost\"\n", 2, "not an IPv4 address"},
        Case{"DurationWithoutUnit", "[media]\nsilence_timeout = \"20\"\n", 2, "write \"20s\""},
        Case{"DurationTooShort", "[media]\nsilence_timeout = \"10ms\"\n", 2, "1s to 10m"},
        Case{"DurationAsNumber", "[media]\nsilence_timeout = 20\n", 2, "text in quotes"},
        Case{"PortsCrossed", "[media]\nport_min = 2000\nport_max = 1999\n", 3, "leaves no ports"},
        Case{"TrunkWithoutHost", "node = \"a\"\n[trunk]\nport = 5060\n", 2,
             "trunk.host is missing"},
        Case{"PrefixWithoutPlus", "[trunk]\nhost = \"a\"\nallowed_prefixes = [\"1202\"]\n", 3,
             "\"1202\""},
        Case{"PrefixesAsText", "[trunk]\nhost = \"a\"\nallowed_prefixes = \"+1\"\n", 3,
             "list of texts"},
        Case{"UserWithoutPassword", "[trunk]\nhost = \"a\"\nusername = \"u\"\n", 3, "no password"},
        Case{"PasswordWithoutUser", "[trunk]\nhost = \"a\"\npassword = \"p\"\n", 1,
             "username is missing"},
        Case{"PasswordFileGone",
             "[trunk]\nhost = \"a\"\nusername = \"u\"\npassword_file = \"/no/such\"\n", 4,
             "is not there"},
        Case{"LogLevel", "[log]\nlevel = \"infi\"\n", 2, "did you mean INFO?"},
        Case{"NodeWithSpace", "node = \"my node\"\n", 1, "one word"},
        Case{"SocketTooLong",
             "[api]\nsocket = "
             "\"/a/"
             "23456789012345678901234567890123456789012345678901234567890123456789012345678901234"
             "567890123456789012345678901234567890\"\n",
             1, "107 bytes"}),
    [](const auto& row) { return row.param.name; });

TEST(Config, ReportsEveryProblemAtOnce) {
    const auto config = parse_config("nod = 1\n[sip]\nport = -1\n[media]\nthreads = 0\n", "b.toml");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().size(), 3U) << to_text(config.error());
}

TEST(Config, HasDefaultsThatNeedNoFile) {
    const auto config = load_config("");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->socket, "bellwether-data/run/bellwether.sock");
    EXPECT_EQ(config->store, "bellwether-data/bellwether.db");
    EXPECT_TRUE(config->trunks.empty());
}

TEST(Config, CountsRelativePathsFromItsOwnFolder) {
    const auto config =
        parse_config("data_dir = \"data\"\nstore = \"../b.db\"\n", "/srv/bw/b.toml");
    ASSERT_TRUE(config) << to_text(config.error());
    EXPECT_EQ(config->data_dir, "/srv/bw/data");
    EXPECT_EQ(config->recordings_keep.count(), 0) << "for ever";
    EXPECT_EQ(config->store, "/srv/b.db");
    EXPECT_EQ(config->socket, "/srv/bw/data/run/bellwether.sock");
}

TEST(Config, KeepsItsDataBesideItselfUnlessToldOtherwise) {
    const auto config = parse_config("", "/srv/bw/b.toml");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->store, "/srv/bw/bellwether-data/bellwether.db");
}

TEST(Config, LoadsTheGuidesSampleWhichStatesTheDefaults) {
    const std::filesystem::path sample =
        std::string{BELLWETHER_SOURCE_DIR} + "/docs/guide/bellwether.toml";
    const auto config = load_config(sample);
    ASSERT_TRUE(config) << to_text(config.error());
    const Config defaults;
    EXPECT_EQ(config->node, defaults.node);
    EXPECT_EQ(config->sip.bind, defaults.sip.bind);
    EXPECT_EQ(config->sip.port, defaults.sip.port);
    EXPECT_EQ(config->sip.realm, defaults.sip.realm);
    EXPECT_EQ(config->media.port_min, defaults.media.port_min);
    EXPECT_EQ(config->media.port_max, defaults.media.port_max);
    EXPECT_EQ(config->media.silence_timeout, defaults.media.silence_timeout);
    EXPECT_EQ(config->media.threads, defaults.media.threads);
    EXPECT_EQ(config->log.level, defaults.log.level);
    ASSERT_EQ(config->trunks.size(), 1U);
    const sip::TrunkConfig given = config->trunks.front();
    const sip::TrunkConfig trunk;
    EXPECT_EQ(given.port, trunk.port);
    EXPECT_EQ(given.transport, trunk.transport);
    EXPECT_EQ(given.priority, trunk.priority);
    EXPECT_EQ(given.weight, trunk.weight);
    EXPECT_EQ(given.lines, trunk.lines);
    EXPECT_EQ(given.calls_per_second, trunk.calls_per_second);
    EXPECT_EQ(given.options_every, trunk.options_every);
    EXPECT_EQ(given.session_expires, trunk.session_expires);
    EXPECT_EQ(given.no_answer_failover, trunk.no_answer_failover);
    EXPECT_EQ(given.asserted_identity, trunk.asserted_identity);
}

class PasswordFile : public ::testing::Test {
protected:
    Checked<Config> load() {
        write_file(folder_ / "b.toml",
                   "[trunk]\nhost = \"c\"\nusername = \"u\"\npassword_file = \"secret\"\n");
        return load_config(folder_ / "b.toml");
    }
    TempFolder folder_;
};

TEST_F(PasswordFile, GivesItsFirstLine) {
    write_file(folder_ / "secret", "s3cr et:x\nnot this\n");
    ::chmod((folder_ / "secret").c_str(), 0600);
    const auto config = load();
    ASSERT_TRUE(config) << to_text(config.error());
    EXPECT_EQ(config->trunks.front().password, "s3cr et:x");
}

TEST_F(PasswordFile, IsRefusedWhenEverybodyMayReadIt) {
    write_file(folder_ / "secret", "x\n");
    ::chmod((folder_ / "secret").c_str(), 0644);
    const auto config = load();
    ASSERT_FALSE(config);
    EXPECT_NE(config.error()[0].text.find("chmod 600"), std::string::npos);
}

TEST(Config, PrintsItselfReadablyAndWithoutSecrets) {
    const auto config = parse_config(
        "node = \"n\"\n[trunk]\nhost = \"c\"\nusername = \"u\"\npassword = \"hush\"\n"
        "allowed_prefixes = [\"+1202\", \"+44\"]\ncalls_per_second = 2.5\n[media]\nsilence_timeout "
        "= \"90s\"\n",
        "/etc/b.toml");
    ASSERT_TRUE(config) << to_text(config.error());
    const std::string text = print_config(*config);
    EXPECT_EQ(text.find("hush"), std::string::npos);
    EXPECT_NE(text.find("password = \"***\""), std::string::npos);
    EXPECT_NE(text.find("silence_timeout = \"90s\""), std::string::npos) << text;
    const auto again = parse_config(text, "/etc/b.toml");
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(print_config(*again), text);
}

constexpr const char* kSeveralTrunks = R"(
[[trunks]]
name = "near"
host = "192.0.2.10"
transport = "tls"
tls_name = "near.example"
tls_ca_file = "ca.pem"
username = "u"
password = "hush"
realms = ["near.example"]
weight = 3
lines = 100
calls_per_second = 25
allowed_prefixes = ["+1202"]
options_every = "30s"
session_expires = "0s"
no_answer_failover = "2s"
asserted_identity = true
incoming_from = ["192.0.2.0/24"]
[trunks.headers]
X-Account = "77 \"a\""

[[trunks]]
name = "far"
host = "far.example"
srv = true
priority = 2
lines = 20
allowed_prefixes = ["+1", "+44"]
)";

TEST(Config, ReadsSeveralTrunksAndPrintsThemAgain) {
    const auto config = parse_config(kSeveralTrunks, "/etc/b.toml");
    ASSERT_TRUE(config) << to_text(config.error());
    ASSERT_EQ(config->trunks.size(), 2U);
    const sip::TrunkConfig& near = config->trunks[0];
    EXPECT_EQ(near.transport, sip::Transport::Tls);
    EXPECT_EQ(near.port, 5061);
    EXPECT_EQ(near.tls.name, "near.example");
    EXPECT_EQ(near.tls.ca_file, "/etc/ca.pem");
    EXPECT_EQ(near.options_every, 30s);
    EXPECT_EQ(near.session_expires, 0s);
    EXPECT_EQ(near.no_answer_failover, 2s);
    EXPECT_TRUE(near.asserted_identity);
    ASSERT_EQ(near.headers.size(), 1U);
    EXPECT_EQ(near.headers[0].second, "77 \"a\"");
    EXPECT_TRUE(config->trunks[1].srv);
    EXPECT_EQ(config->trunks[1].priority, 2);
    EXPECT_EQ(config->lines(), 120);
    EXPECT_EQ(config->calls_per_second(), 35);
    EXPECT_EQ(config->allowed_prefixes(), (std::vector<std::string>{"+1202", "+1", "+44"}));

    const std::string text = print_config(*config);
    EXPECT_EQ(text.find("hush"), std::string::npos);
    const auto again = parse_config(text, "/etc/b.toml");
    ASSERT_TRUE(again) << to_text(again.error()) << text;
    EXPECT_EQ(print_config(*again), text);
}

}  // namespace
}  // namespace bellwether::app
