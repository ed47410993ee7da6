#include "campaigns/form/evaluate.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/check.h"
#include "campaigns/cell_text.h"
#include "campaigns/form/calendar.h"
#include "campaigns/form/text_functions.h"

namespace bellwether::campaigns::form {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSecondsPerDay = 86'400;
constexpr std::size_t kDateLength = 10;

bool equal(const Value& left, const Value& right) {
    const auto is_boolean = [](const Value& v) { return std::holds_alternative<bool>(v); };
    const auto is_number = [](const Value& v) { return std::holds_alternative<double>(v); };
    if (is_boolean(left) || is_boolean(right)) return to_boolean(left) == to_boolean(right);
    if (is_number(left) || is_number(right)) return to_number(left) == to_number(right);
    return to_text(left) == to_text(right);
}

Value combined(char sign, const Value& left, const Value& right) {
    if (sign == '=') return equal(left, right);
    if (sign == '!') return !equal(left, right);
    const double a = to_number(left);
    const double b = to_number(right);
    switch (sign) {
        case '<':
            return a < b;
        case 'l':
            return a <= b;
        case '>':
            return a > b;
        case 'g':
            return a >= b;
        case '+':
            return a + b;
        case '-':
            return a - b;
        case '*':
            return a * b;
        case '/':
            return a / b;
        default:
            return std::fmod(a, b);
    }
}

bool whole_match(const re2::RE2& pattern, const std::string& text) {
    return re2::RE2::FullMatch(text, pattern);
}

/// The moment that a value of date(), format-date(), … stands for; none: it is no date.
std::optional<CivilMoment> moment_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (const auto moment = parse_moment(trimmed(*text))) return moment;
    }
    const double days = to_number(value);
    const auto date = date_of(days);
    if (!date) return std::nullopt;
    return CivilMoment{.date = *date, .second = (days - std::floor(days)) * kSecondsPerDay};
}

class Evaluation {
public:
    Evaluation(const Expression& expression, const Facts& facts)
        : expression_{expression}, facts_{facts} {}

    Value of(const Node& node) const {
        switch (node.op) {
            case Op::Number:
                return node.number;
            case Op::Text:
                return node.text;
            case Op::Own:
                return facts_.own();
            case Op::Reference:
                return facts_.value(node.row);
            case Op::ReferenceSet:
                return facts_.values(node.row);
            case Op::RepeatSet:
                return NodeSet(facts_.instances(node.row));
            case Op::Contact:
                return facts_.contact(node.text);
            case Op::Tel:
                return facts_.tel(node.text);
            case Op::ChoiceColumn:
                return facts_.choice_column(node.text);
            case Op::Negate:
                return -number(node, 0);
            case Op::And:
                return std::ranges::all_of(node.args, [this](auto i) { return truth(i); });
            case Op::Or:
                return std::ranges::any_of(node.args, [this](auto i) { return truth(i); });
            case Op::Chain:
                return chain(node);
            case Op::Call:
                return call(node);
            case Op::Parents:
                break;  // only inside position(), which does not evaluate it
        }
        BW_CHECK(false);
        return kNaN;
    }

private:
    const Node& child(const Node& node, std::size_t i) const {
        return expression_.nodes[node.args[i]];
    }
    Value arg(const Node& node, std::size_t i) const { return of(child(node, i)); }
    double number(const Node& node, std::size_t i) const { return to_number(arg(node, i)); }
    std::string text(const Node& node, std::size_t i) const { return to_text(arg(node, i)); }
    bool truth(std::uint32_t index) const { return to_boolean(of(expression_.nodes[index])); }
    bool truth(const Node& node, std::size_t i) const { return truth(node.args[i]); }

    Value chain(const Node& node) const {
        Value value = arg(node, 0);
        for (std::size_t i = 1; i < node.args.size(); ++i) {
            value = combined(node.text[i - 1], value, arg(node, i));
        }
        return value;
    }

