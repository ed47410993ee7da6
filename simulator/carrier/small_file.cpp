#include "simulator/carrier/small_file.h"

#include <fstream>
#include <string>
#include <system_error>

namespace bellwether::carrier {

Result<void> write_small_file(const std::filesystem::path& file, std::string_view text) {
    if (file.empty()) return {};
    std::filesystem::path beside = file;
    beside += ".new";
    std::ofstream out{beside, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (!out) return fail(Errc::Unavailable, "cannot write " + beside.string());
    std::error_code error;
    std::filesystem::rename(beside, file, error);
    if (error)
        return fail(Errc::Unavailable, "cannot write " + file.string() + ": " + error.message());
    return {};
}

}  // namespace bellwether::carrier
