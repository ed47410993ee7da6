#pragma once

#include <filesystem>
#include <string>

#include "answer-detect/evaluation/breakdown.h"
#include "answer-detect/evaluation/listen.h"
#include "answer-detect/evaluation/scores.h"
#include "answer-detect/greeting_model.h"
#include "base/result.h"
#include "dialer/app/commands/command_table.h"
#include "dialer/app/files/json_text.h"

// What the `amd` commands share: their options, and their figures as JSON.

namespace bellwether::app {

/// The weights of a file, or those shipped with the program if the path is empty. Fails with
/// InvalidInput, saying what is wrong with the file.
[[nodiscard]] Result<answer_detect::GreetingModel> load_weights(const std::filesystem::path& file);

/// --policy, by default balanced. Fails with InvalidInput, naming those there are.
[[nodiscard]] Result<answer_detect::Policy> read_policy(const Given& given);

/// One line of `amd classify --json`; the posterior with `trace`.
[[nodiscard]] Json heard_json(const std::string& file,
                              const answer_detect::evaluation::Heard& heard, bool trace);

/// A share or null.
[[nodiscard]] Json share_json(const answer_detect::evaluation::Share& share);
/// [low, high]
[[nodiscard]] Json interval_json(const answer_detect::evaluation::Share& share);

/// The members of `amd evaluate --json` that follow from scores alone.
[[nodiscard]] Json scores_json(const answer_detect::evaluation::Scores& scores);

/// Tables by property: people, share taken for machines, machines, share found.
[[nodiscard]] Json breakdown_json(const answer_detect::evaluation::Breakdown& breakdown);

}  // namespace bellwether::app
