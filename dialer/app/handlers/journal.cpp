#include <memory>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/journal_text.h"

namespace bellwether::app {

namespace {

/// Entries read at a time: a few hundred kB of text.
constexpr std::uint64_t kEntriesPerPiece = 500;

/// Walks the journal piece by piece: it may be larger than memory.
class JournalPieces {
public:
    JournalPieces(Backend& backend, std::vector<store::JournalSegment> segments, bool personal)
        : backend_{backend}, segments_{std::move(segments)}, personal_{personal} {
        if (!segments_.empty()) next_ = segments_.front().first_seq;
    }

    bool operator()(std::string& piece) {
        if (segments_.empty() || ended_) return false;
        bool any = false;
        const auto read = backend_.store().for_each_journal_entry(
            next_, next_ + kEntriesPerPiece - 1, [&](const store::JournalEntry& entry) {
                any = true;
                write_segments_up_to(entry.seq, piece);
                piece += journal_line(entry, personal_);
            });
        next_ += kEntriesPerPiece;
        if (!read) {
            // The status is long gone: the last line says that this is not all.
            piece += Json{{"kind", "ERROR"}, {"detail", read.error().detail}}.dump() + "\n";
            ended_ = true;
            return true;
        }
        ended_ = !any;
        return any;
    }

private:
    void write_segments_up_to(std::uint64_t seq, std::string& piece) {
        for (; segment_ < segments_.size() && segments_[segment_].first_seq <= seq; ++segment_) {
            piece += journal_line(segments_[segment_], personal_);
        }
    }

    Backend& backend_;
    std::vector<store::JournalSegment> segments_;
    bool personal_;
    std::size_t segment_ = 0;
    std::uint64_t next_ = 1;
    bool ended_ = false;
};

}  // namespace

api::Response export_journal(Backend& backend, const Call& call) {
    auto segments = backend.store().journal_segments();
    if (!segments) return api::problem(segments.error());
    const bool personal = call.query_value("personal") == "true";
    api::Response response{200, "application/x-ndjson", {}, {}};
    response.more = JournalPieces{backend, *std::move(segments), personal};
    return response;
}

}  // namespace bellwether::app
