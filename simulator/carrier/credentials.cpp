#include "simulator/carrier/credentials.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

namespace bellwether::carrier {
namespace {

Result<AgentCredential> credential_from(std::string_view text, std::size_t number) {
    const auto line = nlohmann::json::parse(text, nullptr, false);
    const auto holds = [&](const char* name) {
        return line.contains(name) && line[name].is_string() &&
               !line[name].get_ref<const std::string&>().empty();
    };
    if (!line.is_object() || !holds("user") || !holds("password")) {
        return fail(Errc::InvalidInput, "credentials, line " + std::to_string(number) +
                                            R"(: not {"user": "...", "password": "..."})");
    }
    return AgentCredential{line["user"].get<std::string>(), line["password"].get<std::string>()};
}

Result<std::vector<AgentCredential>> read_file(const std::filesystem::path& file) {
    if (file.empty()) return std::vector<AgentCredential>{};
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return fail(Errc::Unavailable, "cannot read " + file.string());
    return parse_credentials(text);
}

}  // namespace

Result<std::vector<AgentCredential>> parse_credentials(std::string_view ndjson) {
    std::vector<AgentCredential> all;
    for (std::size_t number = 1; !ndjson.empty(); ++number) {
        const std::size_t end = std::min(ndjson.find('\n'), ndjson.size());
        const std::string_view line = ndjson.substr(0, end);
        ndjson.remove_prefix(std::min(end + 1, ndjson.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto credential = credential_from(line, number);
        if (!credential) return tl::unexpected{credential.error()};
        all.push_back(std::move(*credential));
    }
    return all;
}

Result<std::vector<AgentCredential>> credentials_of(const AgentsOptions& options) {
    auto all = read_file(options.credentials_file);
    if (!all) return all;
    all->insert(all->end(), options.credentials.begin(), options.credentials.end());
    if (all->empty()) return fail(Errc::InvalidInput, "no phone has credentials");
    if (options.n < 0 || static_cast<std::size_t>(options.n) > all->size()) {
        return fail(Errc::InvalidInput, std::to_string(options.n) + " phones wanted, " +
                                            std::to_string(all->size()) + " have credentials");
    }
    if (options.n > 0) all->resize(static_cast<std::size_t>(options.n));
    std::set<std::string_view> users;
    for (const AgentCredential& each : *all) {
        if (!users.insert(each.user).second) {
            return fail(Errc::InvalidInput, "credentials name the user " + each.user + " twice");
        }
    }
    return all;
}

}  // namespace bellwether::carrier