    /// The members of all arguments from the `first`, sets opened.
    NodeSet members(const Node& node, std::size_t first = 0) const {
        NodeSet all;
        for (std::size_t i = first; i < node.args.size(); ++i) {
            Value value = arg(node, i);
            if (auto* set = std::get_if<NodeSet>(&value)) {
                all.insert(all.end(), set->begin(), set->end());
            } else {
                all.push_back(to_text(value));
            }
        }
        return all;
    }

    /// Members that are no numbers are left out.
    std::vector<double> numbers(const Node& node) const {
        std::vector<double> all;
        for (std::size_t i = 0; i < node.args.size(); ++i) {
            const Value value = arg(node, i);
            if (const auto* set = std::get_if<NodeSet>(&value)) {
                for (const std::string& member : *set) all.push_back(text_number(member));
            } else {
                all.push_back(to_number(value));
            }
        }
        std::erase_if(all, [](double number) { return std::isnan(number); });
        return all;
    }

    Value call(const Node& node) const {
        if (node.function <= Function::CountSelected) return call_on_choices(node);
        if (node.function <= Function::Sqrt) return call_on_numbers(node);
        if (node.function <= Function::CountNonEmpty) return call_on_sets(node);
        if (node.function <= Function::Regex) return call_on_texts(node);
        if (node.function <= Function::DecimalTime) return call_on_dates(node);
        return call_on_interview(node);
    }

    Value call_on_choices(const Node& node) const {
        switch (node.function) {
            case Function::If:
                return truth(node, 0) ? arg(node, 1) : arg(node, 2);
            case Function::Coalesce: {
                Value first = arg(node, 0);
                const std::string written = to_text(first);
                return written.empty() || written == "NaN" ? arg(node, 1) : first;
            }
            case Function::Once: {
                std::string kept = facts_.kept();
                return kept.empty() ? arg(node, 0) : Value{std::move(kept)};
            }
            case Function::Selected:
                return is_selected(text(node, 0), text(node, 1));
            case Function::SelectedAt: {
                const std::string list = text(node, 0);
                const auto words = words_of(list);
                const double at = std::trunc(number(node, 1));
                const bool there = at >= 0 && at < static_cast<double>(words.size());
                return there ? std::string{words[static_cast<std::size_t>(at)]} : std::string{};
            }
            default:
                return static_cast<double>(words_of(text(node, 0)).size());
        }
    }

    Value call_on_numbers(const Node& node) const {
        switch (node.function) {
            case Function::Int:
                return std::trunc(number(node, 0));
            case Function::Round: {
                const double places = node.args.size() > 1 ? number(node, 1) : 0;
                if (std::isnan(places)) return kNaN;
                return round_half_up(number(node, 0),
                                     static_cast<int>(std::clamp(places, -400.0, 400.0)));
            }
            case Function::Number:
                return number(node, 0);
            case Function::String:
                return text(node, 0);
            case Function::Boolean:
                return truth(node, 0);
            case Function::BooleanFromString: {
                const std::string given = text(node, 0);
                return given == "1" || given == "true";
            }
            case Function::Abs:
                return std::fabs(number(node, 0));
            case Function::Pow:
                return std::pow(number(node, 0), number(node, 1));
            default:
                return std::sqrt(number(node, 0));
        }
    }

    Value call_on_sets(const Node& node) const {
        if (node.function == Function::Count) return static_cast<double>(members(node).size());
        if (node.function == Function::CountNonEmpty) {
            const NodeSet all = members(node);
            return static_cast<double>(
                std::ranges::count_if(all, [](const auto& member) { return !member.empty(); }));
        }
        const std::vector<double> all = numbers(node);
        if (node.function == Function::Sum) {
            double sum = 0;
            for (const double value : all) sum += value;
            return sum;
        }
        if (all.empty()) return kNaN;
        return node.function == Function::Min ? std::ranges::min(all) : std::ranges::max(all);
    }

