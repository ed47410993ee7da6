#include "dialer/app/commands/trunk_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

#include "dialer/app/reports/trunks_json.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

sip::TrunkStatus busy_trunk() {
    sip::TrunkStatus trunk;
    trunk.name = "carrier";
    trunk.calls = 7;
    trunk.lines = 30;
    trunk.started_last_second = 3;
    trunk.calls_per_second = 10;
    trunk.options_rtt = 4ms;
    trunk.options_ago = 12s;
    return trunk;
}

std::vector<Check> checks_of(const sip::TrunkStatus& trunk) {
    return check_live_trunks(Json::parse(trunks_json({trunk}).dump()));
}

TEST(LiveTrunks, ATrunkThatWorksIsFine) {
    const auto checks = checks_of(busy_trunk());
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].name, "trunk carrier");
    EXPECT_EQ(checks[0].result, CheckResult::Ok);
    EXPECT_EQ(checks[0].detail,
              "UP, breaker CLOSED, 7 of 30 lines in use, 3 calls in the last second of at most 10, "
              "OPTIONS answered in 4 ms, 12 s ago");
}

TEST(LiveTrunks, ATrunkThatIsDownTellsWhy) {
    auto trunk = busy_trunk();
    trunk.up = false;
    trunk.circuit = sip::Circuit::Open;
    trunk.condition = sip::TrunkCondition::CircuitOpen;
    trunk.reason = "503 Service Unavailable";
    trunk.options_rtt.reset();
    trunk.options_ago.reset();
    const auto checks = checks_of(trunk);
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].result, CheckResult::Warning);
    EXPECT_THAT(checks[0].detail, HasSubstr("DOWN, breaker OPEN"));
    EXPECT_THAT(checks[0].detail, HasSubstr("no OPTIONS answered yet"));
    EXPECT_THAT(checks[0].detail, HasSubstr("last failure: 503 Service Unavailable"));
}

TEST(LiveTrunks, ATrunkOnTrialIsProbing) {
    auto trunk = busy_trunk();
    trunk.circuit = sip::Circuit::HalfOpen;
    const auto checks = checks_of(trunk);
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].result, CheckResult::Warning);
    EXPECT_THAT(checks[0].detail, HasSubstr("PROBING, breaker HALF_OPEN"));
}

TEST(LiveTrunks, AServiceThatSaysNothingLeavesNoFinding) {
    EXPECT_TRUE(check_live_trunks(nullptr).empty());
    EXPECT_TRUE(check_live_trunks(Json{{"up", true}}).empty());
}

// Made with openssl req -x509; openssl x509 -enddate says "Nov 19 22:32:06 2036 GMT", that is:
constexpr std::int64_t kCertificateEnd = 2110746726;  // date -d
constexpr const char* kCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBiDCCAS2gAwIBAgIUUzGvK9qh4OurID1zjSR13dZBRWwwCgYIKoZIzj0EAwIw\n"
    "GTEXMBUGA1UEAwwOZGlhbGVyLmV4YW1wbGUwHhcNMjYxMTIyMjIzMjA2WhcNMzYx\n"
    "MTE5MjIzMjA2WjAZMRcwFQYDVQQDDA5kaWFsZXIuZXhhbXBsZTBZMBMGByqGSM49\n"
    "AgEGCCqGSM49AwEHA0IABMSoP4fWv5HBS19/alf47O5olPFYek1IvpE1ap2/9CNM\n"
    "IbuhXWtlQsx6c+K+nU/2qS/L1NwSp0r6duGfQTAPi26jUzBRMB0GA1UdDgQWBBQy\n"
    "+H6TRFAUo7X1XGucBQSP5z27sjAfBgNVHSMEGDAWgBQy+H6TRFAUo7X1XGucBQSP\n"
    "5z27sjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDq+U3Wjg+U\n"
    "0S5TbjcAfi4CqGR3Dhg6zDaGjMqc6qcpNQIhAKgbGPRO7LEoUyCZ9qgLxuZV0uMK\n"
    "iR61nihvqg84BXXd\n"
    "-----END CERTIFICATE-----\n";

CheckResult certificate_result(std::chrono::seconds before_its_end) {
    const TempFolder folder;
    const auto file = folder.path() / "own.pem";
    write_file(file, kCertificate);
    sip::TrunkConfig trunk;
    trunk.tls.certificate_file = file.string();
    const UtcTime end{std::chrono::seconds{kCertificateEnd}};
    return check_trunk_certificate(trunk, end - before_its_end).result;
}

TEST(TrunkCertificate, ItsEndIsSeenInTime) {
    EXPECT_EQ(certificate_result(std::chrono::days{31}), CheckResult::Ok);
    EXPECT_EQ(certificate_result(std::chrono::days{29}), CheckResult::Warning);
    EXPECT_EQ(certificate_result(-1s), CheckResult::Failed);
}

TEST(TrunkCertificate, AFileWithoutOneFails) {
    sip::TrunkConfig trunk;
    trunk.tls.certificate_file = "/nowhere/own.pem";
    const Check check = check_trunk_certificate(trunk, UtcTime{0s});
    EXPECT_EQ(check.result, CheckResult::Failed);
    EXPECT_THAT(check.detail, HasSubstr("tls_certificate_file"));
}

}  // namespace
}  // namespace bellwether::app
