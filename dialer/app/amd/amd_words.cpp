#include "dialer/app/amd/amd_words.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <span>

#include "answer-detect/shipped_weights.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

namespace {

using answer_detect::GreetingModel;
using answer_detect::Mode;
using answer_detect::evaluation::Heard;
using answer_detect::evaluation::Scores;
using answer_detect::evaluation::Share;

constexpr std::size_t kWeightsBytesMax = std::size_t{16} << 20U;  // those shipped are 60 kB

/// As written: no more digits than mean anything.
double rounded(double value, double steps_per_unit = 1e4) {
    return std::round(value * steps_per_unit) / steps_per_unit;
}

Json seconds_json(const std::optional<double>& seconds) {
    return seconds ? Json(rounded(*seconds)) : Json(nullptr);
}

Json beep_json(const answer_detect::Beep& beep) {
    Json hz = Json::array();
    for (const float one : beep.hz) {
        if (one > 0) hz.push_back(rounded(static_cast<double>(one), 10));
    }
    return {{"start_s", rounded(beep.start_s)}, {"end_s", rounded(beep.end_s)}, {"hz", hz}};
}

Json tone_json(const answer_detect::Tone& tone) {
    const auto text = [](const char* letters) {
        return *letters == '\0' ? Json(nullptr) : Json(letters);
    };
    // The arrays end with a zero or are full.
    const std::string code{tone.code.data(), ::strnlen(tone.code.data(), tone.code.size())};
    const std::string country{tone.country.data(),
                              ::strnlen(tone.country.data(), tone.country.size())};
    return {{"kind", name_of(tone.kind)},
            {"code", text(code.c_str())},
            {"country", text(country.c_str())}};
}

Json by_class_json(const Scores& scores) {
    Json table = Json::object();
    for (const auto& [expected, row] : scores.by_class) {
        Json counts = Json::object();
        for (const auto& [verdict, count] : row) counts[std::string{name_of(verdict)}] = count;
        table[std::string{name_of(expected)}] = counts;
    }
    return table;
}

}  // namespace

Result<GreetingModel> load_weights(const std::filesystem::path& file) {
    if (file.empty()) return GreetingModel::parse(answer_detect::shipped_weights());
    const auto text = read_file(file, kWeightsBytesMax);
    if (!text) return fail(Errc::InvalidInput, text.error().detail);
    auto model = GreetingModel::parse(std::as_bytes(std::span{*text}));
    if (!model) return fail(Errc::InvalidInput, file.string() + ": " + model.error().detail);
    return model;
}

Result<answer_detect::Policy> read_policy(const Given& given) {
    if (!given.has("--policy")) return answer_detect::policy_of(Mode::Balanced);
    const std::string word = given.value("--policy");
    const auto mode = enum_from_name<Mode>(TomlReader::enum_spelling(word));
    if (!mode || *mode == Mode::Off) {
        return fail(
            Errc::InvalidInput,
            fmt::format("--policy: \"{}\" is none of tones, careful, balanced, background", word));
    }
    return answer_detect::policy_of(*mode);
}

Json heard_json(const std::string& file, const Heard& heard, bool trace) {
    Json beeps = Json::array();
    for (const auto& beep : heard.beeps) beeps.push_back(beep_json(beep));
    Json line{{"file", file},
              {"verdict", name_of(heard.verdict)},
              {"at_s", seconds_json(heard.at_s)},
              {"speech_start_s", seconds_json(heard.speech_start_s)},
              {"greeting_end_s", seconds_json(heard.greeting_end_s)},
              {"p_machine", rounded(static_cast<double>(heard.p_machine), 1e6)},
              {"beeps", beeps},
              {"tone", heard.tone ? tone_json(*heard.tone) : Json(nullptr)}};
    if (!trace) return line;
    Json posterior = Json::array();
    for (const auto& moment : heard.posterior) {
        posterior.push_back(
            {rounded(moment.at_s), rounded(static_cast<double>(moment.p_machine), 1e6)});
    }
    line["posterior"] = posterior;
    return line;
}

Json share_json(const Share& share) {
    const auto value = share.value();
    return value ? Json(*value) : Json(nullptr);
}

Json interval_json(const Share& share) {
    const auto interval = answer_detect::evaluation::wilson95(share);
    return {interval.low, interval.high};
}

Json scores_json(const Scores& scores) {
    Json auc = Json::object();
    for (std::size_t i = 0; i < scores.auc.size(); ++i) {
        auc[fmt::format("{:.1f}", answer_detect::evaluation::kAucTimesS[i])] =
            scores.auc[i] ? Json(*scores.auc[i]) : Json(nullptr);
    }
    const auto false_beeps = scores.false_beeps_per_min();
    return {{"humans", scores.humans},
            {"human_to_machine", share_json(scores.human_to_machine)},
            {"machines", scores.machines},
            {"machine_recall", share_json(scores.machine_recall)},
            {"accuracy", share_json(scores.accuracy)},
            {"auc", auc},
            {"human_verdict_after_greeting_s",
             {{"p50", seconds_json(scores.after_greeting_p50_s)},
              {"p90", seconds_json(scores.after_greeting_p90_s)},
              {"over_2s", share_json(scores.over_2s)}}},
            {"beep_recall", share_json(scores.beep_recall)},
            {"false_beeps_per_min", false_beeps ? Json(*false_beeps) : Json(nullptr)},
            {"by_class", by_class_json(scores)},
            {"wilson95",
             {{"human_to_machine", interval_json(scores.human_to_machine)},
              {"machine_recall", interval_json(scores.machine_recall)},
              {"accuracy", interval_json(scores.accuracy)},
              {"over_2s", interval_json(scores.over_2s)},
              {"beep_recall", interval_json(scores.beep_recall)}}}};
}

Json breakdown_json(const answer_detect::evaluation::Breakdown& breakdown) {
    Json tables = Json::object();
    for (const auto& [property, table] : breakdown.tables()) {
        Json rows = Json::object();
        for (const auto& [value, row] : table) {
            rows[value] = {{"humans", row.human_to_machine.of},
                           {"human_to_machine", share_json(row.human_to_machine)},
                           {"machines", row.machine_recall.of},
                           {"machine_recall", share_json(row.machine_recall)}};
        }
        tables[property] = rows;
    }
    return tables;
}

}  // namespace bellwether::app
