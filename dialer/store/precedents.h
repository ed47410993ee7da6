#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::store {

class Store;

/// What is looked for in the notes of one client organisation's calls.
struct PrecedentQuery {
    std::string text;       ///< as people write it; the last word may be the beginning of one
    ClientId client{};      ///< not 0: nobody searches over organisations
    CampaignId campaign{};  ///< 0: all of the organisation's
    int limit = 20;
};

/// A call of earlier, and what its agent noted.
struct Precedent {
    std::string excerpt;  ///< personal; the words that were found stand in [brackets]
    UtcTime at;
    CampaignId campaign{};
    std::string code;  ///< the disposition: how it came out; empty: an interviewer's note
    AgentId agent{};
    ContactId contact{};  ///< 0: of a caller whom no list has
    AttemptId attempt{};  ///< 0: of a call that came in
    std::string item;     ///< of an interviewer's note: the key of what was asked
};

/// The words as FTS5 reads them: each is quoted, so that nothing a person writes is an operator;
/// the last also matches words that begin with it. Errors: InvalidInput without a letter or digit.
[[nodiscard]] Result<std::string> match_expression(std::string_view text);

/// Notes with all of the words, in any order, capitals and accents aside; the best by bm25 first,
/// equal ones the newest first. Errors: those of match_expression(), and the store's.
[[nodiscard]] Result<std::vector<Precedent>> find_precedents(const Store& store,
                                                             const PrecedentQuery& query);

}  // namespace bellwether::store
