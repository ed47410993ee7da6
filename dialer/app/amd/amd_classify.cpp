#include <fmt/format.h>

#include <fstream>
#include <ostream>

#include "dialer/app/amd/amd.h"
#include "dialer/app/amd/amd_picture.h"
#include "dialer/app/amd/amd_words.h"
#include "dialer/app/commands/render.h"
#include "dialer/media/wav_reader.h"

namespace bellwether::app {

namespace {

using answer_detect::evaluation::Heard;

Json for_people(const std::string& file, const Heard& heard) {
    const auto seconds = [](const std::optional<double>& s) {
        return s ? Json(fmt::format("{:.2f} s", *s)) : Json(nullptr);
    };
    Json beeps = Json::array();
    for (const auto& beep : heard.beeps) {
        beeps.push_back({{"beep from", fmt::format("{:.2f} s", beep.start_s)},
                         {"to", fmt::format("{:.2f} s", beep.end_s)},
                         {"frequency", fmt::format("{:.0f} Hz", beep.hz[0])}});
    }
    Json body{{"file", file},
              {"verdict", name_of(heard.verdict)},
              {"known at", seconds(heard.at_s)},
              {"speech from", seconds(heard.speech_start_s)},
              {"greeting to", seconds(heard.greeting_end_s)},
              {"chance of a machine", fmt::format("{:.1f} %", heard.p_machine * 100)}};
    if (!beeps.empty()) body["beeps"] = beeps;
    return body;
}

Result<void> write_picture(const std::filesystem::path& file, const std::string& svg) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << svg << std::flush;
    if (!stream) return fail(Errc::Unavailable, file.string() + " cannot be written");
    return {};
}

/// What one run of the command listens with.
struct Listening {
    const answer_detect::GreetingModel& model;
    answer_detect::Policy policy;
    bool trace = false;
    std::filesystem::path plot;
};

Result<void> classify(const std::string& file, const Listening& with, const Output& output) {
    const auto pcm = media::read_wav_file(file);
    if (!pcm) return tl::unexpected{pcm.error()};
    const Heard heard = answer_detect::evaluation::listen(*pcm, &with.model, with.policy);
    output.out << (output.json ? heard_json(file, heard, with.trace)
                                         .dump(-1, ' ', false, Json::error_handler_t::replace) +
                                     "\n"
                               : render(for_people(file, heard)))
               << std::flush;
    if (with.plot.empty()) return {};
    return write_picture(with.plot, draw_listening(file, *pcm, heard, with.policy));
}

}  // namespace

ExitCode amd_classify(const Given& given, const Output& output) {
    const auto policy = read_policy(given);
    if (!policy) return report_error(output, policy.error());
    const auto files = given.values.find("FILE");
    const auto count = files == given.values.end() ? 0 : files->second.size();
    if (given.has("--plot") && count != 1) {
        return report_error(output, {Errc::InvalidInput, "--plot draws one FILE, not several"});
    }
    const auto model = load_weights(given.value("--weights"));
    if (!model) return report_error(output, model.error());
    const Listening with{*model, *policy, given.has("--trace"), given.value("--plot")};
    ExitCode code = ExitCode::Done;
    for (std::size_t i = 0; i < count; ++i) {
        const auto done = classify(files->second[i], with, output);
        if (done) continue;
        report_error(output, done.error());
        code = ExitCode::ValidationFailed;
    }
    return code;
}

}  // namespace bellwether::app
