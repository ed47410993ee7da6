#include "dialer/store/file_source.h"

#include <openssl/evp.h>

#include <utility>
#include <vector>

#include "base/check.h"

namespace bellwether::store {

struct FileSource::Digest {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return fail(Errc::NotFound, file.string() + ": there is no such file");
    }
    if (std::filesystem::is_directory(file, error)) {
        return fail(Errc::InvalidInput, file.string() + " is a folder, not a file");
    }
    std::ifstream stream{file, std::ios::binary};
    if (!stream)
        return fail(Errc::Unavailable, file.string() + " may not be read: check who owns it");
    return std::unique_ptr<FileSource>{new FileSource{std::move(stream), file.string()}};
}

FileSource::FileSource(std::ifstream file, std::string name)
    : file_{std::move(file)}, name_{std::move(name)}, digest_{std::make_unique<Digest>()} {
    BW_CHECK(EVP_DigestInit_ex(digest_->context.get(), EVP_sha256(), nullptr) == 1);
}

FileSource::~FileSource() = default;

Result<std::span<const char>> FileSource::next_chunk() {
    file_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (file_.bad()) return fail(Errc::Unavailable, name_ + ": the disk reports an error");
    const auto size = static_cast<std::size_t>(file_.gcount());
    BW_CHECK(EVP_DigestUpdate(digest_->context.get(), buffer_.data(), size) == 1);
    return std::span<const char>{buffer_.data(), size};
}

std::string FileSource::hash() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    BW_CHECK(EVP_DigestFinal_ex(digest_->context.get(), bytes.data(), &size) == 1);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += kDigits[bytes[i] >> 4U];
        hex += kDigits[bytes[i] & 0xFU];
    }
    return hex;
}

}  // namespace bellwether::store
