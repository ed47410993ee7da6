#include "dialer/media/retention.h"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace bellwether::media {
namespace {

// Below, with symbolic links and dots followed: what is really meant.
bool is_below(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code error;
    const auto root = std::filesystem::weakly_canonical(folder, error);
    if (error) return false;
    const auto real = std::filesystem::weakly_canonical(file, error);
    if (error) return false;
    const auto [at, unused] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    return at == root.end() && real != root;
}

Deletion delete_one(const std::filesystem::path& folder, const std::filesystem::path& file) {
    Deletion deletion{.file = file};
    if (!is_below(folder, file)) {
        deletion.detail = "it is not below the recordings' folder";
        return deletion;
    }
    std::error_code error;
    const auto status = std::filesystem::symlink_status(file, error);
    if (!std::filesystem::exists(status)) {
        deletion.outcome = Deletion::Outcome::WasGone;
        return deletion;
    }
    if (!std::filesystem::is_regular_file(status)) {
        deletion.detail = "it is not a file";
        return deletion;
    }
    const auto bytes = std::filesystem::file_size(file, error);
    if (std::filesystem::remove(file, error)) {
        deletion.outcome = Deletion::Outcome::Deleted;
        deletion.bytes = bytes;
    } else {
        deletion.detail = error.message();
    }
    return deletion;
}

}  // namespace

std::vector<KeptRecording> expired(const std::vector<KeptRecording>& recordings,
                                   const RetentionRule& rule, std::chrono::seconds now) {
    std::vector<KeptRecording> over;
    if (rule.keep_for.count() <= 0) return over;
    std::ranges::copy_if(recordings, std::back_inserter(over), [&](const auto& recording) {
        return !recording.on_hold && recording.made + rule.keep_for <= now;
    });
    std::ranges::stable_sort(over, {}, &KeptRecording::made);
    return over;
}

std::vector<Deletion> delete_recordings(const std::filesystem::path& folder,
                                        const std::vector<KeptRecording>& recordings) {
    std::vector<Deletion> deletions;
    for (const auto& recording : recordings) {
        deletions.push_back(delete_one(folder, recording.file));
    }
    return deletions;
}

}  // namespace bellwether::media
