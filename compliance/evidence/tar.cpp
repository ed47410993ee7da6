#include "compliance/evidence/tar.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/check.h"

namespace bellwether::compliance::evidence {

namespace {

constexpr std::size_t kBlock = 512;

// Offsets and lengths of the header's fields, as the standard has them.
struct Field {
    std::size_t offset;
    std::size_t length;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUid{108, 8};
constexpr Field kGid{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kSum{148, 8};
constexpr std::size_t kType = 156;
constexpr Field kMagic{257, 8};

void put_octal(std::string& header, Field field, std::uint64_t value) {
    for (std::size_t i = field.length - 1; i-- > 0; value /= 8)
        header[field.offset + i] = static_cast<char>('0' + value % 8);
}

/// The sum of the bytes, the field of the sum itself taken as spaces.
unsigned sum_of(std::string_view header) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const bool own = i >= kSum.offset && i < kSum.offset + kSum.length;
        sum += own ? unsigned{' '} : static_cast<unsigned char>(header[i]);
    }
    return sum;
}

std::optional<std::uint64_t> read_octal(std::string_view header, Field field) {
    std::string_view text = header.substr(field.offset, field.length);
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    text.remove_prefix(begin);
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
    return error == std::errc{} && stop != text.data() ? std::optional{value} : std::nullopt;
}

std::string read_name(std::string_view header) {
    std::string_view name = header.substr(kName.offset, kName.length);
    name = name.substr(0, name.find('\0'));
    const auto slash = name.rfind('/');
    return std::string{slash == std::string_view::npos ? name : name.substr(slash + 1)};
}

}  // namespace

std::string tar_header(std::string_view name, std::uint64_t bytes) {
    BW_CHECK(!name.empty() && name.size() <= kName.length);
    BW_CHECK(bytes < std::uint64_t{1} << 33U);
    std::string header(kBlock, '\0');
    header.replace(kName.offset, name.size(), name);
    put_octal(header, kMode, 0644);
    put_octal(header, kUid, 0);
    put_octal(header, kGid, 0);
    put_octal(header, kSize, bytes);
    put_octal(header, kTime, 0);  // the manifest says when
    header[kType] = '0';          // a plain file
    header.replace(kMagic.offset, kMagic.length,
                   std::string_view{"ustar\0"
                                    "00",
                                    8});
    put_octal(header, {kSum.offset, kSum.length - 1}, sum_of(header));
    header[kSum.offset + kSum.length - 1] = ' ';
    return header;
}

std::string tar_padding(std::uint64_t bytes) {
    return std::string((kBlock - bytes % kBlock) % kBlock, '\0');
}

std::string tar_end() { return std::string(2 * kBlock, '\0'); }

Result<std::map<std::string, std::string_view>> tar_files(std::string_view archive) {
    std::map<std::string, std::string_view> files;
    while (archive.size() >= kBlock && archive.front() != '\0') {
        const std::string_view header = archive.substr(0, kBlock);
        const auto size = read_octal(header, kSize);
        const auto sum = read_octal(header, kSum);
        if (!size || !sum || *sum != sum_of(header))
            return fail(Errc::Corrupt, "it is no tar archive, or a header of it is damaged");
        archive.remove_prefix(kBlock);
        if (*size > archive.size()) return fail(Errc::Corrupt, "the tar archive is cut off");
        const char type = header[kType];
        if (type == '0' || type == '\0') files[read_name(header)] = archive.substr(0, *size);
        const std::uint64_t padded = *size + tar_padding(*size).size();
        archive.remove_prefix(std::min<std::uint64_t>(padded, archive.size()));
    }
    const bool is_ended = archive.empty() || archive.front() == '\0';
    if (files.empty() || !is_ended) return fail(Errc::Corrupt, "it is no tar archive");
    return files;
}

}  // namespace bellwether::compliance::evidence
