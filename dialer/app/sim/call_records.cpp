#include "dialer/app/sim/call_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "campaigns/csv.h"
#include "dialer/app/files/moment.h"

namespace bellwether::app {

namespace {

using campaigns::Outcome;
using campaigns::OutcomeClass;
using simulator::AgentMoment;
using simulator::CallRecord;
using simulator::Figures;
using simulator::Recording;
using namespace std::chrono_literals;

constexpr std::size_t kProblemsMax = 50;  // a screen or two; the same mistake repeats
constexpr double kSecondsMax = 86'400;    // nobody rings, talks or wraps up for a day
// The means of the simulator's scenarios (docs/guide/simulator.md).
constexpr Duration kRingPerson = 12s;
constexpr Duration kRingMachine = 18s;
constexpr Duration kRingFailed = 4s;
// An agent without a call for so long was away: waits for a call are minutes at most.
constexpr Duration kAway = 30min;

/// One call of the file.
struct Row {
    UtcTime at;
    CallRecord call;
    Outcome outcome = Outcome::Unknown;
    std::string agent;  ///< empty: none had it
    Duration wrap{};
};

char delimiter_of(std::string_view text) {
    const std::string_view heading = text.substr(0, text.find('\n'));
    const std::string_view candidates = "\t,;|";
    return *std::ranges::max_element(candidates, {},
                                     [&](char c) { return std::ranges::count(heading, c); });
}

/// Where each of our columns stands; none where the file has none.
struct Places {
    std::optional<std::size_t> called_at, outcome, ring, talk, wrap, agent;
};

class RowReader {
public:
    RowReader(const CallFile& file, const CallMapping& mapping, const compliance::ZoneOffsets& zone,
              Duration no_answer)
        : file_{file},
          mapping_{mapping},
          zone_{zone},
          no_answer_{no_answer},
          source_{file.text},
          csv_{source_, {.delimiter = delimiter_of(file.text)}} {}

    /// The rows by time, or what is wrong with the file.
    Checked<std::vector<Row>> read() {
        while (problems_.size() < kProblemsMax) {
            const auto step = csv_.next();
            if (!step || *step == campaigns::CsvStep::End) break;
            if (*step == campaigns::CsvStep::Fault) {
                note(csv_.fault().at.line, campaigns::explain(csv_.fault()));
            } else if (!has_heading_) {
                read_heading();
            } else {
                read_row();
            }
        }
        if (problems_.empty() && rows_.empty()) note(0, "holds no calls");
        if (!problems_.empty()) return tl::unexpected(std::move(problems_));
        std::ranges::stable_sort(rows_, {}, &Row::at);
        return std::move(rows_);
    }

private:
    void note(std::uint64_t line, std::string text) {
        problems_.push_back({file_.name, static_cast<int>(line), std::move(text)});
    }
    void wrong(std::size_t place, std::string_view what) {
        note(csv_.row().at.line, fmt::format("column {} ({}): \"{}\" {}", place + 1,
                                             headings_.at(place), csv_.row().fields[place], what));
        row_is_right_ = false;
    }

    std::optional<std::size_t> place_of(const std::string& heading) const {
        for (std::size_t i = 0; i < headings_.size(); ++i) {
            if (word_key(headings_[i]) == word_key(heading)) return i;
        }
        return std::nullopt;
    }

    void read_heading() {
        has_heading_ = true;
        for (const auto field : csv_.row().fields) headings_.emplace_back(field);
        places_ = {place_of(mapping_.called_at), place_of(mapping_.outcome),
                   place_of(mapping_.ring_s),    place_of(mapping_.talk_s),
                   place_of(mapping_.wrap_s),    place_of(mapping_.agent)};
        for (const auto& [name, heading, place] :
             {std::tuple{"called_at", mapping_.called_at, places_.called_at},
              std::tuple{"outcome", mapping_.outcome, places_.outcome}}) {
            if (place) continue;
            note(csv_.row().at.line,
                 fmt::format("there is no column \"{}\" (our {}): name yours in a mapping file, or "
                             "choose a --preset",
                             heading, name));
        }
    }

