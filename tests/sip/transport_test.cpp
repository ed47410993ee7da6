// Trunks over TCP and TLS. SIPp has no TLS of its own: it stands behind a small relay that has
// (peers/tls_front.py), with certificates made by openssl.

#include <sys/stat.h>

#include <fstream>

#include "support/certificates.h"
#include "support/python_peer.h"
#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

TEST(Tcp, CarriesACallFromInviteToBye) {
    Sipp carrier{"answers", {.transport = "t1"}};
    auto config = with_trunk(carrier.port());
    config.trunks[0].transport = Transport::Tcp;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("Via: SIP/2.0/TCP 127.0.0.1:" +
                                                       std::to_string(world.endpoint->port())));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("transport=tcp>"));
}

TEST(Tcp, ARefusedConnectionIsUnreachableAtOnce) {
    auto config = with_trunk(free_port());
    config.trunks[0].transport = Transport::Tcp;
    World world{config};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>(3s));
    EXPECT_THAT(world.story(), ElementsAre("failed UNREACHABLE 0"));
}

constexpr const char* kName = "carrier.example";

/// Files that make the endpoint ask a name server of the test.
std::string resolv_conf(const PythonPeer& server) {
    const std::string path = fresh_folder() + "/resolv.conf";
    std::ofstream{path} << "nameserver 127.0.0.1\nport " << server.port() << "\n";
    return path;
}

std::string srv(int priority, std::uint16_t port) {
    return "_sip._udp.carrier.example:" + std::to_string(priority) + ":" + std::to_string(port) +
           ":a.carrier.example";
}

TEST(Srv, FindsTheCarrierByItsNameAlone) {
    Sipp carrier{"answers"};
    PythonPeer names{"dns_server",
                     {"--srv", srv(10, carrier.port()), "--a", "a.carrier.example:127.0.0.1"}};
    auto config = with_trunk(0);
    config.resolv_conf = resolv_conf(names);
    config.trunks[0].host = kName;
    config.trunks[0].srv = true;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << names.output() << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(carrier.messages(),
                testing::HasSubstr("INVITE sip:+12025550123@carrier.example SIP/2.0"));
}

TEST(Srv, GoesOnToTheNextTargetWhenTheFirstIsGone) {
    Sipp carrier{"answers"};
    PythonPeer names{"dns_server",
                     {"--srv", srv(10, free_port()), "--srv", srv(20, carrier.port()), "--a",
                      "a.carrier.example:127.0.0.1"}};
    auto config = with_trunk(0);
    config.resolv_conf = resolv_conf(names);
    config.trunks[0].host = kName;
    config.trunks[0].srv = true;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << names.output() << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
}

TEST(Srv, ANameThatDoesNotExistIsUnreachableAndSaysSo) {
    PythonPeer names{"dns_server", {}};
    auto config = with_trunk(0);
    config.resolv_conf = resolv_conf(names);
    config.trunks[0].host = kName;
    config.trunks[0].srv = true;
    World world{config};
    world.dial();
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed) << names.output();
    EXPECT_EQ(failed->kind, FailureKind::Unreachable);
    EXPECT_THAT(failed->phrase, testing::HasSubstr("DNS"));
}

/// A TLS trunk known by address, as most are.
EndpointConfig tls_trunk(std::uint16_t port, const std::string& authorities) {
    auto config = with_trunk(port);
    config.trunks[0].transport = Transport::Tls;
    config.trunks[0].tls.name = kName;
    config.trunks[0].tls.ca_file = authorities;
    config.trunks[0].no_answer_failover = 2s;
    return config;
}

/// SIPp and the relay before it.
struct TlsCarrier {
    explicit TlsCarrier(const std::string& certificate)
        : front_port{free_port()},
          sipp{"answers_behind_tls",
               {.transport = "t1", .keys = {{"front", std::to_string(front_port)}}}},
          front{"tls_front",
                {"--certificate", certificate, "--port", std::to_string(front_port), "--to",
                 std::to_string(sipp.port())}} {}

    std::uint16_t front_port;
    Sipp sipp;
    PythonPeer front;
};

TEST(Tls, CarriesACallFromInviteToBye) {
    const Authority authority;
    TlsCarrier carrier{authority.issue(kName)};
    auto config = tls_trunk(carrier.front_port, authority.file());
    config.trunks[0].no_answer_failover = 0s;  // a busy machine may need seconds for a handshake
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.sipp.why() << carrier.front.output();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.sipp.passed()) << carrier.sipp.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_THAT(carrier.sipp.messages(), testing::HasSubstr("Via: SIP/2.0/TLS 127.0.0.1:"));
    // The BYE came through the same relay: everything stayed within TLS.
    EXPECT_EQ(carrier.sipp.received("BYE "), 1);
}

