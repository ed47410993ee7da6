#include "campaigns/contact_columns.h"

#include <algorithm>
#include <array>

#include "base/nearest_name.h"
#include "campaigns/cell_text.h"

namespace bellwether::campaigns {
namespace {

// Fields by their place in kFieldNames. phone2 and phone2_type follow each other, and so on to
// phone9.
enum Field : std::size_t {
    kPhone,
    kExternalId,
    kFirstName,
    kLastName,
    kLanguage,
    kPhoneCode,
    kPriority,
    kMorePhones,
    kPhoneType,
    kPhone2,
};
constexpr std::array<std::string_view, 25> kFieldNames{
    "phone",       "external_id", "first_name",  "last_name",   "language",
    "phone_code",  "priority",    "more_phones", "phone_type",  "phone2",
    "phone2_type", "phone3",      "phone3_type", "phone4",      "phone4_type",
    "phone5",      "phone5_type", "phone6",      "phone6_type", "phone7",
    "phone7_type", "phone8",      "phone8_type", "phone9",      "phone9_type"};
constexpr std::size_t kFields = kFieldNames.size();
constexpr std::size_t kNumberDigitsMin = 5;  // a cell with so many digits is a number, not a name

struct Alias {
    std::string_view name;
    std::size_t field;
};
constexpr std::array<Alias, 8> kAliases{{{"phone_number", kPhone},
                                         {"number", kPhone},
                                         {"telephone", kPhone},
                                         {"msisdn", kPhone},
                                         {"vendor_lead_code", kExternalId},
                                         {"alt_phone", kPhone2},
                                         {"rank", kPriority},
                                         {"multi_alt_entries", kMorePhones}}};
constexpr std::array<std::string_view, 5> kPhoneNames{"phone", "phone_number", "number",
                                                      "telephone", "msisdn"};

/// The form in which names are compared: "First Name" and "first-name" are first_name.
std::string folded(std::string_view name) {
    std::string text = lower_case(trimmed(name));
    for (char& c : text) {
        if (c == ' ' || c == '-') c = '_';
    }
    return text;
}

bool looks_like_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return static_cast<std::size_t>(std::ranges::count_if(text, is_digit)) >= kNumberDigitsMin;
}

class HeaderReader {
public:
    explicit HeaderReader(std::span<const std::string_view> header) : header_{header} {
        for (const std::string_view name : header) names_.push_back(folded(name));
    }

    Result<ContactColumns> read(std::span<const ColumnChoice> choices) {
        if (std::ranges::any_of(header_, looks_like_number)) {
            return fail(
                Errc::InvalidInput,
                "the first row looks like a contact, not like column names; put a row of column "
                "names above it, one of them 'phone'");
        }
        check_names();
        for (const ColumnChoice& choice : choices) take_choice(choice);
        for (std::size_t i = 0; i < names_.size(); ++i) take_by_name(i);
        if (!column_of_[kPhone]) report_missing_phone();
        if (!problems_.empty()) return fail(Errc::InvalidInput, problems_);
        return columns();
    }

private:
    void report(const std::string& problem) {
        if (!problems_.empty()) problems_ += "; ";
        problems_ += problem;
    }

    static std::string column_text(std::size_t column) {
        return "column " + std::to_string(column + 1);
    }