    void read_row() {
        if (!places_.called_at || !places_.outcome) return;
        row_is_right_ = true;
        Row row;
        read_time(row);
        row.agent = text_at(places_.agent);
        if (mapping_.is_nobody(row.agent)) row.agent.clear();
        read_outcome(row);
        const auto ring = seconds_at(places_.ring);
        const auto talk = seconds_at(places_.talk);
        row.wrap = seconds_at(places_.wrap).value_or(0s);
        if (!row_is_right_ || campaigns::class_of(row.outcome) == OutcomeClass::NotDialed) return;
        fill_call(row, ring, talk);
        rows_.push_back(std::move(row));
    }

    std::string text_at(std::optional<std::size_t> place) const {
        return place ? std::string{csv_.row().fields[*place]} : std::string{};
    }

    void read_time(Row& row) {
        const std::string text = text_at(places_.called_at);
        // Any time with its date: whether it has been yet is not the question here.
        const UtcTime ever{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}};
        const auto moment = parse_moment(text, zone_, ever);
        const bool dated = text.size() > 10 && text[4] == '-';
        if (!moment || !dated) {
            return wrong(*places_.called_at,
                         "is not a date and time: write 2026-03-02 14:03:07, with an offset or in "
                         "the campaign's zone");
        }
        row.at = *moment;
    }

    void read_outcome(Row& row) {
        const auto outcome = mapping_.outcome_of(text_at(places_.outcome), !row.agent.empty());
        if (!outcome) {
            return wrong(*places_.outcome,
                         "is not an outcome that is known: say in a mapping file under [outcomes] "
                         "what it means");
        }
        row.outcome = *outcome;
    }

    std::optional<Duration> seconds_at(std::optional<std::size_t> place) {
        const std::string text = word_key(text_at(place));
        if (text.empty()) return std::nullopt;
        double seconds = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, seconds);
        if (error != std::errc{} || stop != end || !(seconds >= 0 && seconds <= kSecondsMax)) {
            wrong(*place, "is not a number of seconds from 0 to 86400");
            return std::nullopt;
        }
        return std::chrono::round<Duration>(std::chrono::duration<double>{seconds});
    }

    void fill_call(Row& row, std::optional<Duration> ring, std::optional<Duration> talk) const;

    const CallFile& file_;
    const CallMapping& mapping_;
    const compliance::ZoneOffsets& zone_;
    Duration no_answer_;
    campaigns::TextSource source_;
    campaigns::CsvReader csv_;
    bool has_heading_ = false;
    std::vector<std::string> headings_;
    Places places_;
    bool row_is_right_ = true;
    std::vector<Row> rows_;
    Problems problems_;
};

/// A SIP status with this meaning (campaigns::outcome_of_failure).
int status_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Busy:
            return 486;
        case Outcome::InvalidNumber:
            return 404;
        case Outcome::Rejected:
            return 603;
        case Outcome::Congestion:
            return 503;
        default:
            return 480;
    }
}

void RowReader::fill_call(Row& row, std::optional<Duration> ring,
                          std::optional<Duration> talk) const {
    CallRecord& call = row.call;
    const OutcomeClass column = campaigns::class_of(row.outcome);
    const bool had_agent = !row.agent.empty() && talk && *talk > Duration::zero();
    if (had_agent || column == OutcomeClass::Answered) {
        call.end = CallRecord::End::Person;
        call.rang = ring.value_or(kRingPerson);
        if (had_agent) call.talk = talk;
        if (!had_agent && row.outcome == Outcome::HungUp) call.patience = talk.value_or(0s);
    } else if (column == OutcomeClass::Machine) {
        call.end = CallRecord::End::Machine;
        call.rang = ring.value_or(kRingMachine);
    } else if (row.outcome == Outcome::Cancelled || row.outcome == Outcome::Unknown) {
        call.end = CallRecord::End::Cut;
        call.rang = ring.value_or(0s);
    } else if (column == OutcomeClass::NoAnswer) {
        call.end = CallRecord::End::RangOut;
        call.rang = ring.value_or(no_answer_);
    } else {
        call.end = CallRecord::End::Failed;
        call.rang = ring.value_or(kRingFailed);
        call.failure.sip_status = status_of(row.outcome);
    }
}

