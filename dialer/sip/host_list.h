#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bellwether::sip {

/// Hosts that something is allowed for: IPv4 addresses ("192.0.2.7"), networks ("10.0.0.0/8") and
/// names ("pbx.example", compared as they stand, case ignored; nothing is looked up). Pure.
class HostList {
public:
    HostList() = default;

    /// InvalidInput: an entry is none of these; says which.
    [[nodiscard]] static Result<HostList> parse(std::span<const std::string> entries);

    [[nodiscard]] bool contains(std::string_view host) const;  ///< an address or a name

private:
    struct Network {
        std::uint32_t address;  ///< host byte order
        std::uint32_t mask;
    };
    static std::optional<Network> parse_network(std::string_view text);

    std::vector<Network> networks_;
    std::vector<std::string> names_;
};

}  // namespace bellwether::sip
