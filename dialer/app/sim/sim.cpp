#include "dialer/app/sim/sim.h"

#include <fmt/format.h>

#include <charconv>
#include <ostream>

#include "dialer/app/commands/option_reader.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/files/read_file.h"
#include "simulator/carrier/run.h"

namespace bellwether::app {

namespace {

/// What carrier and agents have in common.
template <class Options>
void read_practice(const Given& given, OptionReader& reader, Options& options) {
    if (given.has("--listen")) options.listen_host = given.value("--listen");
    reader.number<std::uint16_t>("--media-port-min", 1024, 65534, options.media_port_min);
    reader.number<std::uint16_t>("--media-port-max", 1025, 65535, options.media_port_max);
    reader.number<std::uint64_t>("--seed", 0, std::numeric_limits<std::uint64_t>::max(),
                                 options.seed);
    reader.path("--audio", options.audio_folder);
    reader.path("--log", options.log);
    reader.duration("--duration", options.duration);
}

void print(const Output& output, const Json& body) {
    output.out << (output.json ? body.dump() + "\n" : render(body)) << std::flush;
}

void read_people(const Given& given, OptionReader& reader, carrier::Distributions& distributions) {
    const auto found = given.values.find("--set");
    if (found == given.values.end()) return;
    for (const std::string& pair : found->second) {
        if (const auto set = carrier::set_option(distributions, pair); !set)
            reader.note("--set", set.error().detail);
    }
}

void read_login(const Given& given, OptionReader& reader, carrier::CarrierOptions& options) {
    options.username = given.value("--username");
    if (options.username.empty() != !given.has("--password-file")) {
        return reader.note("--username", "goes with --password-file");
    }
    if (options.username.empty()) return;
    const auto text = read_file(given.value("--password-file"), 4096);
    if (!text) return reader.note("--password-file", text.error().detail);
    options.password = text->substr(0, text->find_first_of("\r\n"));
}

void read_registrar(const Given& given, OptionReader& reader, carrier::AgentsOptions& options) {
    if (!given.has("--registrar")) return;
    const std::string text = given.value("--registrar");
    const auto colon = text.rfind(':');
    options.registrar_host = text.substr(0, colon);
    if (colon == std::string::npos) return;
    const char* end = text.data() + text.size();
    const auto [stop, error] =
        std::from_chars(text.data() + colon + 1, end, options.registrar_port);
    if (error != std::errc{} || stop != end)
        reader.note("--registrar", "write HOST:PORT, as 127.0.0.1:5060");
}

}  // namespace

ExitCode sim_carrier(const Given& given, const Output& output) {
    carrier::CarrierOptions options;
    OptionReader reader{given};
    read_practice(given, reader, options);
    reader.number<std::uint16_t>("--port", 0, 65535, options.port);
    reader.path("--port-file", options.port_file);
    reader.number<int>("--max-calls", 1, 100'000, options.max_calls);
    read_login(given, reader, options);
    read_people(given, reader, options.distributions);
    if (reader.error()) return report_error(output, *reader.error());
    const auto counts = carrier::run_carrier(options);
    if (!counts) return report_error(output, counts.error());
    print(output, {{"invites", counts->invites},
                   {"answered", counts->answered},
                   {"rejected", counts->rejected},
                   {"cancelled", counts->cancelled},
                   {"digits", counts->digits}});
    return ExitCode::Done;
}

ExitCode sim_agents(const Given& given, const Output& output) {
    carrier::AgentsOptions options;
    OptionReader reader{given};
    read_practice(given, reader, options);
    reader.path("--credentials", options.credentials_file);
    reader.number<int>("-n", 1, 100'000, options.n);
    reader.path("--ready-file", options.ready_file);
    read_registrar(given, reader, options);
    double drops = 0;
    reader.number<double>("--drops", 0, 1, drops);
    options.drops = Probability{drops};
    if (reader.error()) return report_error(output, *reader.error());
    const auto counts = carrier::run_agents(options);
    if (!counts) return report_error(output, counts.error());
    print(output, {{"registered", counts->registered},
                   {"legs", counts->legs},
                   {"heard", counts->heard},
                   {"dropped", counts->dropped}});
    return ExitCode::Done;
}

}  // namespace bellwether::app
