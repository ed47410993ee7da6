#include "dialer/app/reports/list_layout_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/nearest_name.h"
#include "campaigns/delimiter.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

namespace {

using campaigns::TextEncoding;

constexpr const char* kVicidial = "vicidial";
constexpr std::array kMembers{"columns", "delimiter", "encoding", "heading", "preset", "region"};

Result<TextEncoding> read_encoding(const std::string& word) {
    const std::string upper = TomlReader::enum_spelling(word);
    if (word.empty() || upper == "UTF8") return TextEncoding::Utf8;
    if (upper == "LATIN1" || upper == "ISO_8859_1") return TextEncoding::Latin1;
    if (upper == "CP1252" || upper == "ANSI") return TextEncoding::Windows1252;
    if (const auto encoding = enum_from_name<TextEncoding>(upper)) return *encoding;
    return fail(Errc::InvalidInput,
                "encoding: " + TomlReader::not_one_of(word, {"utf-8", "latin-1", "windows-1252"}));
}

Result<std::optional<char>> read_delimiter(const std::string& word) {
    if (word.empty() || word == "auto") return std::optional<char>{};
    if (const auto delimiter = campaigns::delimiter_named(word)) return delimiter;
    return fail(Errc::InvalidInput,
                "delimiter: " +
                    TomlReader::not_one_of(word, {"auto", "comma", "semicolon", "tab", "pipe"}));
}

Result<std::vector<campaigns::ColumnChoice>> read_columns(const Json& json) {
    std::vector<campaigns::ColumnChoice> columns;
    const auto map = json.find("columns");
    if (map == json.end() || map->is_null()) return columns;
    if (!map->is_object())
        return fail(Errc::InvalidInput, "`columns` must be an object of field to heading");
    for (const auto& [field, header] : map->items()) {
        if (!header.is_string())
            return fail(Errc::InvalidInput, "`columns` must map each field to a heading");
        const auto fields = campaigns::contact_fields();
        if (std::ranges::find(fields, std::string_view{field}) == fields.end()) {
            const auto near = nearest_name(field, fields);
            return fail(Errc::InvalidInput,
                        fmt::format("the mapping names a field '{}' that does not exist{}", field,
                                    near ? fmt::format("; did you mean '{}'?", *near) : ""));
        }
        columns.push_back({field, header.get<std::string>()});
    }
    return columns;
}

Result<Json> saved_layout(const store::Store& store, const std::string& name) {
    if (name.empty()) return Json::object();
    const auto maps = store.list_maps();
    if (!maps) return tl::unexpected(maps.error());
    const auto found = std::ranges::find(*maps, name, &store::ListMap::name);
    if (found != maps->end()) return Json::parse(found->layout);
    if (name == kVicidial) return Json{{"preset", kVicidial}};
    std::vector<std::string_view> names{kVicidial};
    for (const auto& map : *maps) names.push_back(map.name);
    const auto near = nearest_name(name, names);
    return fail(Errc::NotFound,
                fmt::format("there is no mapping \"{}\"{}: 'bellwether list map list' shows them",
                            name, near ? fmt::format(", did you mean {}?", *near) : ""));
}

}  // namespace

Json layout_members(const Json& body) {
    Json layout = Json::object();
    for (const char* member : kMembers) {
        const auto found = body.find(member);
        if (found == body.end() || found->is_null() || *found == "") continue;
        if (found->is_object() && found->empty()) continue;
        layout[member] = *found;
    }
    return layout;
}

Result<campaigns::ListLayout> read_layout(const Json& json) {
    campaigns::ListLayout layout;
    const auto delimiter = read_delimiter(text_member(json, "delimiter"));
    if (!delimiter) return tl::unexpected(delimiter.error());
    const auto encoding = read_encoding(text_member(json, "encoding"));
    if (!encoding) return tl::unexpected(encoding.error());
    auto columns = read_columns(json);
    if (!columns) return tl::unexpected(columns.error());
    const std::string preset = text_member(json, "preset");
    if (!preset.empty() && preset != kVicidial)
        return fail(Errc::InvalidInput, "preset: " + TomlReader::not_one_of(preset, {kVicidial}));
    const auto heading = json.find("heading");
    layout.delimiter = *delimiter;
    layout.encoding = *encoding;
    layout.columns = *std::move(columns);
    layout.is_vicidial = preset == kVicidial;
    layout.has_heading = heading == json.end() || !heading->is_boolean() || heading->get<bool>();
    return layout;
}

Result<Json> resolve_layout(const store::Store& store, const Json& body) {
    auto layout = saved_layout(store, text_member(body, "map"));
    if (!layout) return layout;
    const Json own = layout_members(body);
    for (const auto& [member, value] : own.items()) {
        if (member == "columns" && value.is_object()) {
            (*layout)["columns"].update(value);
        } else {
            (*layout)[member] = value;
        }
    }
    return layout;
}

}  // namespace bellwether::app
