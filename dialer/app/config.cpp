#include "dialer/app/config.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/phone_number.h"
#include "compliance/destination.h"
#include "dialer/app/read_file.h"
#include "dialer/app/toml_reader.h"
#include "dialer/app/units.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// What connect(2) takes, without the ending zero.
constexpr std::size_t kSocketPathMax = sizeof(sockaddr_un::sun_path) - 1;

bool is_ipv4(const std::string& text) {
    in_addr address{};
    return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

void read_ipv4(TomlReader& table, std::string_view key, std::string& out) {
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        if (!is_ipv4(text)) {
            return fail(Errc::InvalidInput,
                        fmt::format("\"{}\" is not an IPv4 address, as \"192.0.2.1\"", text));
        }
        out = text;
        return {};
    });
}

/// Text that goes into SIP or log lines: not empty, printable, no quote.
void read_word(TomlReader& table, std::string_view key, std::string& out) {
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
            return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
        });
        if (text.empty() || !plain) {
            return fail(Errc::InvalidInput, "must be one word of plain letters, digits and signs");
        }
        out = text;
        return {};
    });
}

void read_path(TomlReader& table, std::string_view key, const fs::path& folder, fs::path& out) {
    std::string text;
    if (table.text(key, text) && !text.empty()) out = (folder / text).lexically_normal();
}

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

