#include "dialer/app/commands/audit_verify.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "compliance/evidence/tar.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
namespace evidence = compliance::evidence;

Result<std::string> whole_file(const fs::path& path) {
    std::ifstream stream{path, std::ios::binary};
    if (!stream) return fail(Errc::NotFound, path.string() + " is not there");
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

bool is_plain(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

Json finding_json(const evidence::Finding& finding) {
    const bool ok = finding.verdict == evidence::BundleVerdict::Ok;
    Json body{{"verdict", name_of(finding.verdict)},
              {"seq", finding.seq ? Json(*finding.seq) : Json(nullptr)},
              {"file", finding.file.empty() ? Json(nullptr) : Json(finding.file)},
              {"why", finding.why},
              {"log_size", finding.log_size},
              {"key", finding.key},
              {"key_from", finding.is_key_own ? "file" : "bundle"}};
    if (ok) {
        body["records"] = finding.records;
        body["sealed"] = finding.sealed;
        body["erased"] = finding.erased;
    }
    return body;
}

std::string finding_text(const evidence::Finding& finding) {
    std::string text = fmt::format("{}: {}", name_of(finding.verdict), finding.why);
    if (finding.seq) text += fmt::format("\nfirst record concerned: {}", *finding.seq);
    if (!finding.file.empty()) text += fmt::format("\nfile: {}", finding.file);
    if (finding.verdict == evidence::BundleVerdict::Ok) {
        text += fmt::format("\n{} records, of a log of {}", finding.records, finding.log_size);
        if (finding.erased > 0)
            text += fmt::format("\n{} of {} personal parts were erased, which proves nothing wrong",
                                finding.erased, finding.sealed);
    }
    if (!finding.is_key_own)
        text += "\nsigned by the key that came with it: compare it with your own copy (--key)";
    return text + "\n";
}

Result<evidence::CheckOptions> read_options(const Given& given) {
    evidence::CheckOptions options;
    if (given.has("--key")) {
        auto key = whole_file(given.value("--key"));
        if (!key) return tl::unexpected(key.error());
        options.key = *std::move(key);
    }
    const auto earlier = given.values.find("--checkpoint");
    if (earlier == given.values.end()) return options;
    for (const std::string& file : earlier->second) {
        auto note = whole_file(file);
        if (!note) return tl::unexpected(note.error());
        options.earlier.push_back(*std::move(note));
    }
    return options;
}

Result<evidence::Finding> check(const fs::path& path, const evidence::CheckOptions& options) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
        const auto bytes = whole_file(path);
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->starts_with('{')) return evidence::check_proof(*bytes, options);
    }
    const auto reader = read_bundle(path);
    if (reader) return evidence::check_bundle(*reader, options);
    if (reader.error().code == Errc::NotFound) return tl::unexpected(reader.error());
    evidence::Finding finding;
    finding.verdict = evidence::BundleVerdict::BadBundle;
    finding.why = reader.error().detail;
    return finding;
}

}  // namespace

Result<evidence::BundleReader> read_bundle(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        return [path](const std::string& name) -> std::optional<std::string> {
            if (!is_plain(name)) return std::nullopt;
            auto bytes = whole_file(path / name);
            if (!bytes) return std::nullopt;
            return *std::move(bytes);
        };
    }
    auto bytes = whole_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto archive = std::make_shared<const std::string>(*std::move(bytes));
    auto files = evidence::tar_files(*archive);
    if (!files) return tl::unexpected(files.error());
    return [archive,
            files = *std::move(files)](const std::string& name) -> std::optional<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return std::nullopt;
        return std::string{found->second};
    };
}

ExitCode audit_verify(const Given& given, const Output& output) {
    const auto options = read_options(given);
    if (!options) return report_error(output, options.error());
    const auto finding = check(given.value("BUNDLE"), *options);
    if (!finding) return report_error(output, finding.error());
    if (output.json) {
        output.out << finding_json(*finding).dump(-1, ' ', false, Json::error_handler_t::replace)
                   << "\n";
    } else {
        output.out << finding_text(*finding);
    }
    return finding->verdict == evidence::BundleVerdict::Ok ? ExitCode::Done
                                                           : ExitCode::EvidenceDoesNotVerify;
}

}  // namespace bellwether::app
