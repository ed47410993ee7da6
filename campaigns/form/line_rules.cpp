#include "campaigns/form/line_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "campaigns/cell_text.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kDigitsMax = 64;  // keys of one entry; nobody types more

/// Reads the cells of one row; a cell that does not fit leaves the rule as it was.
class LineCells {
public:
    LineCells(const Table& table, const Table::Row& row, LineRules& rules)
        : table_{table}, row_{row}, rules_{rules} {}

    void read() {
        read_times();
        read_entry();
        read_barge();
        read_keys();
        flag("tel::flush", rules_.flush);
        flag("tel::confirm", rules_.confirm);
        flag("tel::beep", rules_.beep);
        flag("tel::dk", rules_.dont_know);
        flag("tel::refuse", rules_.refuse);
        flag("tel::no_back", rules_.no_back);
        flag("tel::interviewer", rules_.interviewer);
        flag("tel::ivr", rules_.ivr);
        read_words();
    }

private:
    const std::string& cell(std::string_view column) const { return table_.cell(row_, column); }

    void misfit(std::string_view column, std::string mend) {
        table_.problem(row_, column, "'" + cell(column).substr(0, 64) + "' does not fit",
                       std::move(mend));
    }

    std::optional<double> number(std::string_view column, double min, double max) {
        if (cell(column).empty()) return std::nullopt;
        const double value = text_number(cell(column));
        if (value >= min && value <= max && cell(column).find('-') == std::string::npos) {
            return value;
        }
        misfit(column, "give a number from " + number_text(min) + " to " + number_text(max));
        return std::nullopt;
    }

    template <class Duration>
    std::optional<Duration> seconds(std::string_view column, double min, double max) {
        const auto value = number(column, min, max);
        if (!value) return std::nullopt;
        return std::chrono::duration_cast<Duration>(
            milliseconds{static_cast<std::int64_t>(std::llround(*value * 1000))});
    }

    std::optional<int> whole(std::string_view column, int min, int max) {
        const auto value = number(column, min, max);
        if (!value) return std::nullopt;
        if (*value == std::floor(*value)) return static_cast<int>(*value);
        misfit(column, "give a whole number");
        return std::nullopt;
    }

    void flag(std::string_view column, bool& rule) {
        if (cell(column).empty()) return;
        const auto value = yes_or_no(cell(column));
        if (!value) return misfit(column, "write yes or no");
        rule = *value;
    }

    void read_times() {
        if (const auto s = seconds<milliseconds>("tel::timeout_s", 0.5, 60)) rules_.timeout = *s;
        if (const auto s = seconds<milliseconds>("tel::interdigit_s", 0.5, 30)) {
            rules_.interdigit = *s;
        }
        if (const auto s = seconds<std::chrono::seconds>("tel::max_s", 1, 3600)) {
            rules_.record_max = *s;
        }
        if (const auto s = seconds<milliseconds>("tel::silence_s", 0.5, 60)) {
            rules_.record_silence = *s;
        }
        if (const auto s = seconds<milliseconds>("tel::min_s", 0, 60)) rules_.record_min = *s;
        if (const auto n = whole("tel::retries", 0, 9)) rules_.retries = *n;
        if (const auto n = whole("tel::max_repeats", 0, 99)) rules_.max_repeats = *n;
        if (const auto n = whole("tel::decimals", 0, 15)) {
            rules_.decimals = static_cast<std::size_t>(*n);
        }
    }

    void read_entry() {
        const std::string& terminator = cell("tel::terminator");
        if (terminator == "none") {
            rules_.terminator = '\0';
        } else if (terminator == "#" || terminator == "*") {
            rules_.terminator = terminator.front();
        } else if (!terminator.empty()) {
            misfit("tel::terminator", "give #, * or none");
        }
        read_digits();
        if (rules_.terminator == '\0' && rules_.digits_max == 0) {
            table_.problem(row_, "tel::terminator",
                           "without a terminator nothing says where an "
                           "entry ends",
                           "give tel::digits");
        }
    }

    void read_digits() {
        const std::string& text = cell("tel::digits");
        if (text.empty()) return;
        const auto dash = text.find('-');
        const double min = text_number(text.substr(0, dash));
        const double max = dash == std::string::npos ? min : text_number(text.substr(dash + 1));
        const bool fits = min >= 1 && min <= max && max <= static_cast<double>(kDigitsMax) &&
                          min == std::floor(min) && max == std::floor(max);
        if (!fits) return misfit("tel::digits", "give a number of keys, or MIN-MAX, up to 64");
        rules_.digits_min = static_cast<std::size_t>(min);
        rules_.digits_max = static_cast<std::size_t>(max);
    }