    void check_names() {
        if (std::ranges::all_of(names_, [](const std::string& name) { return name.empty(); })) {
            return;  // said once, as the missing phone column
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i].empty()) report(column_text(i) + " has no name; name it or remove it");
            const auto earlier =
                std::find(names_.begin(), names_.begin() + difference(i), names_[i]);
            if (names_[i].empty() || earlier == names_.begin() + difference(i)) continue;
            report("columns " + std::to_string(earlier - names_.begin() + 1) + " and " +
                   std::to_string(i + 1) + " are both named '" + names_[i] + "'; rename one");
        }
    }

    static std::ptrdiff_t difference(std::size_t index) {
        return static_cast<std::ptrdiff_t>(index);
    }

    void take_choice(const ColumnChoice& choice) {
        const auto field = std::ranges::find(kFieldNames, std::string_view{choice.field});
        if (field == kFieldNames.end()) {
            const auto nearest = nearest_name(choice.field, kFieldNames);
            report("the mapping names a field '" + choice.field + "' that does not exist" +
                   (nearest ? "; did you mean '" + std::string{*nearest} + "'?" : ""));
            return;
        }
        const auto column = std::ranges::find(names_, folded(choice.header));
        if (column == names_.end()) {
            report("the mapping names a column '" + choice.header +
                   "' that the file does not have" + suggestion(folded(choice.header)));
            return;
        }
        take(static_cast<std::size_t>(field - kFieldNames.begin()),
             static_cast<std::size_t>(column - names_.begin()));
        chosen_[static_cast<std::size_t>(field - kFieldNames.begin())] = true;
    }

    void take_by_name(std::size_t column) {
        if (std::ranges::find(column_of_, std::optional{column}) != column_of_.end()) return;
        const auto field = field_named(names_[column]);
        if (field && !chosen_[*field]) take(*field, column);
    }

    static std::optional<std::size_t> field_named(std::string_view name) {
        const auto own = std::ranges::find(kFieldNames, name);
        if (own != kFieldNames.end()) return static_cast<std::size_t>(own - kFieldNames.begin());
        const auto alias = std::ranges::find(kAliases, name, &Alias::name);
        return alias == kAliases.end() ? std::nullopt : std::optional{alias->field};
    }

    void take(std::size_t field, std::size_t column) {
        auto& taken = column_of_[field];
        if (taken && names_[*taken] != names_[column]) {
            report("columns " + std::to_string(*taken + 1) + " and " + std::to_string(column + 1) +
                   " both stand for " + std::string{kFieldNames[field]} +
                   "; rename one, or choose with a mapping");
        }
        if (!taken) taken = column;
    }

    /// "; column 2 is 'phnoe'…": only names that come near a wanted one are repeated.
    void report_missing_phone() {
        std::string text = "no column holds the phone number; name it 'phone'";
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto nearest = nearest_name(names_[i], kPhoneNames);
            if (!nearest) continue;
            text += " (is " + column_text(i) + ", '" + names_[i] + "', meant as '" +
                    std::string{*nearest} + "'?)";
            break;
        }
        report(text);
    }

    std::string suggestion(std::string_view wanted) const {
        const std::vector<std::string_view> names(names_.begin(), names_.end());
        const auto nearest = nearest_name(wanted, names);
        return nearest ? "; did you mean '" + std::string{*nearest} + "'?" : "";
    }

    ContactColumns columns() const {
        ContactColumns columns{.phone = *column_of_[kPhone],
                               .phone_type = column_of_[kPhoneType],
                               .other_phones = {},
                               .more_phones = column_of_[kMorePhones],
                               .phone_code = column_of_[kPhoneCode],
                               .priority = column_of_[kPriority],
                               .external_id = column_of_[kExternalId],
                               .first_name = column_of_[kFirstName],
                               .last_name = column_of_[kLastName],
                               .language = column_of_[kLanguage],
                               .extra = {},
                               .count = names_.size()};
        for (std::size_t field = kPhone2; field < kFields; field += 2) {
            if (column_of_[field])
                columns.other_phones.push_back({*column_of_[field], column_of_[field + 1]});
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (std::ranges::find(column_of_, std::optional{i}) != column_of_.end()) continue;
            columns.extra.push_back({.column = i, .name = std::string{trimmed(header_[i])}});
        }
        return columns;
    }

    std::span<const std::string_view> header_;
    std::vector<std::string> names_;  // folded
    std::array<std::optional<std::size_t>, kFields> column_of_;
    std::array<bool, kFields> chosen_{};
    std::string problems_;
};

}  // namespace

std::span<const std::string_view> contact_fields() { return kFieldNames; }

Result<ContactColumns> read_contact_header(std::span<const std::string_view> header,
                                           std::span<const ColumnChoice> choices) {
    return HeaderReader{header}.read(choices);
}

}  // namespace bellwether::campaigns