    Value call_on_texts(const Node& node) const {
        switch (node.function) {
            case Function::Concat:
                return joined("", members(node));
            case Function::Join:
                return joined(text(node, 0), members(node, 1));
            case Function::Contains:
                return text(node, 0).find(text(node, 1)) != std::string::npos;
            case Function::StartsWith:
                return text(node, 0).starts_with(text(node, 1));
            case Function::EndsWith:
                return text(node, 0).ends_with(text(node, 1));
            case Function::SubstringBefore:
                return substring_before(text(node, 0), text(node, 1));
            case Function::SubstringAfter:
                return substring_after(text(node, 0), text(node, 1));
            case Function::Translate:
                return cut(translated(text(node, 0), text(node, 1), text(node, 2)), kTextBytesMax);
            case Function::NormalizeSpace:
                return normalized_space(text(node, 0));
            case Function::Substr: {
                const double to = node.args.size() > 2 ? number(node, 2)
                                                       : std::numeric_limits<double>::infinity();
                return substring(text(node, 0), number(node, 1), to);
            }
            case Function::StringLength:
                return static_cast<double>(code_points(text(node, 0)).size());
            default:
                return matches(node);
        }
    }

    static std::string joined(const std::string& separator, const NodeSet& parts) {
        std::string all;
        for (std::size_t i = 0; i < parts.size() && all.size() <= kTextBytesMax; ++i) {
            if (i > 0) all += separator;
            all += parts[i];
        }
        return cut(std::move(all), kTextBytesMax);
    }

    bool matches(const Node& node) const {
        if (node.pattern) return whole_match(*node.pattern, text(node, 0));
        const auto pattern = compile_pattern(text(node, 1));
        return pattern && whole_match(*pattern, text(node, 0));
    }

    Value call_on_dates(const Node& node) const {
        if (node.function == Function::Now) return facts_.now();
        if (node.function == Function::Today) return facts_.now().substr(0, kDateLength);
        if (node.function == Function::DecimalDateTime) return number(node, 0);
        if (node.function == Function::DecimalTime) return decimal_time(text(node, 0));
        const auto moment = moment_of(arg(node, 0));
        if (!moment) return std::string{};
        if (node.function == Function::Date) return form::to_text(moment->date);
        return format_moment(*moment, text(node, 1), facts_.language(),
                             node.function == Function::FormatDateTime);
    }

    static double decimal_time(const std::string& given) {
        const std::string_view time = trimmed(given);
        if (const auto second = parse_time(time)) return *second / kSecondsPerDay;
        const auto moment = parse_moment(time);
        return moment ? moment->second / kSecondsPerDay : kNaN;
    }

    Value call_on_interview(const Node& node) const {
        switch (node.function) {
            case Function::ChoiceName:
                return facts_.choice_label(node.row, trimmed(text(node, 0)));
            case Function::Not:
                return !truth(node, 0);
            case Function::True:
                return true;
            case Function::False:
                return false;
            case Function::Random:
                return facts_.random();
            case Function::Missing:
                return facts_.missing(child(node, 0).row);
            case Function::Position:
                return static_cast<double>(
                    facts_.position(static_cast<int>(child(node, 0).number)));
            default:
                return indexed(node);
        }
    }

    std::string indexed(const Node& node) const {
        std::vector<Facts::Instance> where;
        for (std::size_t i = 1; i + 1 < node.args.size(); i += 2) {
            where.emplace_back(child(node, i).row, number(node, i + 1));
        }
        return facts_.indexed(child(node, 0).row, where);
    }

    const Expression& expression_;
    const Facts& facts_;
};

}  // namespace

Value evaluate(const Expression& expression, const Facts& facts) {
    BW_CHECK(!expression.empty());
    return Evaluation{expression, facts}.of(expression.root());
}

}  // namespace bellwether::campaigns::form
