#include "dialer/app/sim/call_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

namespace {

/// Columns as VICIdial's Call Export names them; dial_time stands in its EXTENDED form alone.
/// VDAD and VDCL are its users for calls that no agent had (field study of its schema).
CallMapping vicidial() {
    CallMapping mapping;
    mapping.called_at = "call_date";
    mapping.outcome = "status";
    mapping.ring_s = "dial_time";
    mapping.talk_s = "length_in_sec";
    mapping.agent = "user";
    mapping.nobody = {"VDAD", "VDCL"};
    mapping.agents_words_mean_connected = true;
    return mapping;
}

void read_columns(TomlReader& table, CallMapping& mapping) {
    const std::array<std::pair<const char*, std::string*>, 6> columns{
        {{"called_at", &mapping.called_at},
         {"outcome", &mapping.outcome},
         {"ring_s", &mapping.ring_s},
         {"talk_s", &mapping.talk_s},
         {"wrap_s", &mapping.wrap_s},
         {"agent", &mapping.agent}}};
    for (const auto& [name, heading] : columns) table.text(name, *heading);
}

void read_outcomes(TomlReader& table, CallMapping& mapping) {
    table.remaining([&](const std::string& word, const std::string& meaning, int line) {
        const auto outcome = parse_outcome(meaning);
        if (!outcome) return table.problem_at(line, "outcomes: " + outcome.error().detail);
        mapping.outcomes[word_key(word)] = *outcome;
    });
}

}  // namespace

std::string word_key(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    std::string key{text};
    std::ranges::transform(key, key.begin(), [](char c) {
        return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return key;
}

std::optional<campaigns::Outcome> CallMapping::outcome_of(const std::string& word,
                                                          bool has_agent) const {
    const auto mapped = outcomes.find(word_key(word));
    if (mapped != outcomes.end()) return mapped->second;
    if (const auto known = parse_outcome(word_key(word))) return *known;
    if (has_agent && agents_words_mean_connected) return campaigns::Outcome::Connected;
    return std::nullopt;
}

bool CallMapping::is_nobody(const std::string& agent_text) const {
    const std::string key = word_key(agent_text);
    return key.empty() || nobody.contains(key);
}

Result<CallMapping> preset_mapping(std::string_view name) {
    if (word_key(name) == "VICIDIAL") return vicidial();
    return fail(Errc::NotFound, fmt::format("there is no preset \"{}\": there is vicidial", name));
}

Checked<CallMapping> parse_mapping(std::string_view text, const std::string& file) {
    const auto tree = parse_toml(text, file);
    if (!tree) return tl::unexpected(tree.error());
    Problems problems;
    CallMapping mapping;
    TomlReader top(*tree, "", file, problems);
    top.section("columns", [&](TomlReader& table) { read_columns(table, mapping); });
    top.section("outcomes", [&](TomlReader& table) { read_outcomes(table, mapping); });
    std::vector<std::string> nobody;
    top.texts("nobody", nobody);
    for (const auto& word : nobody) mapping.nobody.insert(word_key(word));
    top.finish();
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return mapping;
}

}  // namespace bellwether::app
