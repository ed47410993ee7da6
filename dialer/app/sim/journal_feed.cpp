#include "dialer/app/sim/journal_feed.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>
#include <utility>

#include "dialer/app/reports/journal_text.h"

namespace bellwether::app {

namespace {

/// Takes the lines of an export until one is wrong.
class LineFeed {
public:
    /// @param name  of the journal, for errors. @param by_line  its lines can be counted by others.
    LineFeed(simulator::Replayer& replayer, std::string name, bool by_line)
        : replayer_{replayer}, name_{std::move(name)}, by_line_{by_line} {}

    /// One line, without its end.
    void take(const std::string& line) {
        ++line_;
        if (error_ || line.find_first_not_of(" \t\r") == std::string::npos) return;
        place_ = by_line_ ? fmt::format("{}:{}", name_, line_) : name_;
        auto read = read_journal_line(line);
        if (!read) return note(read.error());
        if (const auto* segment = std::get_if<simulator::Segment>(&*read)) {
            any_ = true;
            if (!by_line_) place_ += fmt::format(": segment {}", segment->first_seq);
            return note_any(replayer_.begin_segment(segment->first_seq, segment->snapshot,
                                                    segment->snapshot_personal));
        }
        const auto& entry = std::get<simulator::Entry>(*read);
        if (!by_line_) place_ += fmt::format(": entry {}", entry.seq);
        note_any(replayer_.take(entry));
    }

    [[nodiscard]] bool stopped() const { return error_.has_value(); }

    Result<void> finish() {
        if (error_) return tl::unexpected(*error_);
        if (any_) return {};
        return fail(Errc::InvalidInput,
                    fmt::format("{}: the journal is empty: {}", name_,
                                by_line_ ? "it should be the output of 'journal export --personal'"
                                         : "no service has run on this store yet"));
    }

private:
    void note_any(const Result<void>& result) {
        if (!result) note(result.error());
    }
    /// Whatever is wrong with it, the journal is not one that can be replayed.
    void note(const Error& error) {
        error_ = Error{Errc::InvalidInput, fmt::format("{}: {}", place_, error.detail)};
    }

    simulator::Replayer& replayer_;
    std::string name_;
    bool by_line_;
    std::uint64_t line_ = 0;
    bool any_ = false;
    std::string place_;
    std::optional<Error> error_;
};

/// Cuts pieces into lines.
class LineCutter {
public:
    explicit LineCutter(LineFeed& feed) : feed_{feed} {}
    void take(const std::string& piece) {
        rest_ += piece;
        std::size_t begin = 0;
        for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
            feed_.take(rest_.substr(begin, end - begin));
            begin = end + 1;
        }
        rest_.erase(0, begin);
    }
    void finish() {
        if (!rest_.empty()) feed_.take(rest_);
    }

private:
    LineFeed& feed_;
    std::string rest_;
};

Result<void> feed_file(const std::filesystem::path& file, simulator::Replayer& replayer) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file))
        return fail(Errc::NotFound, file.string() + " cannot be read");
    LineFeed feed{replayer, file.string(), true};
    for (std::string line; !feed.stopped() && std::getline(stream, line);) feed.take(line);
    return feed.finish();
}

/// The journal of the store or service, by the same request as `journal export`.
Result<void> feed_store(const Config& config, const OpenStore& open_store,
                        simulator::Replayer& replayer) {
    Plan plan;
    plan.request = {"GET", "/api/v1/journal?personal=true", "", ""};
    plan.is_long = true;
    LineFeed feed{replayer, config.store.string(), false};
    LineCutter lines{feed};
    const auto response =
        answer(plan, config, open_store, [&](const std::string& piece) { lines.take(piece); });
    if (!response) return tl::unexpected(response.error());
    if (response->status >= 300)
        return fail(Errc::Unavailable, "the journal could not be read: " + response->body);
    lines.finish();
    return feed.finish();
}

}  // namespace

bool is_sqlite(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 15> head{};
    stream.read(head.data(), head.size());
    // https://www.sqlite.org/fileformat.html §1.3: the header string.
    return std::string_view(head.data(), head.size()) == "SQLite format 3";
}

Result<void> feed_journal(const JournalSource& source, const Config& config,
                          const OpenStore& open_store, simulator::Replayer& replayer) {
    if (!source.file) return feed_store(config, open_store, replayer);
    if (!is_sqlite(*source.file)) return feed_file(*source.file, replayer);
    Config alone = config;
    alone.store = *source.file;
    alone.socket.clear();  // the file that was named, whatever the service has open
    return feed_store(alone, open_store, replayer);
}

}  // namespace bellwether::app
