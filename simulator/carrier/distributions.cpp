#include "simulator/carrier/distributions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace bellwether::carrier {
namespace {

// A day: longer than any call, short enough that no sum of times overflows.
constexpr double kSecondsMax = 86'400;
constexpr int kAnswerMax = 999'999'999;
constexpr std::size_t kAnswersMax = 100;
constexpr std::string_view kKeys = "0123456789*#";

std::optional<double> number_from(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {};
    return value;
}

std::optional<int> whole_from(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    if (value < 0 || value > kAnswerMax) return {};
    return value;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        parts.push_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

tl::unexpected<Error> wrong(std::string_view key, std::string_view what) {
    return fail(Errc::InvalidInput, std::string{key} + ": " + std::string{what});
}

Result<void> set_weight(double& to, std::string_view key, std::string_view value) {
    const auto number = number_from(value);
    if (!number || *number < 0) return wrong(key, "wants a number that is not negative");
    to = *number;
    return {};
}

Result<void> set_chance(Probability& to, std::string_view key, std::string_view value) {
    const auto number = number_from(value);
    if (!number || *number < 0 || *number > 1) return wrong(key, "wants a number from 0 to 1");
    to = Probability{*number};
    return {};
}

Result<void> set_time(Duration& to, std::string_view key, std::string_view value) {
    const auto number = number_from(value);
    if (!number || *number < 0 || *number > kSecondsMax) {
        return wrong(key, "wants seconds, from 0 to 86400");
    }
    to = std::chrono::round<Duration>(std::chrono::duration<double>(*number));
    return {};
}

/// A mean above the clamp is a wish for longer times, so the clamp gives way.
Result<void> set_mean(DrawnTime& to, std::string_view key, std::string_view value) {
    Duration mean{};
    const auto read = set_time(mean, key, value);
    if (!read) return read;
    if (mean <= Duration::zero()) return wrong(key, "wants more than 0 seconds");
    to.mean = mean;
    to.low = std::min(to.low, mean);
    to.high = std::max(to.high, 4 * mean);
    return {};
}

Result<void> set_key(char& to, std::string_view key, std::string_view value) {
    if (value.size() != 1 || kKeys.find(value.front()) == std::string_view::npos) {
        return wrong(key, "wants one key of 0-9, * or #");
    }
    to = value.front();
    return {};
}

std::optional<AnswerRange> range_from(std::string_view text) {
    AnswerRange range;
    range.pound = text.ends_with('#');
    if (range.pound) text.remove_suffix(1);
    const std::size_t dash = text.find('-');
    const auto low = whole_from(text.substr(0, dash));
    const auto high = dash == std::string_view::npos ? low : whole_from(text.substr(dash + 1));
    if (!low || !high || *low > *high) return {};
    range.low = *low;
    range.high = *high;
    return range;
}

Result<void> set_answers(std::vector<AnswerRange>& to, std::string_view key,
                         std::string_view value) {
    std::vector<AnswerRange> ranges;
    for (const std::string_view part : split(value)) {
        const auto range = range_from(part);
        if (!range) return wrong(key, "wants ranges such as 1-3 or 18-90#, separated by commas");
        ranges.push_back(*range);
    }
    if (ranges.size() > kAnswersMax) return wrong(key, "at most 100 questions");
    to = std::move(ranges);
    return {};
}

Result<void> set_prefixes(std::vector<std::string>& to, std::string_view value) {
    to.clear();
    for (const std::string_view part : split(value)) {
        if (!part.empty()) to.emplace_back(part);
    }
    return {};
}

template <class Member>
struct Option {
    std::string_view key;
    Member member;
};

template <class Member, std::size_t n>
const Option<Member>* find(const std::array<Option<Member>, n>& options, std::string_view key) {
    const auto found =
        std::find_if(options.begin(), options.end(),
                     [&](const Option<Member>& option) { return option.key == key; });
    return found == options.end() ? nullptr : &*found;
}

constexpr std::array<Option<double Distributions::*>, 7> kWeights{{
    {"answer", &Distributions::answer},
    {"busy", &Distributions::busy},
    {"no_answer", &Distributions::no_answer},
    {"fail", &Distributions::fail},
    {"machine", &Distributions::machine},
    {"fax", &Distributions::fax},
    {"screener", &Distributions::screener},
}};
constexpr std::array<Option<std::size_t>, 4> kStatusWeights{{
    {"status_404", 0},
    {"status_480", 1},
    {"status_503", 2},
    {"status_500", 3},
}};
constexpr std::array<Option<Probability Distributions::*>, 7> kChances{{
    {"early_media", &Distributions::early_media},
    {"screener_accepts", &Distributions::screener_accepts},
    {"sit", &Distributions::sit},
    {"keys_invalid", &Distributions::keys_invalid},
    {"keys_silent", &Distributions::keys_silent},
    {"keys_hang_up", &Distributions::keys_hang_up},
    {"keys_opt_out", &Distributions::keys_opt_out},
}};
constexpr std::array<Option<DrawnTime Distributions::*>, 6> kMeans{{
    {"record", &Distributions::record},
    {"ring", &Distributions::ring},
    {"refuse", &Distributions::refuse},
    {"talk", &Distributions::talk},
    {"patience", &Distributions::patience},
    {"key_delay", &Distributions::key_delay},
}};
constexpr std::array<Option<DrawnTime Distributions::*>, 6> kSpreads{{
    {"record_sd", &Distributions::record},
    {"ring_sd", &Distributions::ring},
    {"refuse_sd", &Distributions::refuse},
    {"talk_sd", &Distributions::talk},
    {"patience_sd", &Distributions::patience},
    {"key_delay_sd", &Distributions::key_delay},
}};
constexpr std::array<Option<Duration Distributions::*>, 2> kTimes{{
    {"ring_limit", &Distributions::ring_limit},
    {"stay_max", &Distributions::stay_max},
}};
constexpr std::array<Option<char Distributions::*>, 2> kSingleKeys{{
    {"opt_out_key", &Distributions::opt_out_key},
    {"invalid_key", &Distributions::invalid_key},
}};

Result<void> set_speed(double& to, std::string_view value) {
    const auto number = number_from(value);
    if (!number || *number <= 0 || *number > 1000)
        return wrong("speed", "wants more than 0, at most 1000");
    to = *number;
    return {};
}

Result<void> set_one(Distributions& to, std::string_view key, std::string_view value) {
    if (const auto* option = find(kWeights, key)) return set_weight(to.*option->member, key, value);
    if (const auto* option = find(kStatusWeights, key)) {
        return set_weight(to.fail_weights[option->member], key, value);
    }
    if (const auto* option = find(kChances, key)) return set_chance(to.*option->member, key, value);
    if (const auto* option = find(kMeans, key)) return set_mean(to.*option->member, key, value);
    if (const auto* option = find(kSpreads, key))
        return set_time((to.*option->member).sd, key, value);
    if (const auto* option = find(kTimes, key)) return set_time(to.*option->member, key, value);
    if (const auto* option = find(kSingleKeys, key)) return set_key(to.*option->member, key, value);
    if (key == "speed") return set_speed(to.speed, value);
    if (key == "answers") return set_answers(to.answers, key, value);
    if (key == "keypad_for") return set_prefixes(to.keypad_for, value);
    return wrong(key, "no such option of the practice carrier");
}

}  // namespace

Result<void> set_option(Distributions& to, std::string_view key_value) {
    const std::size_t equals = key_value.find('=');
    if (equals == std::string_view::npos) return wrong(key_value, "wants key=value");
    Distributions changed = to;
    const auto set = set_one(changed, key_value.substr(0, equals), key_value.substr(equals + 1));
    if (!set) return set;
    const std::array sums{changed.answer + changed.busy + changed.no_answer + changed.fail,
                          changed.fail_weights[0] + changed.fail_weights[1] +
                              changed.fail_weights[2] + changed.fail_weights[3]};
    if (std::any_of(sums.begin(), sums.end(), [](double sum) { return sum <= 0; })) {
        return wrong(key_value.substr(0, equals), "all weights would be 0");
    }
    to = std::move(changed);
    return {};
}

bool wants_keys(const Distributions& distributions, std::string_view caller_id,
                std::string_view number) {
    const auto& prefixes = distributions.keypad_for;
    return prefixes.empty() ||
           std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
               return caller_id.starts_with(prefix) || number.starts_with(prefix);
           });
}

}  // namespace bellwether::carrier
