#include "dialer/sip/host_list.h"

#include <algorithm>
#include <charconv>

#include "dialer/sip/sip_text.h"

namespace bellwether::sip {
namespace {

std::optional<unsigned> number(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = result.ec == std::errc{} && result.ptr == text.data() + text.size();
    if (!whole || value > most) return std::nullopt;
    return value;
}

std::optional<std::uint32_t> parse_address(std::string_view text) {
    std::uint32_t address = 0;
    for (int octet = 0; octet < 4; ++octet) {
        const auto dot = octet < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos) return std::nullopt;
        const auto value = number(text.substr(0, dot), 255);
        if (!value) return std::nullopt;
        address = address << 8U | *value;
        text = octet < 3 ? text.substr(dot + 1) : std::string_view{};
    }
    return address;
}

bool is_name(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    };
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return std::ranges::all_of(text, plain) && std::ranges::any_of(text, is_letter);
}

}  // namespace

std::optional<HostList::Network> HostList::parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Network{*address, ~std::uint32_t{0}};
    const auto bits = number(text.substr(slash + 1), 32);
    if (!bits) return std::nullopt;
    const std::uint32_t mask = *bits == 0 ? 0 : ~std::uint32_t{0} << (32U - *bits);
    return Network{*address & mask, mask};
}

Result<HostList> HostList::parse(std::span<const std::string> entries) {
    HostList list;
    for (const std::string& entry : entries) {
        if (const auto network = parse_network(entry)) {
            list.networks_.push_back(*network);
        } else if (is_name(entry)) {
            list.names_.push_back(entry);
        } else {
            return fail(Errc::InvalidInput,
                        "\"" + entry +
                            "\" is no host: write an address as \"192.0.2.7\", a network as "
                            "\"10.0.0.0/8\" or a name as \"pbx.example\"");
        }
    }
    return list;
}

bool HostList::contains(std::string_view host) const {
    if (const auto address = parse_address(host)) {
        return std::ranges::any_of(networks_, [&](const Network& network) {
            return (*address & network.mask) == network.address;
        });
    }
    return std::ranges::any_of(
        names_, [&](const std::string& name) { return equal_ignoring_case(name, host); });
}

}  // namespace bellwether::sip
