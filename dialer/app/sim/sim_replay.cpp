#include <fmt/format.h>

#include <fstream>
#include <ostream>

#include "dialer/app/commands/option_reader.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_tree.h"
#include "dialer/app/policy/zones.h"
#include "dialer/app/sim/call_records.h"
#include "dialer/app/sim/journal_feed.h"
#include "dialer/app/sim/sim.h"
#include "dialer/app/sim/what_if_command.h"
#include "simulator/whatif/transcriber.h"

namespace bellwether::app {

namespace {

// A year of a busy centre's calls; read whole, as the rows are sorted by time.
constexpr std::size_t kCallFileBytesMax = std::size_t{1} << 30U;
// A call file's dates are read before its campaign's zone is known; without one any time does.
constexpr UtcTime kNoDate{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

JournalSource source_of(const Given& given) {
    if (!given.has("JOURNAL")) return {};
    return {given.value("JOURNAL")};
}

/// Does the file begin as a journal's export does? Anything else is taken for call records.
bool looks_like_journal(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    char first = 0;
    return is_sqlite(file) || !(stream >> first) || first == '{';
}

ExitCode report_difference(const simulator::ReplayReport& report, const Output& output) {
    output.err
        << "bellwether: the journal does not replay to the same actions, so that nothing can "
           "be said of other settings: see 'bellwether sim replay' without --with\n"
        << simulator::to_json(report) << "\n";
    return ExitCode::EvidenceDoesNotVerify;
}

/// Replays the journal and writes down what the world did, then asks the engine anew.
ExitCode journal_what_if(const Given& given, const Config& config, const OpenStore& open_store,
                         std::uint64_t seed, const Output& output) {
    const auto text = read_campaign_text(given.value("--with"));
    if (!text) return report_error(output, text.error());
    simulator::Transcriber transcriber;
    simulator::Replayer replayer{
        {.begins = [&](const engine::EngineState& state) { transcriber.begin_segment(state); },
         .step = [&](const simulator::Step& step) { transcriber.note(step); }}};
    const auto fed = feed_journal(source_of(given), config, open_store, replayer);
    if (!fed) return report_error(output, fed.error());
    if (!replayer.report().identical) return report_difference(replayer.report(), output);
    const auto began = transcriber.began();
    if (!began) return report_error(output, {Errc::InvalidInput, "the journal holds no event"});
    const auto campaign = parse(*text, began->utc);
    if (!campaign) return report_problems(output, campaign.error());
    const auto recording = transcriber.finish(campaign->spec.name);
    if (!recording) return report_error(output, recording.error());
    return print_what_if(*recording, campaign->spec, seed, output);
}

Checked<CallMapping> mapping_of(const Given& given) {
    const auto problem = [](const std::string& file, const Error& error) {
        return tl::unexpected(Problems{{file, 0, error.detail}});
    };
    if (given.has("--preset")) {
        auto preset = preset_mapping(given.value("--preset"));
        if (!preset) return problem("--preset", preset.error());
        return *std::move(preset);
    }
    if (!given.has("--mapping")) return CallMapping{};
    const std::string file = given.value("--mapping");
    const auto text = read_file(file, kTomlBytesMax + 1);
    if (!text) return problem(file, text.error());
    return parse_mapping(*text, file);
}

/// The same for another system's call records.
ExitCode records_what_if(const Given& given, std::uint64_t seed, const Output& output) {
    const auto mapping = mapping_of(given);
    if (!mapping) return report_problems(output, mapping.error());
    const auto text = read_campaign_text(given.value("--with"));
    if (!text) return report_error(output, text.error());
    const std::string name = given.value("JOURNAL");
    const auto rows = read_file(name, kCallFileBytesMax);
    if (!rows) return report_error(output, rows.error());
    const CallFile file{*rows, name};
    const auto campaign = parse(*text, first_day(file, *mapping, kNoDate));
    if (!campaign) return report_problems(output, campaign.error());
    const auto& spec = campaign->spec;
    const auto recording = read_call_records(file, *mapping, spec.hours.zone, spec.ring_limit);
    if (!recording) return report_problems(output, recording.error());
    return print_what_if(*recording, spec, seed, output);
}

ExitCode plain_replay(const Given& given, const Config& config, const OpenStore& open_store,
                      const Output& output) {
    simulator::Replayer replayer;
    const auto fed = feed_journal(source_of(given), config, open_store, replayer);
    if (!fed) return report_error(output, fed.error());
    const simulator::ReplayReport& report = replayer.report();
    const std::string json = simulator::to_json(report);
    output.out << (output.json ? json + "\n" : render(Json::parse(json, nullptr, false)))
               << std::flush;
    return report.identical ? ExitCode::Done : ExitCode::EvidenceDoesNotVerify;
}

}  // namespace

ExitCode sim_replay(const Given& given, const Config& config, const OpenStore& open_store,
                    const Output& output) {
    OptionReader options{given};
    std::uint64_t seed = 1;
    options.number<std::uint64_t>("--seed", 0, std::numeric_limits<std::uint64_t>::max(), seed);
    const bool mapped = given.has("--mapping") || given.has("--preset");
    if (given.has("--mapping") && given.has("--preset"))
        options.note("--mapping", "or --preset, not both");
    if (!given.has("--with") && (mapped || given.has("--seed")))
        options.note("--with", "is missing: which campaign file is to be tried?");
    if (mapped && !given.has("JOURNAL")) options.note("JOURNAL", "is missing: which call records?");
    if (options.error()) return report_error(output, *options.error());
    if (!given.has("--with")) return plain_replay(given, config, open_store, output);
    const bool records =
        mapped || (given.has("JOURNAL") && !looks_like_journal(given.value("JOURNAL")));
    return records ? records_what_if(given, seed, output)
                   : journal_what_if(given, config, open_store, seed, output);
}

}  // namespace bellwether::app
