#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "dialer/store/sqlite.h"

// The end of what agents and interviewers noted of one person: the note itself, its words in the
// index, and both as the journal has them. Functions throw SqliteError.

namespace bellwether::store {

/// Where notes of a person stand.
struct NoteTraces {
    struct Call {
        Epoch epoch{};
        CallId call{};
    };
    std::vector<Call> calls;               ///< with a disposition
    std::vector<std::int64_t> interviews;  ///< notes of interviewers, by row
    std::vector<std::int64_t> refusals;    ///< by row
    std::vector<std::uint64_t> entries;  ///< of the journal: who noted what, also what was changed

    [[nodiscard]] bool empty() const {
        return calls.empty() && interviews.empty() && refusals.empty();
    }
};

/// Of the person's calls for the client: those of contacts with the number, and those it made to
/// us. Reads every journal entry with a personal part: some seconds in a large store.
[[nodiscard]] NoteTraces notes_of(Database& database, ClientId client, const PhoneNumber& number);

/// Within the writer's transaction; what is deleted is overwritten (prepare_for_writing()). Returns
/// how many notes there were. The words stay in the index's older segments, unfound, until
/// forget_words() is through.
[[nodiscard]] std::int64_t blank_notes(Database& database, const NoteTraces& traces);

/// Rewrites a part of the index without what was deleted. Within a transaction of its own, so that
/// the engine waits for one step at most. @param first  begins anew. Returns false at the end.
[[nodiscard]] bool forget_words(Database& database, bool first);

}  // namespace bellwether::store
