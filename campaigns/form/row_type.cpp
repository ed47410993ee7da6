#include "campaigns/form/row_type.h"

#include <algorithm>
#include <array>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns::form {
namespace {

struct TypeName {
    std::string_view name;
    RowType type;
};

constexpr std::array<TypeName, 17> kPlainTypes{{{"note", RowType::Note},
                                                {"integer", RowType::Integer},
                                                {"int", RowType::Integer},
                                                {"decimal", RowType::Decimal},
                                                {"range", RowType::Range},
                                                {"rating", RowType::Range},
                                                {"date", RowType::Date},
                                                {"time", RowType::Time},
                                                {"text", RowType::Text},
                                                {"audio", RowType::Audio},
                                                {"calculate", RowType::Calculate},
                                                {"start", RowType::Start},
                                                {"end", RowType::End},
                                                {"today", RowType::Today},
                                                {"deviceid", RowType::DeviceId},
                                                {"username", RowType::UserName},
                                                {"phonenumber", RowType::PhoneNumber}}};

constexpr std::array<TypeName, 6> kSelects{{{"select_one ", RowType::SelectOne},
                                            {"select one ", RowType::SelectOne},
                                            {"select1 ", RowType::SelectOne},
                                            {"select_multiple ", RowType::SelectMultiple},
                                            {"select multiple ", RowType::SelectMultiple},
                                            {"select all that apply ", RowType::SelectMultiple}}};

struct Bracket {
    std::string_view name;
    TypeCell cell;
};

const std::array<Bracket, 10>& brackets() {
    using Kind = TypeCell::Kind;
    static const std::array<Bracket, 10> kBrackets{{
        {"begin_group", {Kind::Row, RowType::Group, {}}},
        {"begin group", {Kind::Row, RowType::Group, {}}},
        {"end_group", {Kind::EndGroup, RowType::Group, {}}},
        {"end group", {Kind::EndGroup, RowType::Group, {}}},
        {"begin_repeat", {Kind::Row, RowType::Repeat, {}}},
        {"begin repeat", {Kind::Row, RowType::Repeat, {}}},
        {"looped group", {Kind::Row, RowType::Repeat, {}}},
        {"lgroup", {Kind::Row, RowType::Repeat, {}}},
        {"end_repeat", {Kind::EndRepeat, RowType::Repeat, {}}},
        {"end repeat", {Kind::EndRepeat, RowType::Repeat, {}}},
    }};
    return kBrackets;
}

tl::expected<TypeCell, TypeFault> read_select(RowType type, std::string_view rest) {
    auto words = words_of(rest);
    if (words.size() > 1 && lower_case(words.front()) == "from") words.erase(words.begin());
    if (words.size() == 2 &&
        (lower_case(words[1]) == "or_other" || lower_case(words[1]) == "or_specify_other")) {
        return tl::unexpected{
            TypeFault{"or_other is not known here",
                      "add a choice 'other', and a text question that is relevant "
                      "when it is chosen"}};
    }
    if (words.size() != 1) {
        return tl::unexpected{TypeFault{"a select needs the name of one list, and nothing else",
                                        "write select_one LIST or select_multiple LIST"}};
    }
    return TypeCell{.kind = TypeCell::Kind::Row, .type = type, .list = std::string{words.front()}};
}

}  // namespace

tl::expected<TypeCell, TypeFault> read_type(std::string_view cell) {
    const std::string lowered = lower_case(cell);
    std::string name;
    for (const std::string_view word : words_of(lowered)) {
        name += (name.empty() ? "" : " ") + std::string{word};
    }
    if (name.empty()) {
        return tl::unexpected{TypeFault{"the type is missing", "name the type of the question"}};
    }
    const auto plain = std::ranges::find(kPlainTypes, std::string_view{name}, &TypeName::name);
    if (plain != kPlainTypes.end()) return TypeCell{.type = plain->type, .list = {}};
    const auto bracket = std::ranges::find(brackets(), std::string_view{name}, &Bracket::name);
    if (bracket != brackets().end()) return bracket->cell;
    const std::string spaced = name + ' ';
    for (const TypeName& select : kSelects) {
        if (!spaced.starts_with(select.name)) continue;
        // The list's name as it was written: its words are the last ones of the cell.
        auto words = words_of(cell);
        const auto skipped = words_of(select.name).size();
        std::string rest;
        for (std::size_t i = skipped; i < words.size(); ++i) rest += std::string{words[i]} + ' ';
        return read_select(select.type, rest);
    }
    return tl::unexpected{TypeFault{
        "the type '" + std::string{cell.substr(0, 64)} + "' is not known here",
        "use note, select_one, select_multiple, integer, decimal, range, date, time, text, "
        "audio, calculate, begin_group or begin_repeat"}};
}

std::vector<std::pair<std::string, std::string>> read_parameters(std::string_view cell) {
    std::string spaced{cell};
    std::ranges::replace_if(
        spaced, [](char c) { return c == ',' || c == ';'; }, ' ');
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string_view word : words_of(spaced)) {
        const auto equals = std::min(word.find('='), word.size());
        pairs.emplace_back(lower_case(word.substr(0, equals)),
                           std::string{word.substr(std::min(equals + 1, word.size()))});
    }
    return pairs;
}

}  // namespace bellwether::campaigns::form
