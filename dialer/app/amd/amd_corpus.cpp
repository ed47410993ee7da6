#include "dialer/app/amd/amd_corpus.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <sstream>

#include "answer-detect/audio.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/files/read_file.h"
#include "dialer/media/wav_reader.h"

namespace bellwether::app {

namespace {

using answer_detect::training::ClipClass;

constexpr std::size_t kLabelsBytesMax = std::size_t{256} << 20U;  // a million clips
constexpr double kSecondsMax = 86'400;

/// Takes members out of one label; the first fault is kept.
class LabelReader {
public:
    explicit LabelReader(const Json& line) : line_{line} {}

    std::string text(const char* key) {
        const auto* found = member(key);
        if (found == nullptr) return {};
        if (!found->is_string()) {
            note(key, "is not a text");
            return {};
        }
        return found->get<std::string>();
    }

    double seconds(const char* key) {
        const double value = number(key, -1);
        if (value > kSecondsMax) note(key, "is not within a day");
        return value;
    }

    double number(const char* key, double absent) {
        const auto* found = member(key);
        if (found == nullptr) return absent;
        if (!found->is_number() || !std::isfinite(found->get<double>())) {
            note(key, "is not a number");
            return absent;
        }
        return found->get<double>();
    }

    std::vector<std::pair<double, double>> spans(const char* key) {
        std::vector<std::pair<double, double>> spans;
        const auto* found = member(key);
        if (found == nullptr) return spans;
        if (!found->is_array()) note(key, "is not a list");
        for (const auto& span : *found) {
            const bool is_pair =
                span.is_array() && span.size() == 2 && span[0].is_number() && span[1].is_number();
            if (!is_pair) {
                note(key, "is not a list of pairs of seconds");
                break;
            }
            spans.emplace_back(span[0].get<double>(), span[1].get<double>());
        }
        return spans;
    }

    void note(const std::string& key, const std::string& fault) {
        if (fault_.empty()) fault_ = fmt::format("\"{}\" {}", key, fault);
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    [[nodiscard]] const Json* member(const char* key) const {
        const auto found = line_.find(key);
        return found == line_.end() || found->is_null() ? nullptr : &*found;
    }

    const Json& line_;
    std::string fault_;
};

ClipClass read_class(LabelReader& reader) {
    const std::string word = reader.text("cls");
    const auto cls = enum_from_name<ClipClass>(word);
    if (word.empty()) reader.note("cls", "is missing");
    if (!cls) reader.note("cls", fmt::format("is \"{}\", which is no class", word));
    return cls.value_or(ClipClass::Human);
}

}  // namespace

Result<LabelledClip> read_label(std::string_view line) {
    const auto json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return fail(Errc::InvalidInput, "is not a JSON object");
    LabelReader reader{json};
    LabelledClip clip;
    clip.id = reader.text("file");
    if (clip.id.empty()) reader.note("file", "is missing");
    clip.cls = read_class(reader);
    clip.sub = reader.text("sub");
    clip.speaker = reader.text("speaker");
    clip.text = reader.text("text");
    clip.source = reader.text("source");
    clip.lang = reader.text("lang");
    clip.noise = reader.text("noise");
    clip.speech_start = reader.seconds("speech_start");
    clip.greet_end = reader.seconds("greet_end");
    clip.pauses = reader.spans("pauses");
    clip.beep_start = reader.seconds("beep_start");
    clip.beep_end = reader.seconds("beep_end");
    clip.tone_start = reader.seconds("tone_start");
    clip.tone_end = reader.seconds("tone_end");
    clip.snr_db = reader.number("snr_db", 0);
    clip.level_dbm0 = reader.number("level_dbm0", 0);
    if (clip.greet_end >= 0 && clip.greet_end < clip.speech_start) {
        reader.note("greet_end", "lies before speech_start");
    }
    if (!reader.fault().empty()) return fail(Errc::InvalidInput, reader.fault());
    return clip;
}

Result<std::vector<LabelledClip>> read_labels(const std::filesystem::path& folder) {
    const auto file = folder / "labels.jsonl";
    const auto text = read_file(file, kLabelsBytesMax);
    if (!text) return fail(Errc::InvalidInput, text.error().detail);
    std::vector<LabelledClip> clips;
    std::set<std::string> seen;
    std::istringstream lines{*text};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto clip = read_label(line);
        if (clip && !seen.insert(clip->id).second) {
            clip = fail(Errc::InvalidInput, "names a file that an earlier line names");
        }
        if (!clip) {
            return fail(Errc::InvalidInput,
                        fmt::format("{} line {}: {}", file.string(), number, clip.error().detail));
        }
        clips.push_back(*std::move(clip));
    }
    if (clips.empty()) return fail(Errc::InvalidInput, file.string() + " holds no label");
    return clips;
}

Result<void> load_sound(const std::filesystem::path& folder, LabelledClip& clip, double longest_s) {
    auto pcm = media::read_wav_file(folder / clip.id);
    if (!pcm) {
        return fail(Errc::InvalidInput,
                    pcm.error().detail + ", and " + (folder / "labels.jsonl").string() + " has it");
    }
    clip.pcm = *std::move(pcm);
    const auto most = static_cast<std::size_t>(longest_s * answer_detect::kSampleRate);
    if (clip.pcm.size() > most) {
        clip.pcm.resize(most);
        clip.pcm.shrink_to_fit();
    }
    return {};
}

std::string clip_name(const std::filesystem::path& folder, const LabelledClip& clip) {
    auto path = std::filesystem::absolute(folder).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // it was written with a slash at its end
    return path.filename().string() + "/" + clip.id;
}

Result<std::vector<LabelledClip>> read_corpus(const std::filesystem::path& folder,
                                              double longest_s) {
    auto clips = read_labels(folder);
    if (!clips) return clips;
    for (LabelledClip& clip : *clips) {
        if (auto sound = load_sound(folder, clip, longest_s); !sound)
            return tl::unexpected{sound.error()};
        clip.id = clip_name(folder, clip);
    }
    return clips;
}

}  // namespace bellwether::app
