#include "dialer/store/reject_file.h"

#include <array>
#include <span>
#include <utility>

#include "base/check.h"
#include "campaigns/csv_writer.h"

namespace bellwether::store {

namespace {

// CSV cannot carry a byte 0, and a UTF-16 file is full of them.
std::string without_nul(std::string_view text) {
    std::string clean;
    for (const char byte : text) {
        if (byte != '\0') clean += byte;
    }
    return clean;
}

}  // namespace

Result<RejectFile> RejectFile::create(const std::filesystem::path& path) {
    if (path.empty()) return RejectFile{std::ofstream{}};
    RejectFile rejects{std::ofstream{path, std::ios::binary | std::ios::trunc}};
    if (!rejects.file_) {
        return fail(Errc::Unavailable, "cannot write the rejects to " + path.string() +
                                           ": check that its folder exists and who owns it");
    }
    const std::array<std::string_view, 5> heading{"row", "line", "column", "reason", "original"};
    if (auto written = rejects.write_row(heading); !written) {
        return fail(written.error().code, written.error().detail);
    }
    return rejects;
}

Result<void> RejectFile::add(const Reject& reject) {
    if (!file_.is_open()) return {};
    const std::string row = std::to_string(reject.row);
    const std::string line = std::to_string(reject.line);
    const std::string original = without_nul(reject.original);
    return write_row(
        std::array<std::string_view, 5>{row, line, reject.column, reject.reason, original});
}

Result<void> RejectFile::close() {
    if (!file_.is_open()) return {};
    file_.close();
    if (!file_) return fail(Errc::Exhausted, "the rejects could not be written: is the disk full?");
    return {};
}

Result<void> RejectFile::write_row(std::span<const std::string_view> fields) {
    text_.clear();
    BW_CHECK(campaigns::append_csv_row(text_, fields).has_value());
    file_ << text_;
    if (!file_) return fail(Errc::Exhausted, "the rejects could not be written: is the disk full?");
    return {};
}

}  // namespace bellwether::store
