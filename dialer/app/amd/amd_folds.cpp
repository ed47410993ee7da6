#include "dialer/app/amd/amd_folds.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <system_error>

#include "dialer/app/amd/amd_words.h"
#include "dialer/app/files/read_file.h"

namespace bellwether::app {

namespace {

constexpr std::size_t kListBytesMax = std::size_t{64} << 20U;
constexpr std::size_t kFoldsMax = 1000;

std::filesystem::path weights_of(const std::filesystem::path& folder, std::size_t fold) {
    return folder / fmt::format("fold_{}.bin", fold);
}

Result<std::map<std::string, std::size_t>> read_list(const std::filesystem::path& file) {
    const auto text = read_file(file, kListBytesMax);
    if (!text) return fail(Errc::InvalidInput, text.error().detail);
    std::map<std::string, std::size_t> folds;
    std::istringstream lines{*text};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::size_t fold = 0;
        const char* end = line.data() + line.size();
        const auto [stop, error] = std::from_chars(line.data(), end, fold);
        if (error != std::errc{} || stop == end || *stop != ' ' || fold >= kFoldsMax) {
            return fail(Errc::InvalidInput,
                        fmt::format("{} line {} is not \"fold clip\"", file.string(), number));
        }
        folds.emplace(std::string{stop + 1, end}, fold);
    }
    return folds;
}

}  // namespace

Result<FoldFolder> FoldFolder::read(const std::filesystem::path& folder) {
    auto list = read_list(folder / "folds.txt");
    if (!list) return tl::unexpected{list.error()};
    FoldFolder folds;
    std::size_t count = 0;
    for (const auto& [clip, fold] : *list) count = std::max(count, fold + 1);
    for (std::size_t fold = 0; fold < count; ++fold) {
        auto model = load_weights(weights_of(folder, fold));
        if (!model) return tl::unexpected{model.error()};
        folds.models_.push_back(*std::move(model));
    }
    folds.fold_of_ = *std::move(list);
    return folds;
}

const answer_detect::GreetingModel* FoldFolder::model_for(const std::string& clip) const {
    const auto found = fold_of_.find(clip);
    return found == fold_of_.end() ? nullptr : &models_.at(found->second);
}

Result<void> write_weights(const std::filesystem::path& file,
                           const answer_detect::GreetingModel& model) {
    auto part = file;
    part += ".part";
    const auto bytes = model.serialize();
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    stream.close();
    std::error_code error;
    if (stream) std::filesystem::rename(part, file, error);
    if (!stream || error) return fail(Errc::Unavailable, file.string() + " cannot be written");
    return {};
}

Result<void> write_folds(const std::filesystem::path& folder,
                         const std::vector<answer_detect::GreetingModel>& models,
                         const std::string& fold_list) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    for (std::size_t fold = 0; fold < models.size(); ++fold) {
        if (auto written = write_weights(weights_of(folder, fold), models[fold]); !written)
            return written;
    }
    const auto list = folder / "folds.txt";
    std::ofstream stream(list, std::ios::binary | std::ios::trunc);
    stream << fold_list << std::flush;
    if (!stream) return fail(Errc::Unavailable, list.string() + " cannot be written");
    return {};
}

}  // namespace bellwether::app
