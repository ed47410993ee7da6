#include "campaigns/interviewer_work.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "campaigns/form/reading_out.h"

namespace bellwether::campaigns {
namespace {

using form::ChangeKind;
using form::Settled;

/// The row of a key, without the instances of its repeats, nor its own if it asks for one.
std::string row_name(const std::string& key) {
    const auto slash = key.rfind('/');
    const std::string last = slash == std::string::npos ? key : key.substr(slash + 1);
    return last.substr(0, last.find('['));
}

class Adder {
public:
    Adder(const form::Form& form, InterviewerWork& work) : form_{form}, work_{work} {}

    void add(const WorkedItem& item) {
        if (item.kind != ChangeKind::Settle) return;  // what is cleared is asked anew, if at all
        const std::string name = row_name(item.key);
        const form::RowIndex row = form::find_row(form_, name);
        if (row != form::kNoRow) words_ += form::words_to_read(form_, form_.rows[row]);
        // A note is stored with the answer after it: its words and its time are in that one's.
        if (item.how == Settled::Played) return;
        last_ = name;
        const bool again = !settled_.insert(item.key).second;
        for (WorkFigures* figures : {&work_.all, &work_.questions[name]})
            count(item, again, row != form::kNoRow, *figures);
        words_ = 0;
    }

    void end(const form::InterviewEnd& end, const std::string& item) {
        if (end.outcome == form::Outcome::Complete) ++work_.complete;
        if (end.outcome == form::Outcome::Partial) ++work_.partial;
        if (end.outcome == form::Outcome::Refused) ++work_.refused;
        const bool broke_off =
            end.outcome == form::Outcome::Partial || end.outcome == form::Outcome::Refused;
        if (!broke_off) return;
        ++work_.all.break_offs;
        ++work_.questions[item.empty() ? last_ : row_name(item)].break_offs;
    }

private:
    void count(const WorkedItem& item, bool again, bool is_known, WorkFigures& figures) const {
        ++figures.settled;
        if (item.how == Settled::DontKnow) ++figures.dont_know;
        if (item.how == Settled::Refused) ++figures.refused;
        if (again) ++figures.gone_back;
        if (!item.seconds) return;
        figures.seconds.push_back(*item.seconds);
        if (!is_known || again) return;  // who goes back need not read it all again
        ++figures.timed;
        const double needed = static_cast<double>(words_) * 60 / kFastestWordsPerMinute;
        if (*item.seconds < needed) ++figures.too_fast;
    }

    const form::Form& form_;
    InterviewerWork& work_;
    std::size_t words_ = 0;  // of the notes before the question, and its own
    std::set<std::string> settled_;
    std::string last_;
};

}  // namespace

void add_interview(const form::Form& form, const WorkedInterview& interview,
                   InterviewerWork& work) {
    ++work.interviews;
    work.notes += interview.notes;
    work.probes += interview.probes;
    work.overrules += interview.overrules;
    Adder adder{form, work};
    for (const WorkedItem& item : interview.items) adder.add(item);
    if (interview.end) adder.end(*interview.end, interview.item);
}

std::optional<double> median_of(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace bellwether::campaigns
