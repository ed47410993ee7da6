#include "dialer/app/files/config.h"

#include <fmt/format.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/phone_number.h"
#include "compliance/destination.h"
#include "dialer/app/files/config_trunks.h"
#include "dialer/app/files/config_values.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/files/units.h"
#include "dialer/sip/host_list.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// What connect(2) takes, without the ending zero.
constexpr std::size_t kSocketPathMax = sizeof(sockaddr_un::sun_path) - 1;
constexpr std::chrono::hours kRecordingsKeepMax{24 * 36'525};  // a century

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
    table.boolean("comfort_noise", media.comfort_noise);
}

void read_sip(TomlReader& table, SipSettings& out) {
    read_ipv4(table, "bind", out.bind);
    table.port("port", 0, out.port);
    read_word(table, "realm", out.realm);
    table.texts("phone_hosts", out.phone_hosts);
    if (const auto hosts = sip::HostList::parse(out.phone_hosts); !hosts)
        table.problem("phone_hosts", hosts.error().detail);
    table.choice("transfers", out.transfers);
    table.integer("incoming_calls", 0, 10'000, out.incoming_calls);
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
    top.duration("recordings_keep", std::chrono::seconds{0}, kRecordingsKeepMax,
                 config.recordings_keep);
    top.section("api",
                [&](TomlReader& table) { read_path(table, "socket", folder, config.socket); });
    top.section("sip", [&](TomlReader& table) { read_sip(table, config.sip); });
    read_trunks(top, folder, config.trunks);
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

std::vector<std::string> Config::allowed_prefixes() const {
    std::vector<std::string> all;
    for (const auto& trunk : trunks)
        all.insert(all.end(), trunk.allowed_prefixes.begin(), trunk.allowed_prefixes.end());
    return all;
}

int Config::lines() const {
    return std::accumulate(trunks.begin(), trunks.end(), 0,
                           [](int sum, const auto& trunk) { return sum + trunk.lines; });
}

double Config::calls_per_second() const {
    return std::accumulate(trunks.begin(), trunks.end(), 0.0, [](double sum, const auto& trunk) {
        return sum + trunk.calls_per_second;
    });
}

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
        fmt::format("node = {}\ndata_dir = {}\nstore = {}\nrecordings = {}\nrecordings_keep = {}\n",
                    toml_quoted(config.node), toml_quoted(config.data_dir.string()),
                    toml_quoted(config.store.string()), toml_quoted(config.recordings.string()),
                    toml_quoted(format_duration(config.recordings_keep)));
    text += fmt::format("\n[api]\nsocket = {}\n", toml_quoted(config.socket.string()));
    text += fmt::format(
        "\n[sip]\nbind = {}\nport = {}\nrealm = {}\nphone_hosts = {}\ntransfers = {}\n"
        "incoming_calls = {}\n",
        toml_quoted(config.sip.bind), config.sip.port, toml_quoted(config.sip.realm),
        quoted_list(config.sip.phone_hosts), toml_quoted(name_of(config.sip.transfers)),
        config.sip.incoming_calls);
    text += print_trunks(config.trunks);
    const MediaSettings& media = config.media;
    text += fmt::format("\n[media]\nbind = {}\n", toml_quoted(media.bind));
    if (!media.advertise.empty())
        text += fmt::format("advertise = {}\n", toml_quoted(media.advertise));
    text += fmt::format(
        "port_min = {}\nport_max = {}\nsilence_timeout = {}\nthreads = {}\n"
        "comfort_noise = {}\n",
        media.port_min, media.port_max, toml_quoted(format_duration(media.silence_timeout)),
        media.threads, media.comfort_noise);
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
