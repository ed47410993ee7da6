#include "dialer/app/files/config_trunks.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "dialer/app/files/config_values.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/units.h"
#include "dialer/sip/host_list.h"

namespace bellwether::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool is_prefix(const std::string& text) {
    if (text.size() < 2 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
    return std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_prefixes(TomlReader& table, std::vector<std::string>& out) {
    table.texts("allowed_prefixes", out);
    for (const std::string& prefix : out) {
        if (is_prefix(prefix)) continue;
        table.problem(
            "allowed_prefixes",
            fmt::format("holds \"{}\": write + and the first digits, as \"+1202555\"", prefix));
    }
}

/// The first line of a file that only its owner and group may read.
Result<std::string> read_secret(const fs::path& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) {
        return fail(Errc::InvalidInput, fmt::format("{} is not there", file.string()));
    }
    if ((status.st_mode & S_IRWXO) != 0) {
        return fail(Errc::InvalidInput,
                    fmt::format("{} may be read by everybody: chmod 600 it", file.string()));
    }
    auto text = read_file(file, 4096);
    if (!text) return tl::unexpected(text.error());
    text->erase(std::min(text->find_first_of("\r\n"), text->size()));
    if (text->empty()) return fail(Errc::InvalidInput, fmt::format("{} is empty", file.string()));
    return *text;
}

void read_password(TomlReader& table, const fs::path& folder, sip::TrunkConfig& trunk) {
    table.text("password", trunk.password);
    fs::path file;
    read_path(table, "password_file", folder, file);
    if (!file.empty()) {
        if (table.has("password"))
            table.problem("password_file", "stands beside password: keep one of them");
        if (auto secret = read_secret(file)) {
            trunk.password = *std::move(secret);
        } else {
            table.problem("password_file", secret.error().detail);
        }
    }
    const bool given = table.has("password") || table.has("password_file");
    if (!trunk.username.empty() && !given) {
        table.problem("username", "has no password: add password_file");
    }
    if (trunk.username.empty() && given)
        table.problem("username", "is missing beside the password");
}

void read_tls(TomlReader& table, const fs::path& folder, sip::TrunkConfig& trunk) {
    fs::path authorities;
    fs::path certificate;
    read_path(table, "tls_ca_file", folder, authorities);
    read_path(table, "tls_certificate_file", folder, certificate);
    if (table.has("tls_name")) read_word(table, "tls_name", trunk.tls.name);
    trunk.tls.ca_file = authorities.string();
    trunk.tls.certificate_file = certificate.string();
    for (const char* key : {"tls_ca_file", "tls_certificate_file", "tls_name"}) {
        if (table.has(key) && trunk.transport != sip::Transport::Tls)
            table.problem(key, "is for transport = \"tls\" only");
    }
}

/// Headers that the dialer or the stack writes itself: a second one would contradict it.
bool is_own_header(std::string name) {
    std::ranges::transform(name, name.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    static const std::set<std::string> kOwn{"via",
                                            "from",
                                            "to",
                                            "call-id",
                                            "cseq",
                                            "contact",
                                            "content-length",
                                            "content-type",
                                            "max-forwards",
                                            "route",
                                            "record-route",
                                            "authorization",
                                            "proxy-authorization",
                                            "session-expires",
                                            "min-se"};
    return kOwn.contains(name);
}

void read_headers(TomlReader& table, sip::TrunkConfig& trunk) {
    table.section("headers", [&](TomlReader& headers) {
        headers.remaining([&](const std::string& name, const std::string& value, int line) {
            const bool is_name = std::ranges::all_of(name, [](char c) {
                return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
            });
            const bool is_one_line = value.find_first_of("\r\n") == std::string::npos;
            if (!is_name || !is_one_line || is_own_header(name)) {
                return headers.problem_at(
                    line, fmt::format("headers: \"{}\" cannot be set: write one line for a header "
                                      "that is not the dialer's own, as X-Account = \"123\"",
                                      name));
            }
            trunk.headers.emplace_back(name, value);
        });
    });
}

void read_timers(TomlReader& table, sip::TrunkConfig& trunk) {
    table.duration("options_every", seconds{0}, hours{1}, trunk.options_every);
    table.duration("session_expires", seconds{0}, hours{24}, trunk.session_expires);
    const auto session = trunk.session_expires;
    if (session > seconds{0} && session < seconds{90})  // RFC 4028 §4.2
        table.problem("session_expires", "must be 0s for none, or at least 90s");
    table.duration("no_answer_failover", milliseconds{0}, minutes{1}, trunk.no_answer_failover);
}

void read_trunk(TomlReader& table, const fs::path& folder, sip::TrunkConfig& trunk) {
    read_word(table, "name", trunk.name);
    table.require("host", "the carrier's address, as host = \"192.0.2.10\"");
    read_word(table, "host", trunk.host);
    table.choice("transport", trunk.transport);
    if (trunk.transport == sip::Transport::Tls) trunk.port = 5061;  // RFC 3261 §19.1.2
    table.port("port", 1, trunk.port);
    table.boolean("srv", trunk.srv);
    if (trunk.srv && table.has("port"))
        table.problem("port", "is found by SRV: leave it out, or srv = false");
    read_tls(table, folder, trunk);
    table.text("username", trunk.username);
    read_password(table, folder, trunk);
    table.texts("realms", trunk.realms);
    table.integer("priority", 1, 100, trunk.priority);
    table.integer("weight", 1, 100, trunk.weight);
    table.integer("lines", 1, 10'000, trunk.lines);
    // A thousandth of a call per second is a call in a quarter of an hour: slower is a mistake.
    table.number("calls_per_second", 0.001, 1000, trunk.calls_per_second);
    read_prefixes(table, trunk.allowed_prefixes);
    read_timers(table, trunk);
    table.boolean("asserted_identity", trunk.asserted_identity);
    table.texts("incoming_from", trunk.incoming_from);
    if (const auto hosts = sip::HostList::parse(trunk.incoming_from); !hosts)
        table.problem("incoming_from", hosts.error().detail);
    read_headers(table, trunk);
}

std::string print_optional(const sip::TrunkConfig& trunk) {
    std::string text;
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty()) text += fmt::format("{} = {}\n", key, toml_quoted(value));
    };
    put("tls_ca_file", trunk.tls.ca_file);
    put("tls_certificate_file", trunk.tls.certificate_file);
    put("tls_name", trunk.tls.name);
    put("username", trunk.username);
    if (!trunk.username.empty()) text += "password = \"***\"\n";
    if (!trunk.realms.empty()) text += fmt::format("realms = {}\n", quoted_list(trunk.realms));
    return text;
}

std::string print_trunk(const sip::TrunkConfig& trunk) {
    std::string text = fmt::format("\n[[trunks]]\nname = {}\nhost = {}\ntransport = {}\nsrv = {}\n",
                                   toml_quoted(trunk.name), toml_quoted(trunk.host),
                                   toml_quoted(name_of(trunk.transport)), trunk.srv);
    if (!trunk.srv) text += fmt::format("port = {}\n", trunk.port);
    text += print_optional(trunk);
    text += fmt::format(
        "priority = {}\nweight = {}\nlines = {}\ncalls_per_second = {}\nallowed_prefixes = {}\n",
        trunk.priority, trunk.weight, trunk.lines, format_number(trunk.calls_per_second),
        quoted_list(trunk.allowed_prefixes));
    text += fmt::format(
        "options_every = {}\nsession_expires = {}\nno_answer_failover = {}\n"
        "asserted_identity = {}\nincoming_from = {}\n",
        toml_quoted(format_duration(trunk.options_every)),
        toml_quoted(format_duration(trunk.session_expires)),
        toml_quoted(format_duration(trunk.no_answer_failover)), trunk.asserted_identity,
        quoted_list(trunk.incoming_from));
    if (!trunk.headers.empty()) text += "[trunks.headers]\n";
    for (const auto& [name, value] : trunk.headers)
        text += fmt::format("{} = {}\n", name, toml_quoted(value));
    return text;
}

}  // namespace

void read_trunks(TomlReader& top, const fs::path& folder, std::vector<sip::TrunkConfig>& trunks) {
    const auto read = [&](TomlReader& table) { read_trunk(table, folder, trunks.emplace_back()); };
    const bool has_one = top.section("trunk", read);
    const bool has_list = top.sections("trunks", [&](TomlReader& table) {
        table.require("name", "a name of its own, as name = \"carrier-a\"");
        read(table);
    });
    if (has_one && has_list)
        top.problem("trunk", "stands beside [[trunks]]: write each trunk as [[trunks]]");
    std::set<std::string> names;
    for (const auto& trunk : trunks) {
        if (!names.insert(trunk.name).second)
            top.problem("trunks", fmt::format("holds the name \"{}\" twice", trunk.name));
    }
    if (trunks.size() > sip::kTrunksMax)
        top.problem("trunks", fmt::format("are too many: at most {}", sip::kTrunksMax));
}

std::string print_trunks(const std::vector<sip::TrunkConfig>& trunks) {
    std::string text;
    for (const auto& trunk : trunks) text += print_trunk(trunk);
    return text;
}

}  // namespace bellwether::app
