#include "dialer/app/policy/pack_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "compliance/packs/shipped_packs.h"
#include "compliance/policy/policy_set.h"
#include "compliance/policy/text_forms.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/policy/pack_rule.h"

namespace bellwether::app {

namespace {

using compliance::policy::Pack;

constexpr std::size_t kPackBytesMax = std::size_t{1} << 18;

void read_head(TomlReader& reader, Pack& pack) {
    reader.require("id", "id = \"us-fl\"");
    reader.text("id", pack.id);
    reader.require("version", "version = \"2026.11.1\"");
    reader.text("version", pack.version);
    reader.require("status", "status = \"draft\"");
    read_word(reader, "status", pack.status);
    reader.texts("extends", pack.extends);
    reader.text("reviewed_by", pack.reviewed_by);
    reader.date("review_until", pack.review_until);
}

void read_applies(TomlReader& reader, Pack& pack) {
    reader.texts("region_any", pack.applies.regions);
    read_words(reader, "purpose", pack.applies.purposes);
}

}  // namespace

Checked<Pack> parse_pack(std::string_view toml, const std::string& file) {
    const auto table = parse_toml(toml, file);
    if (!table) return tl::unexpected{table.error()};
    Problems problems;
    Pack pack;
    std::vector<int> lines;
    TomlReader top(*table, "", file, problems);
    top.require("pack", "[pack] with id, version and status");
    top.section("pack", [&](TomlReader& reader) { read_head(reader, pack); });
    top.section("applies", [&](TomlReader& reader) { read_applies(reader, pack); });
    top.sections("rule", [&](TomlReader& reader) {
        lines.push_back(reader.line_of("kind"));
        pack.rules.push_back(read_rule(reader));
    });
    top.finish();
    if (problems.empty()) {
        for (const auto& fault : check(pack)) {
            const int line = fault.rule ? lines[*fault.rule] : top.line_of("pack");
            const std::string name = fault.rule ? pack.rules[*fault.rule].id : pack.id;
            problems.push_back({file, line, fmt::format("{}: {}", name, fault.text)});
        }
    }
    if (!problems.empty()) return tl::unexpected{std::move(problems)};
    return pack;
}

Checked<void> PackShelf::add(std::string_view toml, const std::string& file) {
    auto pack = parse_pack(toml, file);
    if (!pack) return tl::unexpected{std::move(pack.error())};
    auto kept = std::make_shared<const Pack>(std::move(*pack));
    const auto same = std::find_if(packs_.begin(), packs_.end(),
                                   [&](const auto& other) { return other->id == kept->id; });
    if (same == packs_.end()) {
        packs_.push_back(std::move(kept));
    } else {
        *same = std::move(kept);
    }
    return {};
}

Checked<PackShelf> PackShelf::open(const std::filesystem::path& folder) {
    PackShelf shelf;
    for (const auto& shipped : compliance::shipped_packs()) {
        const auto added = shelf.add(shipped.toml, std::string{shipped.name} + ".toml (shipped)");
        if (!added) return tl::unexpected{added.error()};
    }
    std::error_code error;
    std::set<std::filesystem::path> files;
    if (!folder.empty()) {
        for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
            if (entry.path().extension() == ".toml") files.insert(entry.path());
        }
    }
    if (error) {
        return tl::unexpected{Problems{{folder.string(), 0, "cannot be read: " + error.message()}}};
    }
    for (const auto& file : files) {
        const auto text = read_file(file, kPackBytesMax);
        if (!text) return tl::unexpected{Problems{{file.string(), 0, text.error().detail}}};
        const auto added = shelf.add(*text, file.string());
        if (!added) return tl::unexpected{added.error()};
    }
    for (const auto& pack : shelf.packs_) shelf.by_id_.push_back(pack.get());
    std::sort(shelf.by_id_.begin(), shelf.by_id_.end(),
              [](const Pack* a, const Pack* b) { return a->id < b->id; });
    if (auto fault = compliance::policy::fault_together(shelf.by_id_); !fault.empty()) {
        return tl::unexpected{Problems{{folder.string(), 0, "the packs clash: " + fault}}};
    }
    return shelf;
}

std::vector<std::string> PackShelf::rule_zones() const {
    std::set<std::string> zones;
    for (const Pack* pack : by_id_) {
        for (const auto& rule : pack->rules) {
            const auto* window = std::get_if<compliance::policy::Window>(&rule.parameters);
            if (window != nullptr) {
                zones.insert(window->also_zones.begin(), window->also_zones.end());
            }
        }
    }
    return {zones.begin(), zones.end()};
}

}  // namespace bellwether::app
