#include "campaigns/form/interview_state.h"

#include <algorithm>
#include <charconv>

namespace bellwether::campaigns::form {
namespace {

bool before(const Mark& mark, const ItemId& item) { return mark.item < item; }

/// `name[12]` as its parts; the number is 0 if there are no brackets; none: malformed.
std::optional<std::pair<std::string_view, std::uint16_t>> name_and_index(std::string_view part) {
    const auto open = part.find('[');
    if (open == std::string_view::npos) return std::pair{part, std::uint16_t{0}};
    if (!part.ends_with(']')) return std::nullopt;
    const std::string_view digits = part.substr(open + 1, part.size() - open - 2);
    std::uint16_t index = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc{} || end != digits.data() + digits.size() || index == 0) {
        return std::nullopt;
    }
    return std::pair{part.substr(0, open), index};
}

}  // namespace

std::string key_of(const Form& form, const ItemId& item) {
    std::string key;
    const auto repeats = repeats_of(form, item.row);
    for (std::size_t i = 0; i < repeats.size() && i < item.instance.size(); ++i) {
        key += form.rows[repeats[i]].name + '[' + std::to_string(item.instance[i]) + "]/";
    }
    key += form.rows[item.row].name;
    if (item.instance.size() > repeats.size())
        key += '[' + std::to_string(item.instance.back()) + ']';
    return key;
}

std::optional<ItemId> item_of(const Form& form, std::string_view key) {
    ItemId item;
    std::vector<RowIndex> named;
    while (true) {
        const auto slash = std::min(key.find('/'), key.size());
        const auto part = name_and_index(key.substr(0, slash));
        if (!part) return std::nullopt;
        item.row = find_row(form, part->first);
        if (item.row == kNoRow) return std::nullopt;
        if (part->second > 0) item.instance.push_back(part->second);
        if (slash == key.size()) break;
        if (part->second == 0) return std::nullopt;
        named.push_back(item.row);
        key.remove_prefix(slash + 1);
    }
    if (repeats_of(form, item.row) != named) return std::nullopt;
    const bool own_index = item.instance.size() > named.size();
    const bool is_repeat = form.rows[item.row].type == RowType::Repeat;
    return own_index == is_repeat ? std::optional{item} : std::nullopt;
}

const Mark* find_mark(const Answers& answers, const ItemId& item) {
    const auto at = std::lower_bound(answers.marks.begin(), answers.marks.end(), item, before);
    return at != answers.marks.end() && at->item == item ? &*at : nullptr;
}

void put_mark(Answers& answers, Mark mark) {
    const auto at = std::lower_bound(answers.marks.begin(), answers.marks.end(), mark.item, before);
    if (at != answers.marks.end() && at->item == mark.item) {
        *at = std::move(mark);
    } else {
        answers.marks.insert(at, std::move(mark));
    }
}

}  // namespace bellwether::campaigns::form
