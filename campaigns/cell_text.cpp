#include "campaigns/cell_text.h"

#include <algorithm>

namespace bellwether::campaigns {
namespace {

constexpr std::string_view kKeypad = "0123456789*#";
constexpr std::string_view kSpace = " \t\r\n\v\f";

}  // namespace

bool is_keypad_key(std::string_view text) {
    return text.size() == 1 && kKeypad.find(text.front()) != std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (true) {
        const auto first = text.find_first_not_of(kSpace);
        if (first == std::string_view::npos) return words;
        const auto last = std::min(text.find_first_of(kSpace, first), text.size());
        words.push_back(text.substr(first, last - first));
        text.remove_prefix(last);
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string lowered{text};
    for (char& c : lowered) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lowered;
}

}  // namespace bellwether::campaigns
