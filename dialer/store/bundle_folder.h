#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "compliance/evidence/bundle.h"

namespace bellwether::store {

/// A bundle's files while it is written: a folder, or a folder that becomes a tar at the end. What
/// is not finished leaves a folder without a manifest, or one named ".partial" beside the tar.
class BundleFolder {
public:
    /// Errors: Conflict: there are files already. Unavailable: it cannot be made.
    [[nodiscard]] static Result<BundleFolder> make(const std::filesystem::path& out);

    /// Adds to a file, making it. Errors: Exhausted: the disk; InvalidInput: no plain name.
    [[nodiscard]] Result<void> append(const std::string& name, std::string_view bytes);
    [[nodiscard]] Result<void> write(const std::string& name, std::string_view bytes);
    /// Nothing may be added to the files of before.
    [[nodiscard]] Result<void> close_files();
    /// Closes, and makes the tar.
    [[nodiscard]] Result<void> finish();

    /// Sizes and digests of what is closed.
    [[nodiscard]] const std::map<std::string, compliance::evidence::BundleFile>& files() const {
        return files_;
    }

private:
    struct Open;
    struct Close {
        void operator()(Open* open) const;
    };

    BundleFolder(std::filesystem::path out, std::filesystem::path folder);
    [[nodiscard]] Result<void> pack() const;

    std::filesystem::path out_;
    std::filesystem::path folder_;
    std::map<std::string, std::unique_ptr<Open, Close>> open_;
    std::map<std::string, compliance::evidence::BundleFile> files_;
};

}  // namespace bellwether::store
