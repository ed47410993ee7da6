// What others ask of an interview: its path, its answers, and what the interviewer's page shows.

#include <algorithm>
#include <map>

#include "campaigns/form/interview.h"
#include "campaigns/form/keys.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/probes.h"
#include "campaigns/form/reading_out.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

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

/// The rows that only the line asks may have a label for it alone.
const Template& text_of(const Form& form, const Row& row, std::size_t language) {
    const Template& label = in_language(form, row.label, language);
    return label.empty() ? in_language(form, row.label_ivr, language) : label;
}

/// Fields as they stand in ${…}, each once.
std::vector<std::string> missing_fields(const Picture& picture, const ItemId& item,
                                        const Template& text) {
    std::vector<std::string> fields;
    for (const TextPart& part : text) {
        if (part.reference.empty() || !picture.filled(item, {part}).empty()) continue;
        std::string name = part.reference.source;
        if (name.starts_with("${") && name.ends_with("}")) name = name.substr(2, name.size() - 3);
        if (std::ranges::find(fields, name) == fields.end()) fields.push_back(std::move(name));
    }
    return fields;
}

void show_text(const Form& form, const Picture& picture, const ItemId& id, CurrentItem& item) {
    const Template& text = text_of(form, form.rows[id.row], picture.language());
    item.text = picture.filled(id, text);
    item.missing = missing_fields(picture, id, text);
    if (!item.missing.empty()) item.as_written = source_of(text);
}

/// What helps the interviewer, and what he may do, at a question.
void show_aids(const Form& form, const Picture& picture, const ItemId& id, CurrentItem& item) {
    const Row& row = form.rows[id.row];
    item.help = in_language(form, row.help, picture.language());
    item.back = !row.line.no_back;
    const bool is_answered = is_question(row) && !row.read_only;
    if (!is_answered) return;
    item.probes = neutral_probes(form, picture.language());
    item.dont_know = row.line.dont_know;
    item.refuse = row.line.refuse;
    item.unusual_is_asked = !row.soft_constraint.empty();
    if (row.type == RowType::SelectMultiple)
        item.anything_else = built_in(BuiltIn::AnythingElse, form.languages[picture.language()]);
}

}  // namespace

bool has_heard_message(const InterviewState& state) { return state.asked && !state.note_cut; }

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

std::optional<NamedText> last_answer(const Form& form, const InterviewState& state) {
    const Picture picture{form, state.answers};
    std::optional<NamedText> last;
    for (const Picture::Item& each : picture.items()) {
        if (each.id == state.item) break;
        const Row& row = form.rows[each.id.row];
        const bool answered = each.settled && is_question(row) && row.line.interviewer;
        std::string value = answered ? picture.value(each.id) : std::string{};
        if (!value.empty()) last = {key_of(form, each.id), std::move(value)};
    }
    return last;
}

std::optional<CurrentItem> current(const Form& form, const InterviewState& state) {
    if (state.phase == Phase::Ended || state.item.row >= form.rows.size()) return std::nullopt;
    const bool keypad_is_next =
        state.phase == Phase::Handover && state.answers.facts.mode == Mode::Interviewer;
    if (keypad_is_next) return std::nullopt;
    const Picture picture{form, state.answers};
    const Row& row = form.rows[state.item.row];
    if (!picture.is_relevant(state.item)) return std::nullopt;
    CurrentItem item{.key = key_of(form, state.item),
                     .type = row.type,
                     .text = {},
                     .hint = in_language(form, row.hint, picture.language()),
                     .help = {},
                     .probe = in_language(form, row.guidance_hint, picture.language()),
                     .probes = {},
                     .anything_else = {},
                     .missing = {},
                     .as_written = {},
                     .choices = offers(form, picture, state.item)};
    show_text(form, picture, state.item, item);
    show_aids(form, picture, state.item, item);
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
