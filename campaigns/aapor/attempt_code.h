#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/aapor/code_table.h"
#include "campaigns/disposition.h"
#include "campaigns/outcome.h"

namespace bellwether::campaigns::aapor {

/// The code that a house gives one of its dispositions.
struct DispositionCode {
    std::string disposition;
    std::string code;
};

/// Reads a CSV with columns disposition, aapor. A code that the table lacks, and a disposition
/// given twice, is a problem.
[[nodiscard]] tl::expected<std::vector<DispositionCode>, std::vector<SheetProblem>>
read_disposition_codes(std::string_view name, std::string_view text, const CodeTable& table);

/// What is known of one attempt that has ended.
struct AttemptFacts {
    Outcome outcome = Outcome::Unknown;
    int sip_status = 0;          ///< 0: there was no final response
    std::string interview_code;  ///< of the interview that ended with this attempt; empty: none did
    std::string disposition;     ///< the agent's; empty: none
    const Disposition* meaning = nullptr;  ///< of the campaign; null: not known any more
    bool selected = false;  ///< it was clear who was to be asked: an interview had begun, or the
                            ///< list names persons
};

/// What one attempt says of its case.
struct AttemptCode {
    std::string code;           ///< of the table; empty: no call reached the network
    bool human = false;         ///< a live person was spoken to
    bool message_left = false;  ///< a machine, and our message is on it

    friend bool operator==(const AttemptCode&, const AttemptCode&) = default;
};

/// The code of one attempt, looked at alone: what other attempts make of it is final_code()'s to
/// say. An interview that reached an end decides; else the disposition, by `of_house`, by its
/// effect and flags, by VICIdial's codes; else an interview that was broken off; else the outcome.
/// A call back that is promised is 2.21 where it was clear who was to be asked, else 3.21: it is no
/// refusal. A person who was abandoned was answered by nobody: 3.90A, not spoken to. Cannot fail.
/// Source: research/surveys.md 4.2 and 4.4.
///
/// @param facts.interview_code  must stand in the table, or be empty
[[nodiscard]] AttemptCode attempt_code(const AttemptFacts& facts, const CodeTable& table,
                                       const std::vector<DispositionCode>& of_house);

}  // namespace bellwether::campaigns::aapor