/// One call of an agent: from the INVITE over bridge and talk to the end of the wrap-up.
struct Served {
    Duration at{};
    Duration bridged{};
    Duration over{};
    Duration wrap{};
};

void add_agent(AgentId agent, std::vector<Served> calls, Recording& recording) {
    std::ranges::stable_sort(calls, {}, &Served::bridged);
    Figures& figures = recording.figures;
    Duration here_since{};
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Served& call = calls[i];
        const bool comes = i == 0 || call.at - calls[i - 1].over > kAway;
        const bool goes = i + 1 == calls.size() || calls[i + 1].at - call.over > kAway;
        if (comes) {
            here_since = call.at;
            recording.agents.push_back({call.at, agent, AgentMoment::What::HereReady});
        } else {
            ++figures.waits;
            figures.waited += std::max(Duration::zero(), call.bridged - calls[i - 1].over);
        }
        if (goes) {
            recording.agents.push_back({call.over, agent, AgentMoment::What::SignOut});
            figures.staffed += call.over - here_since;
        }
        recording.wraps[agent].push_back(call.wrap);
        figures.talk += call.over - call.wrap - call.bridged;
        figures.wrap += call.wrap;
    }
}

Recording recording_of(std::vector<Row> rows) {
    Recording recording;
    recording.begin.utc = rows.front().at;
    recording.running = true;
    std::map<std::string, std::vector<Served>> agents;
    for (const Row& row : rows) {
        recording.detect_answers |= row.call.end == CallRecord::End::Machine;
    }
    std::uint64_t id = 0;
    for (Row& row : rows) {
        CallRecord call = row.call;
        call.at = row.at - recording.begin.utc;
        // When their detector spoke is not on record: at once, so that its delay is in no figure.
        if (recording.detect_answers) call.verdict_after = call.greeting_after = 0s;
        ++id;
        recording.contacts.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
        const Duration bridged = call.at + call.rang;
        const Duration over = bridged + call.talk.value_or(0s) + (call.talk ? row.wrap : 0s);
        recording.length = std::max(recording.length, over);
        ++recording.figures.calls;
        recording.figures.live_answers += call.end == CallRecord::End::Person;
        recording.figures.abandoned += row.outcome == Outcome::Abandoned && !call.talk;
        recording.figures.connected += call.talk.has_value();
        if (call.talk) agents[row.agent].push_back({call.at, bridged, over, row.wrap});
        recording.calls[ContactId{id}].push_back(call);
    }
    std::uint64_t agent = 0;
    for (auto& [name, calls] : agents) {
        add_agent(AgentId{++agent}, std::move(calls), recording);
    }
    std::ranges::stable_sort(recording.agents, {}, &AgentMoment::at);
    recording.length = std::max<Duration>(recording.length, 1s);
    return recording;
}

}  // namespace

UtcTime first_day(const CallFile& file, const CallMapping& mapping, UtcTime otherwise) {
    campaigns::TextSource source{file.text};
    campaigns::CsvReader csv{source, {.delimiter = delimiter_of(file.text)}};
    const auto heading = csv.next();
    if (!heading || *heading != campaigns::CsvStep::Row) return otherwise;
    std::size_t place = 0;
    const auto& names = csv.row().fields;
    while (place < names.size() && word_key(names[place]) != word_key(mapping.called_at)) {
        ++place;
    }
    const std::size_t width = names.size();
    const auto row = csv.next();
    if (!row || *row != campaigns::CsvStep::Row || place >= width) return otherwise;
    return about(csv.row().fields[place], otherwise);
}

Checked<Recording> read_call_records(const CallFile& file, const CallMapping& mapping,
                                     const compliance::ZoneOffsets& zone, Duration no_answer) {
    auto rows = RowReader{file, mapping, zone, no_answer}.read();
    if (!rows) return tl::unexpected(std::move(rows.error()));
    return recording_of(*std::move(rows));
}

}  // namespace bellwether::app
