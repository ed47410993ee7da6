#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/check.h"

namespace bellwether {

/// The written names of an enum whose enumerators count from 0: upper case, in order, as they stand
/// in JSON, the journal and the store. Specialise next to the enum:
///   template <> inline constexpr auto kEnumNames<Verdict> = names("ALLOW", "DEFER", "DENY");
template <class E>
inline constexpr std::array<std::string_view, 0> kEnumNames{};

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    const auto index = static_cast<std::size_t>(value);
    BW_CHECK(index < kEnumNames<E>.size());
    return kEnumNames<E>[index];
}

template <class E>
[[nodiscard]] constexpr std::optional<E> enum_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kEnumNames<E>.size(); ++i) {
        if (kEnumNames<E>[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}

/// Builds a kEnumNames entry from string literals.
template <class... Text>
[[nodiscard]] constexpr std::array<std::string_view, sizeof...(Text)> names(Text... text) {
    return {std::string_view{text}...};
}

}  // namespace bellwether
