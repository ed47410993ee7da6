#include <fmt/format.h>

#include <array>
#include <fstream>
#include <ostream>

#include "dialer/app/journal_text.h"
#include "dialer/app/render.h"
#include "dialer/app/sim.h"

namespace bellwether::app {

namespace {

/// Replays segment by segment as lines come in, so that memory holds one segment, not the journal.
class Replayer {
public:
    /// One line of a journal export, without its end.
    void take(const std::string& line) {
        if (error_ || line.empty()) return;
        auto read = read_journal_line(line);
        if (!read) {
            error_ = read.error();
        } else if (auto* segment = std::get_if<simulator::Segment>(&*read)) {
            close_segment();
            segment_ = std::move(*segment);
        } else if (!segment_) {
            error_ = Error{Errc::InvalidInput, "the journal does not begin with a segment"};
        } else {
            segment_->entries.push_back(std::get<simulator::Entry>(*std::move(read)));
        }
    }

    Result<simulator::ReplayReport> finish() {
        close_segment();
        if (error_) return tl::unexpected(*error_);
        return report_;
    }

private:
    void close_segment() {
        if (!segment_ || !report_.identical) return;
        const auto part = simulator::replay(std::span{&*segment_, 1});
        if (part.first_difference) {
            report_.first_difference = part.first_difference;
            report_.first_difference->segment = report_.segments;
        }
        report_.identical = part.identical;
        report_.segments += part.segments;
        report_.events += part.events;
        report_.actions += part.actions;
        segment_.reset();
    }

    std::optional<simulator::Segment> segment_;
    simulator::ReplayReport report_;
    std::optional<Error> error_;
};

/// Cuts pieces into lines.
class LineCutter {
public:
    explicit LineCutter(Replayer& replayer) : replayer_{replayer} {}
    void take(const std::string& piece) {
        rest_ += piece;
        std::size_t begin = 0;
        for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
            replayer_.take(rest_.substr(begin, end - begin));
            begin = end + 1;
        }
        rest_.erase(0, begin);
    }
    void finish() { replayer_.take(rest_); }

private:
    Replayer& replayer_;
    std::string rest_;
};

bool is_sqlite(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 15> head{};
    stream.read(head.data(), head.size());
    // https://www.sqlite.org/fileformat.html §1.3: the header string.
    return std::string_view(head.data(), head.size()) == "SQLite format 3";
}

Result<simulator::ReplayReport> replay_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(Errc::NotFound, file.string() + " cannot be read");
    Replayer replayer;
    for (std::string line; std::getline(stream, line);) replayer.take(line);
    return replayer.finish();
}

/// The journal of the store or service, by the same request as `journal export`.
Result<simulator::ReplayReport> replay_store(const Config& config, const OpenStore& open_store) {
    Plan plan;
    plan.request = {"GET", "/api/v1/journal?personal=true", "", ""};
    plan.is_long = true;
    Replayer replayer;
    LineCutter lines{replayer};
    const auto response =
        answer(plan, config, open_store, [&](const std::string& piece) { lines.take(piece); });
    if (!response) return tl::unexpected(response.error());
    if (response->status >= 300)
        return fail(Errc::Unavailable, "the journal could not be read: " + response->body);
    lines.finish();
    return replayer.finish();
}

Result<simulator::ReplayReport> replay(const Given& given, const Config& config,
                                       const OpenStore& open_store) {
    if (!given.has("JOURNAL")) return replay_store(config, open_store);
    const std::filesystem::path file = given.value("JOURNAL");
    if (!is_sqlite(file)) return replay_file(file);
    Config alone = config;
    alone.store = file;
    alone.socket.clear();  // the file that was named, whatever the service has open
    return replay_store(alone, open_store);
}

}  // namespace

ExitCode sim_replay(const Given& given, const Config& config, const OpenStore& open_store,
                    const Output& output) {
    const auto report = replay(given, config, open_store);
    if (!report) return report_error(output, report.error());
    const std::string json = simulator::to_json(*report);
    output.out << (output.json ? json + "\n" : render(Json::parse(json, nullptr, false)))
               << std::flush;
    return report->identical ? ExitCode::Done : ExitCode::EvidenceDoesNotVerify;
}

}  // namespace bellwether::app
