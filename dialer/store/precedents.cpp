#include "dialer/store/precedents.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "base/check.h"
#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

// A note is a line or two; FTS5 allows 64 words in an excerpt.
constexpr const char* kExcerpt = "snippet(precedent_index, 0, '[', ']', '…', 40)";

/// Letters outside ASCII are two bytes and more, all above 0x7f.
bool has_word(std::string_view word) {
    return std::any_of(word.begin(), word.end(),
                       [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0; });
}

/// As the index has it: precedent_schema.h.
std::string without_yo(std::string text) {
    for (const auto& [yo, ye] : {std::pair{"ё", "е"}, std::pair{"Ё", "Е"}}) {
        for (auto at = text.find(yo); at != std::string::npos; at = text.find(yo, at))
            text.replace(at, std::string_view{yo}.size(), ye);
    }
    return text;
}

std::string quoted(std::string_view word) {
    std::string text = "\"";
    for (const char c : word) {
        if (c == '"') text += '"';
        if (c != '\0') text += c;
    }
    return text + '"';
}

using Ids = std::vector<std::int64_t>;

Ids best(Database& database, const std::string& match, const PrecedentQuery& query) {
    Statement ranked{database,
                     "SELECT i.rowid FROM precedent_index i "
                     "LEFT JOIN precedents p ON p.id = i.rowid "
                     "LEFT JOIN interview_notes n ON n.id = -i.rowid "
                     "LEFT JOIN interviews v ON v.id = n.interview_id "
                     "WHERE precedent_index MATCH ?1 AND ifnull(p.client_id, n.client_id) = ?2 "
                     "AND (?3 = 0 OR ifnull(p.campaign_id, v.campaign_id) = ?3) "
                     "ORDER BY bm25(precedent_index), ifnull(p.at, n.at) DESC, abs(i.rowid) DESC "
                     "LIMIT ?4"};
    return read_all(ranked.bind(match, query.client, query.campaign, query.limit),
                    [](const Statement& row) { return row.get<std::int64_t>(0); });
}

std::string json_list(const Ids& ids) {
    std::string list = "[";
    for (const std::int64_t id : ids) list += (list.size() > 1 ? "," : "") + std::to_string(id);
    return list + "]";
}

/// Apart from the ranking, so that only what is shown is read and marked; the plus sign has the
/// words looked up once and not for each id.
std::map<std::int64_t, Precedent> read_precedents(Database& database, const std::string& match,
                                                  const Ids& ids) {
    Statement shown{database,
                    std::string{"SELECT i.rowid, "} + kExcerpt +
                        ", ifnull(d.at, n.at), ifnull(d.campaign_id, v.campaign_id), "
                        "ifnull(d.code, ''), ifnull(d.agent_id, n.agent_id), "
                        "coalesce(d.contact_id, v.contact_id, 0), "
                        "coalesce(d.attempt_id, n.attempt_id, 0), ifnull(n.item, '') "
                        "FROM precedent_index i LEFT JOIN precedents p ON p.id = i.rowid "
                        "LEFT JOIN dispositions d ON d.epoch = p.epoch AND d.call_id = p.call_id "
                        "LEFT JOIN interview_notes n ON n.id = -i.rowid "
                        "LEFT JOIN interviews v ON v.id = n.interview_id "
                        "WHERE precedent_index MATCH ? "
                        "AND +i.rowid IN (SELECT value FROM json_each(?))"};
    std::map<std::int64_t, Precedent> found;
    shown.bind(match, json_list(ids));
    while (shown.step()) {
        found[shown.get<std::int64_t>(0)] = {shown.get<std::string>(1), shown.get<UtcTime>(2),
                                             shown.get<CampaignId>(3),  shown.get<std::string>(4),
                                             shown.get<AgentId>(5),     shown.get<ContactId>(6),
                                             shown.get<AttemptId>(7),   shown.get<std::string>(8)};
    }
    return found;
}

}  // namespace

Result<std::string> match_expression(std::string_view text) {
    std::string match;
    while (!text.empty()) {
        const auto blank = std::min(text.find_first_of(" \t\r\n"), text.size());
        const std::string_view word = text.substr(0, blank);
        if (has_word(word)) match += (match.empty() ? "" : " ") + quoted(word);
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    if (match.empty()) {
        return fail(Errc::InvalidInput,
                    "the search is empty: write words of the notes, as \"season ticket\"; the last "
                    "may be the beginning of one");
    }
    return without_yo(match) + " *";
}

Result<std::vector<Precedent>> find_precedents(const Store& store, const PrecedentQuery& query) {
    using Found = std::vector<Precedent>;
    BW_CHECK(query.client != ClientId{});
    const auto match = match_expression(query.text);
    if (!match) return tl::unexpected(match.error());
    return store.impl().readers.query([&](Database& database) -> Result<Found> {
        const Ids ids = best(database, *match, query);
        auto read = read_precedents(database, *match, ids);
        Found found;
        for (const std::int64_t id : ids) found.push_back(std::move(read.at(id)));
        return found;
    });
}

}  // namespace bellwether::store
