#include "dialer/store/contact_columns.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/check.h"

namespace bellwether::store {

namespace {

constexpr std::array<std::string_view, 4> kOwnColumns{"external_id", "first_name", "last_name",
                                                      "language"};

/// A value of the JSON object as text; what is no text is written as JSON.
std::string text_of(const nlohmann::json& object, const std::string& name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace

ContactColumns::ContactColumns(Database& database)
    : contact_{database,
               "SELECT external_id, first_name, last_name, language, extra FROM contacts "
               "WHERE id = ?"} {}

std::vector<campaigns::form::NamedText> ContactColumns::of(ContactId contact,
                                                           const std::vector<std::string>& names) {
    std::vector<campaigns::form::NamedText> columns;
    BW_CHECK(contact_.bind(contact).step());
    constexpr int kExtra = 4;
    const auto extra = nlohmann::json::parse(contact_.get<std::string>(kExtra), nullptr, false);
    const auto value = [&](const std::string& name) -> std::string {
        const auto own = std::ranges::find(kOwnColumns, name);
        if (own != kOwnColumns.end())
            return contact_.get<std::string>(static_cast<int>(own - kOwnColumns.begin()));
        return extra.is_object() ? text_of(extra, name) : std::string{};
    };
    columns.push_back({"language", value("language")});
    for (const std::string& name : names) {
        if (name != "language") columns.push_back({name, value(name)});
    }
    contact_.reset();
    return columns;
}

std::string column_sql(const std::string& name) {
    if (std::ranges::find(kOwnColumns, name) != kOwnColumns.end()) return "c." + name;
    std::string path;
    for (const char c : name) {
        if (c == '"' || c == '\\') path += '\\';
        path += c;
        if (c == '\'') path += c;
    }
    return "ifnull(CAST(json_extract(c.extra, '$.\"" + path + "\"') AS TEXT), '')";
}

}  // namespace bellwether::store