struct BadCertificate {
    const char* name;
    const char* holds;  ///< the name in it
    int days;
    bool ours;  ///< signed by the authority that we trust
    const char* reason;
};
void PrintTo(const BadCertificate& row, std::ostream* out) { *out << row.name; }

class BadCertificateTable : public testing::TestWithParam<BadCertificate> {};

TEST_P(BadCertificateTable, IsRefusedWithinSecondsAndSaysWhy) {
    const auto& row = GetParam();
    const Authority trusted;
    const Authority other;
    TlsCarrier carrier{(row.ours ? trusted : other).issue(row.holds, row.days)};
    World world{tls_trunk(carrier.front_port, trusted.file())};
    world.dial();
    const auto failed = world.events.next<Failed>(4s);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->kind, FailureKind::Unreachable);
    EXPECT_THAT(failed->phrase, testing::HasSubstr(row.reason));
    EXPECT_EQ(carrier.sipp.received("INVITE "), 0);
    EXPECT_THAT(world.story(), ElementsAre("failed UNREACHABLE 0"));
}

INSTANTIATE_TEST_SUITE_P(
    Carrier, BadCertificateTable,
    testing::Values(BadCertificate{"WrongAuthority", kName, 2, false, "TLS: unable to get"},
                    BadCertificate{"Expired", kName, -1, true, "TLS: certificate has expired"},
                    BadCertificate{"WrongName", "other.example", 2, true,
                                   "TLS: the certificate does not hold the name"}),
    [](const auto& row) { return row.param.name; });

TEST(Tls, TheKeepAliveSaysWhyATrunkIsOut) {
    const Authority authority;
    TlsCarrier carrier{authority.issue("other.example")};
    auto config = tls_trunk(carrier.front_port, authority.file());
    config.trunks[0].options_every = 2s;
    World world{config};
    const auto down = world.events.next<TrunkState>(6s);
    ASSERT_TRUE(down);
    EXPECT_FALSE(down->up);
    EXPECT_THAT(down->reason, testing::HasSubstr("does not hold the name"));
}

std::string file_with(const std::string& text, unsigned mode = 0600) {
    const std::string path = fresh_folder() + "/own.pem";
    std::ofstream{path} << text;
    chmod(path.c_str(), mode);
    return path;
}

Error start_error(const EndpointConfig& config) {
    const auto started = SipEndpoint::start(config, [](const Event&) {});
    EXPECT_FALSE(started);
    return started ? Error{} : started.error();
}

TEST(Tls, FilesThatCannotServeAreNamedBeforeTheStart) {
    const Authority authority;
    const std::string good = read_file(authority.issue("us.example"));
    const auto certificate = good.substr(0, good.find("-----BEGIN PRIVATE KEY"));
    const auto key = good.substr(certificate.size());
    auto config = tls_trunk(5061, authority.file());
    const auto with_own = [&](const std::string& path) {
        config.trunks[0].tls.certificate_file = path;
        return start_error(config).detail;
    };
    EXPECT_THAT(with_own("/no/such.pem"), testing::HasSubstr("/no/such.pem cannot be read"));
    EXPECT_THAT(with_own(file_with(good, 0644)), testing::HasSubstr("chmod 600"));
    EXPECT_THAT(with_own(file_with(key)), testing::HasSubstr("holds no certificate"));
    EXPECT_THAT(with_own(file_with(certificate)), testing::HasSubstr("holds no private key"));
    const std::string other = read_file(authority.issue("other.example"));
    EXPECT_THAT(
        with_own(file_with(certificate + other.substr(other.find("-----BEGIN PRIVATE KEY")))),
        testing::HasSubstr("do not belong together"));
    EXPECT_THAT(with_own(authority.issue("us.example", -1)),
                testing::HasSubstr("has expired: renew it"));
    config.trunks[0].tls = {.ca_file = "/no/ca.pem", .name = kName};
    EXPECT_THAT(start_error(config).detail, testing::HasSubstr("/no/ca.pem cannot be read"));
    config.trunks[0].tls = {.ca_file = authority.file()};
    EXPECT_THAT(start_error(config).detail, testing::HasSubstr("set tls_name"));
}

}  // namespace
}  // namespace bellwether::sip_test
