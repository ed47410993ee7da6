#pragma once

namespace bellwether::pacing {

/// How often an agent goes to a break or home at the end of a wrap-up without a word before.
struct AbsenceMemory {
    double ends = 0;  ///< wrap-ups of agents who had said nothing; fading
    double left = 0;  ///< of those, 0..ends

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("ends", self.ends);
        visit("left", self.left);
    }
    friend bool operator==(const AbsenceMemory&, const AbsenceMemory&) = default;
};

inline constexpr double kAbsenceMemory = 500;  ///< wrap-ups: a few hours of a small team

inline void learn_absence(AbsenceMemory& memory, bool left) {
    constexpr double kKept = 1 - 1 / kAbsenceMemory;
    memory.ends = memory.ends * kKept + 1;
    memory.left = memory.left * kKept + (left ? 1 : 0);
}

/// The chance that a busy agent does not come back. Prior Beta(1, 30): research: pacing C.1(5).
[[nodiscard]] inline double absence_rate(const AbsenceMemory& memory) {
    return (memory.left + 1) / (memory.ends + 31);
}

}  // namespace bellwether::pacing
