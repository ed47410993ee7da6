#include "campaigns/list_layout.h"

#include <algorithm>
#include <array>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns {
namespace {

// VICIdial's `standard` order, without a heading. Behind it stand rank and owner
// (`stdrankowner`), or packed alternate numbers, or both.
// Source: VICIDIAL_IN_new_leads_file.pl, --help, of VICIdial 2.4.
constexpr std::array<std::string_view, 26> kVicidialOrder{"vendor_lead_code",
                                                          "source_id",
                                                          "list_id",
                                                          "phone_code",
                                                          "phone_number",
                                                          "title",
                                                          "first_name",
                                                          "middle_initial",
                                                          "last_name",
                                                          "address1",
                                                          "address2",
                                                          "address3",
                                                          "city",
                                                          "state",
                                                          "province",
                                                          "postal_code",
                                                          "country",
                                                          "gender",
                                                          "date_of_birth",
                                                          "alt_phone",
                                                          "email",
                                                          "security_phrase",
                                                          "comments",
                                                          "called_count",
                                                          "status",
                                                          "entry_date"};
constexpr std::size_t kVicidialColumnsMin = 5;  // up to the phone number
constexpr std::size_t kWithAlternates = 1;
constexpr std::size_t kWithRankAndOwner = 2;

using Names = std::vector<std::string>;

std::vector<std::string_view> views_of(const Names& names) { return {names.begin(), names.end()}; }

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<LayoutColumns> with_names(Names names, std::span<const ColumnChoice> choices) {
    auto columns = read_contact_header(views_of(names), choices);
    if (!columns) return tl::unexpected<Error>{columns.error()};
    return LayoutColumns{*std::move(columns), std::move(names), true};
}

Result<LayoutColumns> by_number(std::size_t count, std::span<const ColumnChoice> choices) {
    std::vector<ColumnChoice> named;
    for (const ColumnChoice& choice : choices) {
        const std::string_view number = trimmed(choice.header);
        if (!is_number(number)) {
            return fail(Errc::InvalidInput,
                        "a file without a heading has its columns by number: map '" + choice.field +
                            "' to a number from 1 to " + std::to_string(count));
        }
        named.push_back({choice.field, "column_" + std::string{number}});
    }
    if (std::ranges::find(choices, "phone", &ColumnChoice::field) == choices.end()) {
        return fail(Errc::InvalidInput,
                    "a file without a heading must be told which column is the phone, as in "
                    "phone=1");
    }
    Names names;
    for (std::size_t i = 1; i <= count; ++i) names.push_back("column_" + std::to_string(i));
    return with_names(std::move(names), named);
}

Result<LayoutColumns> in_vicidials_order(std::size_t count, std::span<const ColumnChoice> choices) {
    Names names(kVicidialOrder.begin(), kVicidialOrder.end());
    const std::size_t more = count > names.size() ? count - names.size() : 0;
    if (count < kVicidialColumnsMin || more > kWithRankAndOwner + kWithAlternates) {
        return fail(Errc::InvalidInput,
                    "the first row has " + std::to_string(count) +
                        " columns, and VICIdial's standard order has 5 to 29: is the delimiter "
                        "right?");
    }
    if (more >= kWithRankAndOwner) names.insert(names.end(), {"rank", "owner"});
    if (more == kWithAlternates || more == kWithRankAndOwner + kWithAlternates)
        names.emplace_back("multi_alt_entries");
    names.resize(count);
    return with_names(std::move(names), choices);
}

/// A file in VICIdial's order to which somebody gave a heading after all.
bool has_vicidials_heading(std::span<const std::string_view> fields) {
    return std::ranges::any_of(fields, [](std::string_view field) {
        return lower_case(trimmed(field)) == "phone_number";
    });
}

}  // namespace

Result<LayoutColumns> read_first_row(std::span<const std::string_view> fields,
                                     const ListLayout& layout) {
    if (layout.is_vicidial && !has_vicidials_heading(fields))
        return in_vicidials_order(fields.size(), layout.columns);
    if (!layout.has_heading && !layout.is_vicidial) return by_number(fields.size(), layout.columns);
    auto columns = read_contact_header(fields, layout.columns);
    if (!columns) return tl::unexpected<Error>{columns.error()};
    return LayoutColumns{*std::move(columns), Names(fields.begin(), fields.end()), false};
}

}  // namespace bellwether::campaigns
