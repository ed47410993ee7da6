#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "campaigns/outcome.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// How another system's call records are to be read: which heading holds what, and what its words
/// for outcomes mean.
struct CallMapping {
    std::string called_at = "called_at";  ///< date and time of the INVITE
    std::string outcome = "outcome";
    // The rest may be missing from a file.
    std::string ring_s = "ring_s";
    std::string talk_s = "talk_s";
    std::string wrap_s = "wrap_s";
    std::string agent = "agent";

    std::map<std::string, campaigns::Outcome> outcomes;  ///< by their word, in upper case
    /// What stands in the agent's column for nobody, in upper case; beside the empty text.
    std::set<std::string> nobody;
    /// Their agents' own words are not known: whatever an agent said of a call, he had it.
    bool agents_words_mean_connected = false;

    /// Nothing: the word is not known, neither as theirs nor as ours or VICIdial's.
    [[nodiscard]] std::optional<campaigns::Outcome> outcome_of(const std::string& word,
                                                               bool has_agent) const;
    [[nodiscard]] bool is_nobody(const std::string& agent) const;
};

/// "vicidial": the tab-separated file of its Call Export report (call_report_export.php).
/// Errors: NotFound, with the presets there are.
[[nodiscard]] Result<CallMapping> preset_mapping(std::string_view name);

/// A mapping file: [columns] our name = "their heading", [outcomes] THEIR_WORD = "OUR_WORD",
/// nobody = ["VDAD"].
[[nodiscard]] Checked<CallMapping> parse_mapping(std::string_view text, const std::string& file);

/// Without blanks around it, in upper case: how words are compared.
[[nodiscard]] std::string word_key(std::string_view text);

}  // namespace bellwether::app