    void read_barge() {
        const std::string& text = cell("tel::barge");
        if (text.empty()) return;
        if (const auto value = yes_or_no(text)) {
            rules_.barge = *value ? Barge::Yes : Barge::No;
            return;
        }
        const double after = text.starts_with("after:") ? text_number(text.substr(6)) : -1;
        if (!(after >= 0 && after <= 600)) {
            return misfit("tel::barge", "write yes, no or after:SECONDS");
        }
        rules_.barge = Barge::After;
        rules_.barge_after = milliseconds{static_cast<std::int64_t>(std::llround(after * 1000))};
    }

    void read_keys() {
        if (cell("tel::keys").empty()) return;
        rules_.keys.clear();
        for (const std::string_view pair : words_of(cell("tel::keys"))) {
            const auto equals = pair.rfind('=');
            const bool fits = equals != std::string_view::npos && equals > 0 &&
                              is_key_string(pair.substr(equals + 1));
            if (!fits) return misfit("tel::keys", "write NAME=KEY pairs, such as yes=1 no=2");
            rules_.keys.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
        }
    }

    void read_words() {
        const std::string& date = cell("tel::date_format");
        if (date == "ddmmyyyy" || date == "mmddyyyy" || date == "yyyymmdd") {
            rules_.date_format = date;
        } else if (!date.empty()) {
            misfit("tel::date_format", "write ddmmyyyy, mmddyyyy or yyyymmdd");
        }
        const std::string& order = cell("tel::prompt_order");
        if (order == "key_then_choice") {
            rules_.prompt_order = PromptOrder::KeyThenChoice;
        } else if (order == "choice_then_key") {
            rules_.prompt_order = PromptOrder::ChoiceThenKey;
        } else if (!order.empty()) {
            misfit("tel::prompt_order", "write choice_then_key or key_then_choice");
        }
        const std::string& exhausted = cell("tel::on_exhausted");
        constexpr std::array<std::pair<std::string_view, OnExhausted>, 3> kWords{
            {{"skip", OnExhausted::Skip},
             {"hangup", OnExhausted::HangUp},
             {"agent", OnExhausted::Agent}}};
        const auto word = std::ranges::find(kWords, std::string_view{exhausted},
                                            &std::pair<std::string_view, OnExhausted>::first);
        if (word != kWords.end()) {
            rules_.on_exhausted = word->second;
        } else if (!exhausted.empty()) {
            misfit("tel::on_exhausted", "write skip, hangup or agent");
        }
    }

    const Table& table_;
    const Table::Row& row_;
    LineRules& rules_;
};

}  // namespace

const std::vector<KnownColumn>& line_columns() {
    static const std::vector<KnownColumn> kColumns{
        {"tel::keys", false, {"keys"}},
        {"tel::timeout_s", false, {"timeout_s"}},
        {"tel::interdigit_s"},
        {"tel::retries", false, {"retries"}},
        {"tel::terminator", false, {"terminator"}},
        {"tel::digits"},
        {"tel::barge"},
        {"tel::flush"},
        {"tel::invalid_audio", true},
        {"tel::noinput_audio", true},
        {"tel::confirm"},
        {"tel::max_s"},
        {"tel::silence_s"},
        {"tel::beep"},
        {"tel::min_s"},
        {"tel::date_format"},
        {"tel::decimals"},
        {"tel::dk"},
        {"tel::refuse"},
        {"tel::no_back"},
        {"tel::max_repeats"},
        {"tel::max_repeat"},
        {"tel::prompt_order"},
        {"tel::interviewer"},
        {"tel::ivr"},
        {"tel::on_exhausted"},
    };
    return kColumns;
}

void read_line_rules(const Table& table, const Table::Row& row, LineRules& rules) {
    LineCells{table, row, rules}.read();
}

bool is_key_string(std::string_view text) {
    const auto is_key = [](char c) { return (c >= '0' && c <= '9') || c == '*' || c == '#'; };
    return (text.size() == 1 || text.size() == 2) && std::ranges::all_of(text, is_key);
}

bool stays_in_folder(std::string_view path) {
    if (path.starts_with('/') || path.find('\\') != std::string_view::npos) return false;
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        if (path.substr(0, slash) == "..") return false;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

std::optional<bool> yes_or_no(std::string_view text) {
    const std::string word = lower_case(text);
    if (word == "yes" || word == "true" || word == "true()") return true;
    if (word == "no" || word == "false" || word == "false()") return false;
    return std::nullopt;
}

}  // namespace bellwether::campaigns::form
