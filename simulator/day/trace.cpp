#include "simulator/day/trace.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/probability.h"

namespace bellwether::simulator {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16U;

struct AnyVisitor {
    template <class T>
    void operator()(const char*, T&) {}
    template <class T>
    void personal(const char*, T&) {}
};

template <class T>
concept HasFields = requires(const T& value, AnyVisitor visitor) {
    T::fields(value, visitor);
};

/// Whole numbers seven bits a byte, the lowest first (LEB128: most are small, and what is short is
/// hashed quickly); other numbers as their eight bytes; texts and lists after their length.
class Bytes {
public:
    explicit Bytes(std::string& out) : out_{out} {}

    template <class T>
    void operator()(const char*, const T& value) {
        put(value);
    }
    template <class T>
    void personal(const char*, const T& value) {
        put(value);
    }

    void number(std::uint64_t value) {
        constexpr std::uint64_t kMore = 0x80;
        for (; value >= kMore; value >>= 7U) out_ += static_cast<char>((value & 0x7fU) | kMore);
        out_ += static_cast<char>(value);
    }

    template <class T>
    void put(const T& value) {
        if constexpr (HasFields<T>) {
            T::fields(value, *this);
        } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
            number(static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_floating_point_v<T>) {
            const auto bytes = std::bit_cast<std::array<char, sizeof value>>(value);
            out_.append(bytes.data(), bytes.size());
        } else {
            put_special(value);
        }
    }

private:
    void put_special(const Probability& value) { put(value.value()); }
    void put_special(const std::string& value) {
        number(value.size());
        out_ += value;
    }
    template <class R, class P>
    void put_special(const std::chrono::duration<R, P>& value) {
        put(value.count());
    }
    template <class C, class D>
    void put_special(const std::chrono::time_point<C, D>& value) {
        put(value.time_since_epoch().count());
    }
    template <class T>
    void put_special(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T>
    void put_special(const std::vector<T>& value) {
        number(value.size());
        for (const auto& item : value) put(item);
    }

    std::string& out_;
};

}  // namespace

void TraceWriter::write(const Step& step) {
    Bytes bytes{buffer_};
    bytes.put(step.now.elapsed);
    bytes.put(step.now.utc);
    const auto thing = [&](const auto& kinds) {
        bytes.number(kinds.index());
        std::visit([&](const auto& chosen) { bytes.put(chosen); }, kinds);
    };
    thing(step.event);
    bytes.number(step.actions.size());
    for (const engine::Action& action : step.actions) thing(action);
    if (buffer_.size() >= kPiece) flush();
}

void TraceWriter::flush() {
    sink_(buffer_);
    buffer_.clear();
}

}  // namespace bellwether::simulator
