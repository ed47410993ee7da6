#include "dialer/store/bundle_folder.h"

#include <sodium.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "compliance/evidence/tar.h"
#include "dialer/store/evidence_files.h"

namespace bellwether::store {

namespace fs = std::filesystem;
namespace evidence = compliance::evidence;

struct BundleFolder::Open {
    std::ofstream stream;
    crypto_hash_sha256_state hash{};
    std::uint64_t bytes = 0;
};

void BundleFolder::Close::operator()(Open* open) const { delete open; }

namespace {

bool is_plain(const std::string& name) {
    return !name.empty() && name.size() <= 100 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

tl::unexpected<Error> not_written(const fs::path& path) {
    return fail(Errc::Exhausted, "cannot write " + path.string() + ": is the disk full?");
}

}  // namespace

BundleFolder::BundleFolder(fs::path out, fs::path folder)
    : out_{std::move(out)}, folder_{std::move(folder)} {}

Result<BundleFolder> BundleFolder::make(const fs::path& out) {
    std::error_code error;
    fs::path folder = out;
    if (out.extension() == ".tar") {
        folder += ".partial";
        fs::remove_all(folder, error);
        if (fs::exists(out, error)) return fail(Errc::Conflict, out.string() + " is there already");
    }
    if (fs::exists(folder, error) && !fs::is_empty(folder, error))
        return fail(Errc::Conflict, folder.string() + " is not empty: name another folder");
    fs::create_directories(folder, error);
    if (error)
        return fail(Errc::Unavailable,
                    "cannot make the folder " + folder.string() + ": " + error.message());
    return BundleFolder{out, folder};
}

Result<void> BundleFolder::append(const std::string& name, std::string_view bytes) {
    if (!is_plain(name))
        return fail(Errc::InvalidInput, "a bundle's file has a plain name, as report.csv");
    auto& open = open_[name];
    if (!open) {
        open.reset(new Open);
        open->stream.open(folder_ / name, std::ios::binary | std::ios::trunc);
        crypto_hash_sha256_init(&open->hash);
    }
    open->stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    crypto_hash_sha256_update(&open->hash, evidence::bytes_of(bytes), bytes.size());
    open->bytes += bytes.size();
    if (!open->stream) return not_written(folder_ / name);
    return {};
}

Result<void> BundleFolder::write(const std::string& name, std::string_view bytes) {
    return append(name, bytes);
}

Result<void> BundleFolder::close_files() {
    for (auto& [name, open] : open_) {
        open->stream.close();
        if (!open->stream) return not_written(folder_ / name);
        evidence::BundleFile& file = files_[name];
        file.bytes = open->bytes;
        crypto_hash_sha256_final(&open->hash, file.hash.data());
    }
    open_.clear();
    return {};
}

Result<void> BundleFolder::finish() {
    if (auto closed = close_files(); !closed) return closed;
    if (out_ == folder_) return {};
    if (auto packed = pack(); !packed) return packed;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    return {};
}

Result<void> BundleFolder::pack() const {
    std::ofstream tar{out_, std::ios::binary | std::ios::trunc};
    for (const auto& [name, file] : files_) {
        const auto bytes = read_whole_file(folder_ / name);
        if (!bytes) return tl::unexpected(bytes.error());
        tar << evidence::tar_header(name, bytes->size()) << *bytes
            << evidence::tar_padding(bytes->size());
    }
    tar << evidence::tar_end();
    tar.close();
    if (!tar) return not_written(out_);
    return {};
}

}  // namespace bellwether::store
