#include "campaigns/form/simulate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/rng.h"
#include "campaigns/form/interview.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/speech.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

constexpr double kCharactersPerSecond = 14;  // read aloud; source: research/surveys.md 2.5
constexpr double kResponseSeconds = 3;       // the same
constexpr int kItemsMax = 1000;
constexpr int kTriesMax = 6;  // draws before a question is left open
// Cells looked at in all, each choice behind a filter being one: seconds on a machine of 2020.
constexpr std::size_t kCellsMax = 2'000'000;

// Numbers that constraints of real questionnaires let through somewhere.
constexpr std::array<std::string_view, 16> kNumbers{
    "0", "1", "2", "3", "4", "5", "7", "10", "18", "20", "35", "50", "70", "100", "1000", "2026"};

/// Cells that are looked at for an item, as many instances as there are by now.
std::size_t cells_of(const Form& form, const Answers& answers) {
    const Picture picture{form, answers};
    std::size_t cells = 0;
    for (RowIndex row = 0; row < form.rows.size(); ++row) {
        const bool filtered = !form.rows[row].choice_filter.empty();
        const std::size_t choices = filtered ? form.lists[form.rows[row].list].choices.size() : 0;
        cells += picture.instances_of(row).size() * (1 + choices);
    }
    return cells;
}

class Respondent {
public:
    Respondent(const Form& form, const AudioSeconds& audio, Rng& rng, std::size_t& cells_left)
        : form_{form}, audio_{audio}, rng_{rng}, cells_left_{cells_left} {}

    /// False: the interview was cut short and is not in the result, unless it was the first.
    bool take(Simulation& result) {
        InterviewFacts facts{.seed = static_cast<std::uint32_t>(1 + rng_.below(1'000'000)),
                             .now = "2026-01-15T12:00:00+00:00",
                             .language = {},
                             .contact = {},
                             .tel = {}};
        InterviewStep step = begin(form_, state_, std::move(facts));
        std::size_t items = 0;
        double seconds = 0;
        while (state_.phase != Phase::Ended && items < kItemsMax && cells_left_ > 0) {
            if (state_.phase == Phase::Storing) {
                step = answer_stored(form_, state_);
                continue;
            }
            result.reached[state_.item.row] = true;
            ++items;
            cells_left_ -= std::min(cells_left_, cells_of(form_, state_.answers));
            const auto item = current(form_, state_);
            seconds += duration(item);
            step = answer(item);
        }
        const bool whole = cells_left_ > 0 || state_.phase == Phase::Ended;
        const bool first = result.items.empty();
        result.cut = result.cut || (first && !whole);
        if (!whole && !first) return false;
        result.items.push_back(items);
        result.seconds.push_back(seconds);
        return cells_left_ > 0;
    }

private:
    const Row& row() const { return form_.rows[state_.item.row]; }

    double duration(const std::optional<CurrentItem>& item) const {
        const double response = is_question(row()) ? kResponseSeconds : 0;
        const std::string& file = in_language(form_, row().audio, form_.default_language);
        const auto recording = audio_.find(file);
        if (recording != audio_.end()) return recording->second + response;
        std::size_t characters = item ? code_points(item->text).size() : 0;
        if (item && is_select(row().type) && offers_choices(form_, row(), form_.default_language)) {
            for (const auto& offer : item->choices)
                characters += code_points(offer.label).size() + 14;
        }
        return static_cast<double>(characters) / kCharactersPerSecond + response;
    }

    InterviewStep answer(const std::optional<CurrentItem>& item) {
        for (int i = 0; i < kTriesMax; ++i) {
            InterviewStep step = answer_typed(form_, state_, draw(item), "simulated");
            if (!step.rejected) return step;
        }
        return command_given(form_, state_, Command::DontKnow);
    }

    std::string draw(const std::optional<CurrentItem>& item) {
        switch (row().type) {
            case RowType::SelectOne:
            case RowType::SelectMultiple:
                if (!item || item->choices.empty()) return "";
                return item->choices[rng_.below(item->choices.size())].name;
            case RowType::Range: {
                const double steps = (row().range_end - row().range_start) / row().range_step;
                const auto step = rng_.below(static_cast<std::uint64_t>(steps) + 1);
                return number_text(row().range_start +
                                   static_cast<double>(step) * row().range_step);
            }
            case RowType::Date:
                return "2026-01-15";
            case RowType::Time:
                return "12:00";
            case RowType::Text:
            case RowType::Audio:
                return "words";
            case RowType::Repeat:
                return rng_.below(2) == 0 ? "yes" : "no";
            default:
                return draw_number();
        }
    }

    /// A usual number; or one that the constraint names, or one between two of these: who is asked
    /// for a year of birth has one.
    std::string draw_number() {
        std::vector<double> named;
        for (const Node& node : row().constraint.nodes) {
            if (node.op == Op::Number) named.push_back(node.number);
        }
        if (named.empty() || rng_.below(2) == 0)
            return std::string{kNumbers[rng_.below(kNumbers.size())]};
        const double one = named[rng_.below(named.size())];
        const double other = named[rng_.below(named.size())];
        return number_text(std::floor((one + other) / 2));
    }

    const Form& form_;
    const AudioSeconds& audio_;
    Rng& rng_;
    std::size_t& cells_left_;
    InterviewState state_;
};

}  // namespace

Simulation simulate(const Form& form, const AudioSeconds& audio, std::size_t count,
                    std::uint64_t seed) {
    Simulation result{.reached = std::vector<bool>(form.rows.size()), .items = {}, .seconds = {}};
    Rng rng{seed, "answers"};
    std::size_t cells_left = kCellsMax;
    for (std::size_t i = 0; i < count; ++i) {
        if (!Respondent{form, audio, rng, cells_left}.take(result)) break;
    }
    return result;
}

}  // namespace bellwether::campaigns::form
