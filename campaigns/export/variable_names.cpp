#include "campaigns/export/variable_names.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace bellwether::campaigns::exports {
namespace {

constexpr std::size_t kSuffixMax = 20;

// IBM SPSS Statistics, Command Syntax Reference: reserved keywords of variable names.
constexpr std::array<std::string_view, 13> kReserved{"all", "and", "by",  "eq", "ge", "gt",  "le",
                                                     "lt",  "ne",  "not", "or", "to", "with"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_allowed(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

std::string in_lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string only_allowed(std::string_view wanted) {
    std::string name;
    for (const char c : wanted) name.push_back(is_allowed(c) ? c : '_');
    if (name.empty() || !is_letter(name.front())) name.insert(0, "v");
    return name;
}

}  // namespace

std::string VariableNames::take(std::string_view wanted, std::string_view suffix) {
    BW_CHECK(suffix.size() <= kSuffixMax && std::ranges::all_of(suffix, is_allowed));
    const std::string base = only_allowed(wanted);
    for (std::size_t turn = 1;; ++turn) {
        std::string end = turn == 1 ? std::string{} : "_" + std::to_string(turn);
        end += suffix;
        const std::string name = base.substr(0, kLettersMax - end.size()) + end;
        const std::string lower = in_lower_case(name);
        if (std::ranges::find(kReserved, lower) != kReserved.end()) continue;
        if (taken_.insert(lower).second) return name;
    }
}

}  // namespace bellwether::campaigns::exports
