#include "dialer/app/files/read_file.h"

#include <fstream>
#include <system_error>

namespace bellwether::app {

Result<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        return fail(Errc::NotFound, file.string() + " is not there");
    // A pipe or device could keep the service waiting, or never end.
    if (!std::filesystem::is_regular_file(status))
        return fail(Errc::InvalidInput, file.string() + " is not a file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(Errc::Unavailable, file.string() + " cannot be read");
    // One byte more than allowed tells a file at the limit from a larger one.
    std::string text(bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > bytes_max) {
        return fail(Errc::InvalidInput,
                    file.string() + " is larger than " + std::to_string(bytes_max) + " bytes");
    }
    return text;
}

}  // namespace bellwether::app
