#include "simulator/carrier/sounds.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "simulator/carrier/built_in_sounds.h"

namespace bellwether::carrier {
namespace {

constexpr std::uint32_t kRate = 8000;

void put(std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

/// Header of a mono 16-bit PCM file (RIFF, Microsoft and IBM 1991).
std::string wav_header(std::uint32_t samples) {
    constexpr std::uint32_t kHeaderRest = 36;
    std::string header = "RIFF";
    put(header, kHeaderRest + 2 * samples, 4);
    header += "WAVEfmt ";
    put(header, 16, 4);  // length of this chunk
    put(header, 1, 2);   // PCM
    put(header, 1, 2);   // channels
    put(header, kRate, 4);
    put(header, 2 * kRate, 4);  // bytes per second
    put(header, 2, 2);          // bytes per sample
    put(header, 16, 2);         // bits per sample
    header += "data";
    put(header, 2 * samples, 4);
    return header;
}

std::string wav_of(const std::vector<std::int16_t>& samples) {
    std::string text = wav_header(static_cast<std::uint32_t>(samples.size()));
    for (const std::int16_t sample : samples) put(text, static_cast<std::uint16_t>(sample), 2);
    return text;
}

/// Gives the media engine samples of our own, by way of a file that goes again.
Result<Sound> load_samples(media::MediaEngine& media, Sound sound,
                           const std::vector<std::int16_t>& samples) {
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    if (error) return fail(Errc::Unavailable, "no folder for temporary files: " + error.message());
    std::string file = (folder / "bellwether-sound-XXXXXX").string();
    const int fd = ::mkstemp(file.data());
    if (fd < 0) return fail(Errc::Unavailable, "cannot write into " + folder.string());
    ::close(fd);
    std::ofstream{file, std::ios::binary} << wav_of(samples);
    const auto loaded = media.load_prompt(sound.name, file);
    std::filesystem::remove(file, error);
    if (!loaded) return tl::unexpected{loaded.error()};
    return sound;
}

/// Fills a list that is empty with one built-in sound.
Result<void> fill(media::MediaEngine& media, std::vector<Sound>& list, Sound sound,
                  const std::vector<std::int16_t>& samples) {
    if (!list.empty()) return {};
    auto loaded = load_samples(media, std::move(sound), samples);
    if (!loaded) return tl::unexpected{loaded.error()};
    list.push_back(*std::move(loaded));
    return {};
}

Result<std::vector<std::filesystem::path>> wav_files(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".wav") files.push_back(entry.path());
    }
    if (error) return fail(Errc::Unavailable, folder.string() + ": " + error.message());
    if (files.empty()) return fail(Errc::NotFound, "no *.wav file in " + folder.string());
    std::sort(files.begin(), files.end());
    return files;
}

/// Which list a file belongs to, by its name.
std::vector<Sound>& list_for(Sounds& sounds, std::string_view name) {
    struct Kind {
        std::string_view prefix;
        std::vector<Sound> Sounds::*list;
    };
    constexpr std::array<Kind, 6> kKinds{{{"hello", &Sounds::greetings},
                                          {"voicemail", &Sounds::voicemails},
                                          {"screener", &Sounds::screenings},
                                          {"fax", &Sounds::faxes},
                                          {"ring", &Sounds::ringbacks},
                                          {"sit_", &Sounds::announcements}}};
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const Kind& k) { return name.starts_with(k.prefix); });
    return found == kKinds.end() ? sounds.replies : sounds.*(found->list);
}

/// "VC" of "sit_VC.wav", and of "sit_VC_2.wav".
std::string code_of(std::string_view name) {
    constexpr std::string_view kPrefix = "sit_";
    if (!name.starts_with(kPrefix)) return {};
    name.remove_prefix(kPrefix.size());
    return std::string{name.substr(0, name.find_first_of("_."))};
}

/// A reply's length, a screener's question.
constexpr double kWordS = 1;
constexpr double kQuestionS = 4;

}  // namespace

Result<Sounds> load_sounds(media::MediaEngine& media, const std::filesystem::path& folder) {
    Sounds sounds;
    if (!folder.empty()) {
        const auto files = wav_files(folder);
        if (!files) return tl::unexpected{files.error()};
        for (const auto& file : *files) {
            const std::string name = file.filename().string();
            const auto loaded = media.load_prompt("voice:" + name, file);
            if (!loaded) return tl::unexpected{loaded.error()};
            list_for(sounds, name).push_back({"voice:" + name, code_of(name)});
        }
    }
    if (sounds.greetings.empty()) sounds.greetings = sounds.replies;
    if (sounds.replies.empty()) sounds.replies = sounds.greetings;
    for (const auto& filled : {
             fill(media, sounds.greetings, {"built in:voice"}, built_in_voice(kWordS)),
             fill(media, sounds.voicemails, {"built in:voicemail"}, built_in_voicemail()),
             fill(media, sounds.screenings, {"built in:screener"}, built_in_voice(kQuestionS)),
             fill(media, sounds.faxes, {"built in:fax"}, built_in_fax()),
             fill(media, sounds.announcements, {"built in:sit", "VC"}, built_in_announcement()),
         }) {
        if (!filled) return tl::unexpected{filled.error()};
    }
    if (sounds.replies.empty()) sounds.replies = sounds.greetings;
    if (sounds.ringbacks.empty()) sounds.ringbacks = sounds.replies;
    return sounds;
}

}  // namespace bellwether::carrier
