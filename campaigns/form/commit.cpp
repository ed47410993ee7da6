#include "campaigns/form/commit.h"

#include <algorithm>

#include "campaigns/cell_text.h"
#include "campaigns/form/picture.h"

namespace bellwether::campaigns::form {
namespace {

// AAPOR codes: research/surveys.md 1.11 and 4.2.
constexpr const char* kComplete = "1.1";
constexpr const char* kPartial = "1.2";
constexpr const char* kRefused = "2.112";
constexpr const char* kBreakOff = "2.12";
constexpr const char* kScreened = "4.70";

AnswerChange settled(const Form& form, const Mark& mark) {
    return {.kind = ChangeKind::Settle,
            .key = key_of(form, mark.item),
            .value = mark.value,
            .how = mark.how};
}

/// Keeps the values of once() calculations that are new.
void keep_once(const Form& form, Answers& answers, const Picture& picture,
               std::vector<AnswerChange>& changes) {
    for (KeptValue& kept : picture.once_values()) {
        const auto at = std::ranges::find(answers.kept, kept.item, &KeptValue::item);
        if (at != answers.kept.end()) continue;
        changes.push_back(
            {.kind = ChangeKind::Keep, .key = key_of(form, kept.item), .value = kept.value});
        answers.kept.push_back(std::move(kept));
    }
}

/// Takes back what is overtaken now. @return was there anything?
bool clear_once(const Form& form, Answers& answers, const Picture& picture,
                std::vector<AnswerChange>& changes) {
    const auto gone = picture.overtaken();
    for (const auto& [item, cause] : gone) {
        const auto mark = std::ranges::find(answers.marks, item, &Mark::item);
        changes.push_back({.kind = ChangeKind::Clear,
                           .key = key_of(form, item),
                           .value = mark->value,
                           .how = mark->how,
                           .cause = cause});
    }
    std::size_t next = 0;  // both lists are sorted by item
    std::erase_if(answers.marks, [&](const Mark& mark) {
        if (next == gone.size() || gone[next].first != mark.item) return false;
        ++next;
        return true;
    });
    return !gone.empty();
}

void clear_all(const Form& form, Answers& answers, std::vector<AnswerChange>& changes) {
    while (true) {
        const Picture picture{form, answers};
        if (clear_once(form, answers, picture, changes)) continue;
        return keep_once(form, answers, picture, changes);
    }
}

/// Could the row hold this answer? The questionnaire may have been changed between two attempts.
bool still_fits(const Form& form, RowIndex index, const StoredAnswer& stored) {
    const Row& row = form.rows[index];
    if (row.type >= RowType::Calculate && row.type != RowType::Repeat) return false;
    if (!is_select(row.type)) return true;
    return std::ranges::all_of(words_of(stored.value), [&](std::string_view name) {
        return find_choice(form, row, name) != nullptr;
    });
}

bool has_partial_row(const Form& form) {
    return form.partial_at != kNoRow || std::ranges::any_of(form.rows, [](const Row& row) {
               return row.disposition == Disposition::Partial;
           });
}

bool reached_partial(const Form& form, const Answers& answers) {
    if (has_partial_row(form)) {
        return std::ranges::any_of(answers.marks, [&](const Mark& mark) {
            return mark.item.row == form.partial_at ||
                   form.rows[mark.item.row].disposition == Disposition::Partial;
        });
    }
    // Half of what must be answered is; and something is, for a form may require nothing.
    const Picture picture{form, answers};
    std::size_t required = 0;
    std::size_t given = 0;
    std::size_t values = 0;
    for (const Picture::Item& item : picture.items()) {
        if (!is_question(form.rows[item.id.row])) continue;
        const Mark* mark = find_mark(answers, item.id);
        const bool has_value = mark != nullptr && !mark->value.empty();
        values += has_value ? 1 : 0;
        if (!picture.is_required(item.id)) continue;
        ++required;
        given += has_value ? 1 : 0;
    }
    return values > 0 && 2 * given >= required;
}

}  // namespace

std::vector<AnswerChange> commit(const Form& form, Answers& answers, Mark mark) {
    std::vector<AnswerChange> changes{settled(form, mark)};
    put_mark(answers, std::move(mark));
    clear_all(form, answers, changes);
    return changes;
}

std::vector<AnswerChange> clear_overtaken(const Form& form, Answers& answers) {
    std::vector<AnswerChange> changes;
    clear_all(form, answers, changes);
    return changes;
}

std::vector<AnswerChange> set_defaults(const Form& form, Answers& answers) {
    std::vector<AnswerChange> changes;
    const Picture picture{form, answers};
    for (RowIndex i = 0; i < form.rows.size(); ++i) {
        const ItemId item{.row = i, .instance = {}};
        const Expression& expression = form.rows[i].initial.expression;
        const auto known = std::ranges::find(answers.kept, item, &KeptValue::item);
        if (expression.empty() || known != answers.kept.end()) continue;
        std::string value = picture.default_of(i);
        changes.push_back({.kind = ChangeKind::Keep, .key = form.rows[i].name, .value = value});
        answers.kept.push_back({.item = item, .value = std::move(value)});
    }
    return changes;
}

std::string stored_language(const Form& form, std::span<const StoredAnswer> answers) {
    const auto knows = [&](const std::string& code) {
        return std::ranges::find(form.languages, code) != form.languages.end();
    };
    std::string answered;
    for (const StoredAnswer& stored : answers) {
        if (!knows(stored.value)) continue;
        if (stored.key == kLanguageKey) return stored.value;
        const bool asks = form.language_question != kNoRow &&
                          stored.key == form.rows[form.language_question].name;
        if (asks && !stored.kept) answered = stored.value;
    }
    return answered;
}

void restore(const Form& form, Answers& answers, std::span<const StoredAnswer> earlier) {
    std::string language = stored_language(form, earlier);
    if (!language.empty()) answers.facts.language = std::move(language);
    for (const StoredAnswer& stored : earlier) {
        // A default is kept for its row as a whole, whatever instances there are.
        auto item = item_of(form, stored.key);
        const RowIndex row = item ? item->row : find_row(form, stored.key);
        if (row == kNoRow) continue;
        if (!stored.kept) {
            if (item && still_fits(form, row, stored)) {
                put_mark(answers, {std::move(*item), stored.how, stored.value});
            }
            continue;
        }
        ItemId whole = item ? std::move(*item) : ItemId{.row = row, .instance = {}};
        answers.kept.push_back({.item = std::move(whole), .value = stored.value});
    }
}

InterviewEnd early_end(const Form& form, const Answers& answers, EndCause cause) {
    if (reached_partial(form, answers)) {
        return {.outcome = Outcome::Partial, .aapor = kPartial, .cause = cause};
    }
    return {.outcome = Outcome::Refused, .aapor = kBreakOff, .cause = cause};
}

std::optional<InterviewEnd> end_at_note(const Row& row) {
    const auto end = [&](Outcome outcome, const char* code) {
        return InterviewEnd{.outcome = outcome,
                            .aapor = row.aapor.empty() ? code : row.aapor,
                            .cause = EndCause::Note};
    };
    switch (row.type == RowType::Note ? row.disposition : Disposition::None) {
        case Disposition::Complete:
            return end(Outcome::Complete, kComplete);
        case Disposition::Screened:
            return end(Outcome::Screened, kScreened);
        case Disposition::Refused:
            return end(Outcome::Refused, kRefused);
        default:
            return std::nullopt;
    }
}

}  // namespace bellwether::campaigns::form
