#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/policy/rule.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

/// One [[rule]] of a pack. Problems go to the reader.
[[nodiscard]] compliance::policy::Rule read_rule(TomlReader& reader);

/// The value of `word` as packs write it, or a problem at the key.
template <class E>
void put_word(TomlReader& reader, std::string_view key, const std::string& word, E& out) {
    if (const auto value = enum_from_name<E>(word)) {
        out = *value;
    } else {
        reader.problem(key,
                       TomlReader::not_one_of(word, {kEnumNames<E>.begin(), kEnumNames<E>.end()}));
    }
}

template <class E>
bool read_word(TomlReader& reader, std::string_view key, E& out) {
    std::string word;
    if (!reader.is_text(key)) return reader.text(key, word);
    reader.text(key, word);
    put_word(reader, key, word, out);
    return true;
}

/// A list of words; an empty one is a problem, left out it keeps `out`.
template <class E>
bool read_words(TomlReader& reader, std::string_view key, compliance::policy::EnumSet<E>& out) {
    std::vector<std::string> words;
    if (!reader.texts(key, words)) return false;
    if (words.empty()) reader.problem(key, "is an empty list: leave it out for all");
    compliance::policy::EnumSet<E> set;
    for (const std::string& word : words) {
        E value{};
        put_word(reader, key, word, value);
        set.add(value);
    }
    out = set;
    return true;
}

}  // namespace bellwether::app
