#include "dialer/app/files/number_list_words.h"

#include <algorithm>

namespace bellwether::app {
namespace {

using compliance::suppression::ListFormat;
using compliance::suppression::ListKind;

std::string word_of(std::string_view name) {
    std::string word;
    for (const char c : name) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        word += c == '_' ? '-' : is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return word;
}

template <class E>
std::optional<E> from_word(std::string_view word) {
    const auto* const found = std::ranges::find(kEnumNames<E>, word, word_of);
    if (found == kEnumNames<E>.end()) return std::nullopt;
    return static_cast<E>(found - kEnumNames<E>.begin());
}

template <class E>
std::string words() {
    std::string text;
    for (const std::string_view name : kEnumNames<E>) {
        text += (text.empty() ? "" : ", ") + word_of(name);
    }
    return text;
}

}  // namespace

std::string format_word(ListFormat format) { return word_of(name_of(format)); }
std::optional<ListFormat> format_from_word(std::string_view word) {
    return from_word<ListFormat>(word);
}
std::string format_words() { return words<ListFormat>(); }

std::string kind_word(ListKind kind) { return word_of(name_of(kind)); }
std::optional<ListKind> kind_from_word(std::string_view word) { return from_word<ListKind>(word); }
std::string kind_words() { return words<ListKind>(); }

}  // namespace bellwether::app
