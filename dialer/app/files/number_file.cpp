#include "dialer/app/files/number_file.h"

#include <fstream>
#include <system_error>

#include "campaigns/contact_columns.h"
#include "campaigns/csv.h"
#include "dialer/app/handlers/handlers.h"

namespace bellwether::app {

namespace {

class FileSource final : public campaigns::ByteSource {
public:
    explicit FileSource(const std::filesystem::path& file)
        : stream_{file, std::ios::binary}, buffer_(64 * 1024) {}

    [[nodiscard]] bool is_open() const { return stream_.is_open(); }

    [[nodiscard]] Result<std::span<const char>> next_chunk() override {
        stream_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        if (stream_.bad()) return fail(Errc::Unavailable, "the file cannot be read to its end");
        return std::span<const char>(buffer_.data(), static_cast<std::size_t>(stream_.gcount()));
    }

private:
    std::ifstream stream_;
    std::vector<char> buffer_;
};

/// The rows of one file, turned into numbers one by one.
class NumberReader {
public:
    NumberReader(campaigns::ByteSource& source, const std::string& region)
        : csv_{source, {.same_width = false}}, region_{region} {}

    Result<NumberFile> run() {
        while (true) {
            const auto step = csv_.next();
            if (!step) return tl::unexpected(step.error());
            if (*step == campaigns::CsvStep::End) return std::move(result_);
            if (*step == campaigns::CsvStep::Fault) {
                reject(csv_.fault().at.row, describe(csv_.fault()));
            } else if (const auto taken = take(csv_.row()); !taken) {
                return tl::unexpected(taken.error());
            }
        }
    }

private:
    Result<void> take(const campaigns::CsvRow& row) {
        const bool first = std::exchange(first_, false);
        if (first && !read_number(std::string{row.fields[0]}, region_)) {
            const auto columns = campaigns::read_contact_header(row.fields);
            if (!columns) return tl::unexpected(columns.error());
            column_ = columns->phone;
            return {};
        }
        if (column_ >= row.fields.size()) {
            reject(row.at.row, "the row has no phone column");
            return {};
        }
        const auto number = read_number(std::string{row.fields[column_]}, region_);
        if (!number) {
            reject(row.at.row, number.error().detail);
            return {};
        }
        ++result_.read;
        result_.numbers.push_back(*number);
        return {};
    }

    void reject(std::uint64_t row, std::string reason) {
        ++result_.read;
        result_.rejects.push_back({row, std::move(reason)});
    }

    campaigns::CsvReader csv_;
    const std::string& region_;
    bool first_ = true;
    std::size_t column_ = 0;
    NumberFile result_;
};

}  // namespace

Result<NumberFile> read_number_file(const std::filesystem::path& file, const std::string& region) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(Errc::NotFound, file.string() + " is not there");
    if (!std::filesystem::is_regular_file(file, error)) {
        return fail(Errc::InvalidInput, file.string() + " is not a file");
    }
    FileSource source{file};
    if (!source.is_open()) return fail(Errc::Unavailable, file.string() + " cannot be read");
    return NumberReader{source, region}.run();
}

}  // namespace bellwether::app
