#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/enum_names.h"
#include "base/probability.h"
#include "base/rng.h"
#include "dialer/engine/state.h"

// Any event, action or state of the engine with random contents, by the same `fields` that the
// codec goes by.

namespace bellwether::engine {

/// Stands in every personal field that can hold text, so that a leak is seen.
inline constexpr std::string_view kPersonalMark = "personal-mark";

class RandomValue {
public:
    explicit RandomValue(Rng& rng) : rng_{rng} {}

    template <class T>
    void operator()(const char*, T& value) {
        fill(value);
    }

    template <class T>
    void personal(const char*, T& value) {
        fill(value);
        if constexpr (std::is_same_v<T, std::string>) value += kPersonalMark;
    }

    template <class T>
    void fill(T& value) {
        if constexpr (requires { T::fields(value, *this); }) {
            T::fields(value, *this);
        } else if constexpr (std::is_enum_v<T>) {
            fill_enum(value);
        } else if constexpr (std::is_same_v<T, Probability>) {
            value = Probability{rng_.uniform()};
        } else if constexpr (std::is_arithmetic_v<T>) {
            fill_number(value);
        } else {
            fill_class(value);
        }
    }

private:
    template <class T>
    void fill_enum(T& value) {
        constexpr std::size_t kNames = kEnumNames<T>.size();
        if constexpr (kNames > 0) {
            value = static_cast<T>(rng_.below(kNames));
        } else {
            std::underlying_type_t<T> number{};
            fill_number(number);
            value = T{number};
        }
    }

    template <class T>
    void fill_number(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = rng_.below(2) == 1;
        } else if constexpr (std::is_same_v<T, char>) {
            value = "0123456789*#ABCD"[rng_.below(16)];
        } else if constexpr (std::is_floating_point_v<T>) {
            value = static_cast<T>((rng_.uniform() - 0.5) *
                                   std::array{1.0, 1e-30, 1e30}[rng_.below(3)]);
        } else {
            using Limits = std::numeric_limits<T>;
            const auto any = static_cast<T>(rng_.below(UINT64_MAX));
            value = std::array{any, Limits::min(), Limits::max(), T{0}, T{1}}[rng_.below(5)];
        }
    }

    void fill_class(std::string& text) {
        static constexpr std::array<std::string_view, 8> kPieces{
            "a", "\"", "\\", "\n", "é", "名", std::string_view{"\0", 1}, "{}"};
        text.clear();
        for (auto left = rng_.below(6); left > 0; --left) text += kPieces[rng_.below(8)];
    }

    template <class R, class P>
    void fill_class(std::chrono::duration<R, P>& value) {
        R count{};
        fill_number(count);
        value = std::chrono::duration<R, P>{count};
    }

    template <class C, class D>
    void fill_class(std::chrono::time_point<C, D>& value) {
        D since{};
        fill_class(since);
        value = std::chrono::time_point<C, D>{since};
    }

    template <class T>
    void fill_class(std::optional<T>& value) {
        value.reset();
        if (rng_.below(2) == 1) fill(value.emplace());
    }

    template <class T>
    void fill_class(std::vector<T>& values) {
        values.resize(rng_.below(4));
        for (T& value : values) fill(value);
    }

    template <class T>
    void fill_class(std::deque<T>& values) {
        values.resize(rng_.below(4));
        for (T& value : values) fill(value);
    }

    template <class T>
    void fill_class(std::set<T>& values) {
        values.clear();
        for (auto left = rng_.below(4); left > 0; --left) {
            T value{};
            fill(value);
            values.insert(value);
        }
    }

    template <class K, class V>
    void fill_class(std::map<K, V>& values) {
        values.clear();
        for (auto left = rng_.below(4); left > 0; --left) {
            V value{};
            fill(value);
            values.emplace(key_of(value), value);
        }
    }

    static CampaignId key_of(const Campaign& campaign) { return campaign.spec.id; }
    static AgentId key_of(const Agent& agent) { return agent.id; }
    static CallId key_of(const Call& call) { return call.id; }
    static NumberId key_of(const CoolingNumber& cooling) { return cooling.number; }
    static InterviewId key_of(const campaigns::quota::Respondent& respondent) {
        return respondent.id;
    }

    Rng& rng_;
};

/// A random one of the alternatives with random contents.
template <class Variant, std::size_t I = 0>
Variant random_of(Rng& rng, std::size_t index) {
    if constexpr (I + 1 == std::variant_size_v<Variant>) {
        std::variant_alternative_t<I, Variant> value;
        RandomValue{rng}.fill(value);
        return value;
    } else {
        if (index != I) return random_of<Variant, I + 1>(rng, index);
        std::variant_alternative_t<I, Variant> value;
        RandomValue{rng}.fill(value);
        return value;
    }
}

}  // namespace bellwether::engine
