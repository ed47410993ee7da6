#include "dialer/app/commands/trunk_checks.h"

#include <fmt/format.h>

#include "dialer/sip/tls_files.h"

namespace bellwether::app {

namespace {

std::string options_text(const Json& trunk) {
    const Json& took = trunk.value("options_rtt_s", Json{});
    const Json& ago = trunk.value("options_ago_s", Json{});
    if (!took.is_number() || !ago.is_number()) return "no OPTIONS answered yet";
    return fmt::format("OPTIONS answered in {:.0f} ms, {:.0f} s ago", took.get<double>() * 1000,
                       ago.get<double>());
}

Check check_live_trunk(const Json& trunk) {
    const std::string state = text_member(trunk, "state");
    std::string detail = fmt::format(
        "{}, breaker {}, {} of {} lines in use, {} calls in the last second of at most {:g}, {}",
        state, text_member(trunk, "circuit"), trunk.value("calls", 0), trunk.value("lines", 0),
        trunk.value("calls_last_second", 0), trunk.value("calls_per_second", 0.0),
        options_text(trunk));
    const std::string reason = text_member(trunk, "reason");
    if (!reason.empty()) detail += "; last failure: " + reason;
    const bool is_up = state == "UP";
    if (!is_up) detail += "; calls take other trunks until it answers again: ask the carrier";
    return {"trunk " + text_member(trunk, "name"), is_up ? CheckResult::Ok : CheckResult::Warning,
            std::move(detail)};
}

}  // namespace

std::vector<Check> check_live_trunks(const Json& trunks) {
    std::vector<Check> checks;
    if (!trunks.is_array()) return checks;
    for (const Json& trunk : trunks)
        if (trunk.is_object()) checks.push_back(check_live_trunk(trunk));
    return checks;
}

Check check_trunk_certificate(const sip::TrunkConfig& trunk, UtcTime now) {
    const std::string name = fmt::format("trunk {} certificate", trunk.name);
    const std::string& file = trunk.tls.certificate_file;
    const auto end = sip::certificate_end(file);
    if (!end) return {name, CheckResult::Failed, end.error().detail + ": see tls_certificate_file"};
    const std::string detail = fmt::format("{} is valid until {}", file, iso_time(UtcTime{*end}));
    if (*end < now) return {name, CheckResult::Failed, detail + ": it has expired, renew it"};
    if (*end < now + kRenewalNotice) return {name, CheckResult::Warning, detail + ": renew it"};
    return {name, CheckResult::Ok, detail};
}

}  // namespace bellwether::app
