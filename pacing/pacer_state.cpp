#include "pacing/pacer_state.h"

#include <type_traits>
#include <vector>

namespace bellwether::pacing {
namespace {

/// Finds every Instant of a plain-data value, however deep.
class Mover {
public:
    explicit Mover(Duration by) : by_{by} {}

    template <class T>
    void operator()(const char* /*name*/, T& value) const {
        move(value);
    }

private:
    void move(Instant& at) const { at += by_; }

    template <class T>
    void move(std::optional<T>& value) const {
        if (value) move(*value);
    }

    template <class T>
    void move(std::vector<T>& values) const {
        for (T& value : values) move(value);
    }

    template <class T>
    void move(T& value) const {
        if constexpr (requires { T::fields(value, *this); }) {
            T::fields(value, *this);
        } else {
            static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>,
                          "a kind of value unknown here");
        }
    }

    Duration by_;
};

}  // namespace

PacerState moved(PacerState state, Duration by) {
    PacerState::fields(state, Mover{by});
    return state;
}

}  // namespace bellwether::pacing