void read_password(TomlReader& table, const fs::path& folder, TrunkSettings& trunk) {
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

void read_trunk(TomlReader& table, const fs::path& folder, TrunkSettings& trunk) {
    read_word(table, "name", trunk.name);
    table.require("host", "the carrier's address, as host = \"192.0.2.10\"");
    read_word(table, "host", trunk.host);
    table.port("port", 1, trunk.port);
    table.text("username", trunk.username);
    read_password(table, folder, trunk);
    table.integer("lines", 1, 10'000, trunk.lines);
    // A thousandth of a call per second is a call in a quarter of an hour: slower is a mistake.
    table.number("calls_per_second", 0.001, 1000, trunk.calls_per_second);
    read_prefixes(table, trunk.allowed_prefixes);
}

void read_media(TomlReader& table, MediaSettings& media) {
    read_ipv4(table, "bind", media.bind);
    read_ipv4(table, "advertise", media.advertise);
    table.port("port_min", 1024, media.port_min);
    table.port("port_max", 1025, media.port_max);
    if (media.port_max <= media.port_min) {
        table.problem(table.has("port_max") ? "port_max" : "port_min",
                      fmt::format("leaves no ports: port_min is {}, port_max {}", media.port_min,
                                  media.port_max));
    }
    table.duration("silence_timeout", seconds{1}, minutes{10}, media.silence_timeout);
    table.integer("threads", 1, 64, media.threads);
}

void read_sip(TomlReader& table, SipSettings& sip) {
    read_ipv4(table, "bind", sip.bind);
    table.port("port", 0, sip.port);
    read_word(table, "realm", sip.realm);
}

void read_evidence(TomlReader& table, const fs::path& folder, EvidenceSettings& out) {
    if (table.has("origin")) read_word(table, "origin", out.origin);
    std::vector<std::string> copies;
    table.texts("copies", copies);
    for (const std::string& copy : copies) out.copies.push_back((folder / copy).lexically_normal());
    table.parsed("webhook", [&](const std::string& text) -> Result<void> {
        if (!text.starts_with("http://"))
            return fail(Errc::InvalidInput,
                        "must begin with http://, as \"http://10.0.0.5:8080/heads\"");
        out.webhook = text;
        return {};
    });
}

void fill_paths(Config& config) {
    if (config.store.empty()) config.store = config.data_dir / "bellwether.db";
    if (config.socket.empty()) config.socket = config.data_dir / "run" / "bellwether.sock";
    if (config.recordings.empty()) config.recordings = config.data_dir / "recordings";
}

/// A practice prefix of 7 digits is one exchange in North America, ten thousand numbers at most:
/// nobody sets a country aside by a slip.
constexpr std::size_t kPracticeDigitsMin = 7;

void read_compliance(TomlReader& table, const fs::path& folder, ComplianceSettings& out) {
    read_path(table, "packs", folder, out.packs);
    table.texts("accept_drafts", out.accept_drafts);
    table.texts("practice_prefixes", out.practice_prefixes);
    if (const auto checked = compliance::check_prefixes(out.practice_prefixes); !checked)
        table.problem("practice_prefixes", checked.error().detail);
    for (const std::string& prefix : out.practice_prefixes) {
        if (prefix.size() <= kPracticeDigitsMin) {
            table.problem("practice_prefixes",
                          fmt::format("\"{}\" is too wide: at least {} digits, as \"+1202555\"",
                                      prefix, kPracticeDigitsMin));
        }
    }
    table.texts("owned_numbers", out.owned_numbers);
    for (const std::string& number : out.owned_numbers) {
        if (!PhoneNumber::parse(number))
            table.problem("owned_numbers", "must be numbers as \"+12025550199\"");
    }
    table.parsed("caller_country", [&](const std::string& text) -> Result<void> {
        const bool is_code = text.size() == 2 &&
                             std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!is_code) return fail(Errc::InvalidInput, "must be two capital letters, as \"US\"");
        out.caller_country = text;
        return {};
    });
}

void read_top(TomlReader& top, const fs::path& folder, Config& config) {
    config.data_dir = (folder / config.data_dir).lexically_normal();
    read_word(top, "node", config.node);
    read_path(top, "data_dir", folder, config.data_dir);
    read_path(top, "store", folder, config.store);
    read_path(top, "recordings", folder, config.recordings);
    top.section("api",
                [&](TomlReader& table) { read_path(table, "socket", folder, config.socket); });
    top.section("sip", [&](TomlReader& table) { read_sip(table, config.sip); });
    top.section("trunk",
                [&](TomlReader& table) { read_trunk(table, folder, config.trunk.emplace()); });
    top.section("media", [&](TomlReader& table) { read_media(table, config.media); });
    top.section("answer_detect", [&](TomlReader& table) {
        read_path(table, "weights", folder, config.detection.weights);
    });
    top.section("compliance",
                [&](TomlReader& table) { read_compliance(table, folder, config.compliance); });
    top.section("evidence",
                [&](TomlReader& table) { read_evidence(table, folder, config.evidence); });
    top.section("log", [&](TomlReader& table) {
        table.choice("level", config.log.level);
        read_path(table, "file", folder, config.log.file);
    });
    fill_paths(config);
    if (config.socket.string().size() > kSocketPathMax) {
        top.problem(
            top.has("api") ? "api" : "data_dir",
            fmt::format("makes a socket path longer than {} bytes: set api.socket to a shorter one",
                        kSocketPathMax));
    }
}

std::string quoted_list(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    for (const std::string& word : words) quoted.push_back(toml_quoted(word));
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string print_compliance(const ComplianceSettings& settings) {
    std::string text = fmt::format(
        "\n[compliance]\naccept_drafts = {}\npractice_prefixes = {}\n"
        "owned_numbers = {}\n",
        quoted_list(settings.accept_drafts), quoted_list(settings.practice_prefixes),
        quoted_list(settings.owned_numbers));
    if (!settings.packs.empty())
        text += fmt::format("packs = {}\n", toml_quoted(settings.packs.string()));
    if (!settings.caller_country.empty())
        text += fmt::format("caller_country = {}\n", toml_quoted(settings.caller_country));
    return text;
}

std::string print_trunk(const TrunkSettings& trunk) {
    std::vector<std::string> prefixes;
    for (const auto& prefix : trunk.allowed_prefixes) prefixes.push_back(toml_quoted(prefix));
    std::string text = fmt::format("\n[trunk]\nname = {}\nhost = {}\nport = {}\n",
                                   toml_quoted(trunk.name), toml_quoted(trunk.host), trunk.port);
    if (!trunk.username.empty()) {
        text += fmt::format("username = {}\npassword = \"***\"\n", toml_quoted(trunk.username));
    }
    return text + fmt::format("lines = {}\ncalls_per_second = {}\nallowed_prefixes = [{}]\n",
                              trunk.lines, format_number(trunk.calls_per_second),
                              fmt::join(prefixes, ", "));
}

std::string print_evidence(const EvidenceSettings& settings) {
    std::string text;
    if (!settings.origin.empty())
        text += fmt::format("origin = {}\n", toml_quoted(settings.origin));
    std::vector<std::string> copies;
    for (const fs::path& copy : settings.copies) copies.push_back(toml_quoted(copy.string()));
    if (!copies.empty()) text += fmt::format("copies = [{}]\n", fmt::join(copies, ", "));
    if (!settings.webhook.empty())
        text += fmt::format("webhook = {}\n", toml_quoted(settings.webhook));
    return text.empty() ? text : "\n[evidence]\n" + text;
}

}  // namespace

Checked<Config> parse_config(std::string_view text, const fs::path& file) {
    const std::string name = file.string();
    auto tree = parse_toml(text, name);
    if (!tree) return tl::unexpected(tree.error());
    Config config;
    Problems problems;
    TomlReader top(*tree, "", name, problems);
    read_top(top, file.parent_path(), config);
    top.finish();
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return config;
}

Checked<Config> load_config(const fs::path& file) {
    if (file.empty()) {
        Config config;
        fill_paths(config);
        return config;
    }
    const auto text = read_file(file, kTomlBytesMax + 1);
    if (!text) return tl::unexpected(Problems{{file.string(), 0, text.error().detail}});
    return parse_config(*text, file);
}

std::string print_config(const Config& config) {
    std::string text =
        fmt::format("node = {}\ndata_dir = {}\nstore = {}\nrecordings = {}\n",
                    toml_quoted(config.node), toml_quoted(config.data_dir.string()),
                    toml_quoted(config.store.string()), toml_quoted(config.recordings.string()));
    text += fmt::format("\n[api]\nsocket = {}\n", toml_quoted(config.socket.string()));
    text += fmt::format("\n[sip]\nbind = {}\nport = {}\nrealm = {}\n", toml_quoted(config.sip.bind),
                        config.sip.port, toml_quoted(config.sip.realm));
    if (config.trunk) text += print_trunk(*config.trunk);
    const MediaSettings& media = config.media;
    text += fmt::format("\n[media]\nbind = {}\n", toml_quoted(media.bind));
    if (!media.advertise.empty())
        text += fmt::format("advertise = {}\n", toml_quoted(media.advertise));
    text += fmt::format("port_min = {}\nport_max = {}\nsilence_timeout = {}\nthreads = {}\n",
                        media.port_min, media.port_max,
                        toml_quoted(format_duration(media.silence_timeout)), media.threads);
    if (!config.detection.weights.empty()) {
        text += fmt::format("\n[answer_detect]\nweights = {}\n",
                            toml_quoted(config.detection.weights.string()));
    }
    text += print_compliance(config.compliance);
    text += print_evidence(config.evidence);
    text += fmt::format("\n[log]\nlevel = {}\n", toml_quoted(name_of(config.log.level)));
    if (!config.log.file.empty())
        text += fmt::format("file = {}\n", toml_quoted(config.log.file.string()));
    return text;
}

}  // namespace bellwether::app
