#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/form/interview.h"

// How an interviewer works, by what is on record of his interviews.

namespace bellwether::campaigns {

/// Interviewers are taught to read two words a second (Phillips, "Examining the Association Between
/// Interviewer and Respondent Speaking Pace in Telephone Interviews", University of
/// Nebraska-Lincoln 2020; Cannell, Miller and Oksenberg 1981). At twice that nobody follows.
inline constexpr double kTaughtWordsPerMinute = 120;
inline constexpr double kFastestWordsPerMinute = 2 * kTaughtWordsPerMinute;

/// A change of an answer, in the order of the interview.
struct WorkedItem {
    std::string key;  ///< `visit[1]/spent`
    form::ChangeKind kind = form::ChangeKind::Settle;
    form::Settled how = form::Settled::Answered;
    /// Since what was stored before it in the same attempt, or since the interview began; none: not
    /// known.
    std::optional<double> seconds{};
};

/// What one interviewer did in one interview.
struct WorkedInterview {
    std::vector<WorkedItem> items;
    std::optional<form::InterviewEnd> end{};  ///< where it ended with him
    std::string item{};                       ///< then: key of what was at hand; empty: not known
    int notes = 0;
    int probes = 0;
    int overrules = 0;  ///< of soft constraints
};

struct WorkFigures {
    std::int64_t settled = 0;   ///< questions, each time
    std::int64_t too_fast = 0;  ///< of those timed
    std::int64_t timed = 0;     ///< seconds and words are known
    std::int64_t dont_know = 0;
    std::int64_t refused = 0;
    std::int64_t gone_back = 0;   ///< settled once more in the same interview
    std::int64_t break_offs = 0;  ///< it was at hand; where that is not known: answered last
    std::vector<double> seconds;
};

struct InterviewerWork {
    std::int64_t interviews = 0;  ///< he did something in
    std::int64_t complete = 0;
    std::int64_t partial = 0;
    std::int64_t refused = 0;
    std::int64_t notes = 0;
    std::int64_t probes = 0;
    std::int64_t overrules = 0;
    WorkFigures all;
    std::map<std::string, WorkFigures> questions;  ///< by row; "": before the first
};

/// Adds an interview. Keys the form does not have any more count without their words.
void add_interview(const form::Form& form, const WorkedInterview& interview, InterviewerWork& work);

/// none: of nothing.
[[nodiscard]] std::optional<double> median_of(std::vector<double> values);

}  // namespace bellwether::campaigns
