#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "campaigns/export/flat.h"

// What is known of how the data came about: every attempt, every change of an answer, and what
// interviewers wrote.

namespace bellwether::campaigns::exports {

/// An attempt at a case.
struct AttemptRow {
    std::string case_id;
    std::int64_t number = 0;  ///< among the case's, from 1
    std::string dialed;       ///< ISO 8601 with offset
    std::string answered;     ///< empty: was not
    std::string ended;
    std::string outcome;  ///< the program's
    int sip_status = 0;
    std::string aapor;        ///< of the attempt alone
    std::string disposition;  ///< the agent's; may be empty
    bool decides = false;     ///< the case's final code is from it
    std::string final_code;   ///< of the case
};

/// A change of an answer, in the order of the interview.
struct ItemRow {
    std::string interview_id;
    std::int64_t attempt = 0;  ///< of the case, from 1
    std::string key;           ///< `visit[1]/spent`
    std::string kind;          ///< SETTLE, CLEAR
    std::string how;           ///< ANSWERED, DK, REFUSED, NO_INPUT, …
    std::string cause;         ///< of CLEAR
    std::string at;            ///< when it was durable
    /// Since the item before it in the same attempt, or since the interview began: listening,
    /// thinking and pressing, notes in between included. -1: not known, or a note
    double seconds = -1;
    std::int64_t turn = 0;      ///< how often this item was settled until then, from 1
    std::string interviewer{};  ///< the agent's id; empty: by keypad
};

/// A note of an interviewer, or a use of a probe.
struct NoteRow {
    std::string interview_id;
    std::int64_t attempt = 0;  ///< of the case, from 1
    std::string interviewer;   ///< the agent's id: answers differ by who asks
    std::string key;           ///< of the item that was at hand
    std::string kind;          ///< NOTE, PROBE
    std::string note;          ///< personal data
    std::string at;
};

/// Somebody who would not be interviewed, or not further.
struct RefusalRow {
    std::string case_id;
    std::int64_t attempt = 0;  ///< of the case, from 1
    std::string interviewer;   ///< the agent's id
    std::string who;           ///< RESPONDENT, HOUSEHOLD, UNKNOWN
    std::string when;          ///< INTRODUCTION, SELECTION, INTERVIEW
    std::string strength;      ///< SOFT, HARD
    std::string reason;
    bool do_not_call = false;  ///< and asked not to be called again
    std::string note;          ///< personal data
    std::string at;
};

struct Paradata {
    std::vector<AttemptRow> attempts;
    std::vector<ItemRow> items;
    std::vector<NoteRow> notes;
    std::vector<RefusalRow> refusals;
};

/// NAME_attempts.csv, NAME_items.csv, NAME_notes.csv and NAME_refusals.csv. No answers are in them,
/// no numbers and no recordings, but for what interviewers wrote in their notes; those are made
/// harmless() to spreadsheets.
[[nodiscard]] std::vector<OutputFile> paradata_files(const std::string& name,
                                                     const Paradata& paradata);

}  // namespace bellwether::campaigns::exports
