#include "dialer/sip/incoming_gate.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::sip {
namespace {

// Carriers write one number in three ways; digits alone are the same in all.
std::string_view digits_of(std::string_view number) {
    if (number.starts_with('+')) return number.substr(1);
    if (number.starts_with("00")) return number.substr(2);
    return number;
}

}  // namespace

std::string as_e164(std::string_view to_user) { return "+" + std::string{digits_of(to_user)}; }

IncomingGate::IncomingGate(std::span<const TrunkConfig> trunks, Limits limits) : limits_{limits} {
    for (const TrunkConfig& trunk : trunks) {
        std::vector<std::string> entries = trunk.incoming_from;
        entries.push_back(trunk.host);  // as a name it matches nothing: sources are addresses
        auto hosts = HostList::parse(entries);
        BW_CHECK(hosts.has_value());
        sources_.push_back({.hosts = *std::move(hosts), .tokens = limits.calls_per_second});
    }
}

void IncomingGate::set_numbers(std::span<const std::string> e164) {
    digits_.clear();
    for (const std::string& number : e164) digits_.emplace(digits_of(number));
}

IncomingGate::Decision IncomingGate::admit(std::string_view source_ip, std::string_view to_user,
                                           Elapsed now) {
    const auto found = std::ranges::find_if(
        sources_, [&](const Source& source) { return source.hosts.contains(source_ip); });
    if (found == sources_.end()) return {Verdict::Stranger};
    const auto trunk = static_cast<TrunkIndex>(found - sources_.begin());
    if (!digits_.contains(digits_of(to_user))) return {Verdict::NotOurs, trunk};

    Source& source = *found;
    if (source.calls >= limits_.calls_max) return {Verdict::TooMany, trunk};
    const double seconds = std::chrono::duration<double>(now - source.tokens_at).count();
    source.tokens = std::min(std::max(limits_.calls_per_second, 1.0),
                             source.tokens + seconds * limits_.calls_per_second);
    source.tokens_at = now;
    if (source.tokens < 1) return {Verdict::TooOften, trunk};
    source.tokens -= 1;
    ++source.calls;
    return {Verdict::Welcome, trunk};
}

void IncomingGate::ended(TrunkIndex trunk) {
    BW_CHECK(sources_[trunk].calls > 0);
    --sources_[trunk].calls;
}

}  // namespace bellwether::sip
