#pragma once

#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "pacing/picture.h"

// How a contact's chance to be answered by a person differs from the campaign's: by its list, the
// hour of the week and the attempt. Each is a factor on the hazard of a live answer, learnt as
// answers seen over answers expected, pulled towards 1 as long as little was seen.

namespace bellwether::pacing {

/// Answers of one list, hour or kind of attempt; both sums fade with time.
struct AnswerTally {
    double live = 0;      ///< seen, >= 0
    double expected = 0;  ///< by the campaign's curve and the other factors, >= 0
    Instant at;           ///< of the last observation

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("live", self.live);
        visit("expected", self.expected);
        visit("at", self.at);
    }
    friend bool operator==(const AnswerTally&, const AnswerTally&) = default;
};

struct ListTally {
    ListId list{};
    AnswerTally tally;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("list", self.list);
        visit("tally", self.tally);
    }
    friend bool operator==(const ListTally&, const ListTally&) = default;
};

/// Half-lives: a list a day, hours and attempts 14 days (research: pacing C.1(2)).
struct AnswerMemory {
    std::vector<ListTally> lists;       ///< sorted by list
    std::vector<AnswerTally> hours;     ///< 168, by hour of the week
    std::vector<AnswerTally> attempts;  ///< 4: first, second, third, any later

    AnswerMemory();

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("lists", self.lists);
        visit("hours", self.hours);
        visit("attempts", self.attempts);
    }
    friend bool operator==(const AnswerMemory&, const AnswerMemory&) = default;
};

struct ListFactor {
    ListId list{};
    double factor = 1;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("list", self.list);
        visit("factor", self.factor);
    }
    friend bool operator==(const ListFactor&, const ListFactor&) = default;
};

/// The factors in force. All > 0.
struct AnswerFactors {
    std::vector<ListFactor> lists;  ///< sorted by list; one that is not here has factor 1
    std::vector<double> hours;      ///< 168
    std::vector<double> attempts;   ///< 4

    AnswerFactors();

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("lists", self.lists);
        visit("hours", self.hours);
        visit("attempts", self.attempts);
    }
    friend bool operator==(const AnswerFactors&, const AnswerFactors&) = default;
};

/// One ring is over. `expected` live answers were to come of it by the campaign's curve alone
/// (expected_answers of ring_model.h); `factors` are those in force.
void learn_answer(AnswerMemory& memory, const AnswerKey& key, bool live, double expected,
                  const AnswerFactors& factors, Instant at);

/// @param answer_rate  of the campaign: how many answers the pull towards 1 is worth.
[[nodiscard]] AnswerFactors answer_factors(const AnswerMemory& memory, double answer_rate,
                                           Instant at);

/// The product for one contact, between 1/20 and 20.
[[nodiscard]] double multiplier_of(const AnswerFactors& factors, const AnswerKey& key);

}  // namespace bellwether::pacing
