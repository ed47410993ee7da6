// What others ask of an interview: its path, its answers, and what the interviewer's page shows.

#include <algorithm>
#include <map>

#include "campaigns/form/interview.h"
#include "campaigns/form/keys.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kReadOutMax = 6;  // choices; source: research/surveys.md 7, Styling

bool reads_choices(const Row& row, std::size_t count) {
    if (row.appearance.find("spontaneous") != std::string::npos) return false;
    return count <= kReadOutMax || row.appearance.find("read-out") != std::string::npos;
}

std::vector<CurrentItem::Offer> offers(const Form& form, const Picture& picture,
                                       const ItemId& item) {
    const Row& row = form.rows[item.row];
    std::vector<CurrentItem::Offer> out;
    if (!is_select(row.type)) return out;
    const auto presented = picture.presented(item);
    const auto keys = keys_of(form, row, presented);
    const bool reads = reads_choices(row, presented.size());
    for (std::size_t i = 0; i < presented.size(); ++i) {
        const Choice& choice = form.lists[row.list].choices[presented[i]];
        out.push_back({.key = keys[i],
                       .name = choice.name,
                       .label = in_language(form, choice.label, picture.language()),
                       .read_out = reads && choice.missing.empty()});
    }
    return out;
}

}  // namespace

std::vector<std::string> path_of(const Form& form, const InterviewState& state) {
    std::vector<std::string> path;
    const bool cut_short =
        state.end && state.end->cause != EndCause::LastItem && state.end->cause != EndCause::Note &&
        state.end->cause != EndCause::Quota && state.end->cause != EndCause::TimeLimit;
    for (const Picture::Item& item : Picture{form, state.answers}.items()) {
        const bool at_hand = cut_short && item.id == state.item;
        if (!item.asks_for_instance && (item.settled || at_hand))
            path.push_back(key_of(form, item.id));
    }
    return path;
}

std::vector<NamedText> answers_of(const Form& form, const InterviewState& state) {
    const Picture picture{form, state.answers};
    std::map<ItemId, std::string> values;
    for (const Mark& mark : state.answers.marks) {
        const Row& row = form.rows[mark.item.row];
        if (row.type == RowType::Note || row.type == RowType::Repeat) continue;
        std::string value = picture.value(mark.item);
        if (!value.empty()) values[mark.item] = std::move(value);
    }
    for (auto& [item, value] : picture.calculations()) values[item] = std::move(value);
    std::vector<NamedText> answers;
    for (auto& [item, value] : values) answers.push_back({key_of(form, item), std::move(value)});
    return answers;
}

std::optional<CurrentItem> current(const Form& form, const InterviewState& state) {
    if (state.phase == Phase::Ended || state.item.row >= form.rows.size()) return std::nullopt;
    const bool keypad_is_next =
        state.phase == Phase::Handover && state.answers.facts.mode == Mode::Interviewer;
    if (keypad_is_next) return std::nullopt;
    const Picture picture{form, state.answers};
    const Row& row = form.rows[state.item.row];
    if (!picture.is_relevant(state.item)) return std::nullopt;
    CurrentItem item{
        .key = key_of(form, state.item),
        .type = row.type,
        .text = picture.filled(state.item, in_language(form, row.label, picture.language())),
        .hint = in_language(form, row.hint, picture.language()),
        .probe = in_language(form, row.guidance_hint, picture.language()),
        .choices = offers(form, picture, state.item)};
    item.required = picture.is_required(state.item);
    item.value = picture.value(state.item);
    item.language = form.languages[picture.language()];
    for (const Picture::Item& each : picture.items()) {
        const bool asks = each.asks_for_instance || is_question(form.rows[each.id.row]);
        if (asks) ++(each.settled ? item.settled : item.open);
    }
    if (row.type == RowType::Repeat && item.text.empty()) {
        item.text = built_in(BuiltIn::Another, item.language);
    }
    return item;
}

}  // namespace bellwether::campaigns::form
