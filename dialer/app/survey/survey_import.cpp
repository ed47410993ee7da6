#include <fmt/format.h>

#include <fstream>
#include <ostream>

#include "campaigns/cell_text.h"
#include "campaigns/import/limesurvey.h"
#include "campaigns/import/quexml.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/survey/survey.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using campaigns::import::Imported;
using campaigns::import::ImportNote;

/// The largest LimeSurvey structure seen, with ten languages, has 3 MB.
constexpr std::size_t kFileBytesMax = std::size_t{8} << 20;

Result<Imported> convert(const std::string& text, std::string format) {
    if (format.empty()) {
        const auto begin = campaigns::trimmed(
            std::string_view{text}.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0));
        format = begin.starts_with('<') ? "quexml" : "limesurvey";
    }
    if (format == "quexml") return campaigns::import::import_quexml(text);
    if (format == "limesurvey") return campaigns::import::import_limesurvey(text);
    return fail(Errc::InvalidInput, "--format: give limesurvey or quexml");
}

/// Writes the sheets that hold anything. Nothing is written over: the folder's own sheets may have
/// been worked on.
Result<std::vector<std::string>> write_sheets(const fs::path& folder, const Imported& made) {
    const std::pair<const char*, const std::string*> sheets[]{{"survey.csv", &made.survey},
                                                              {"choices.csv", &made.choices},
                                                              {"settings.csv", &made.settings},
                                                              {"quotas.csv", &made.quotas}};
    std::error_code error;
    for (const auto& [name, text] : sheets) {
        if (fs::exists(folder / name, error)) {
            return fail(Errc::Conflict, fmt::format("{} is there already: give another --out, or "
                                                    "move it away",
                                                    (folder / name).string()));
        }
    }
    fs::create_directories(folder, error);
    std::vector<std::string> written;
    for (const auto& [name, text] : sheets) {
        if (text->empty()) continue;
        std::ofstream stream(folder / name, std::ios::binary);
        stream << *text << std::flush;
        if (!stream)
            return fail(Errc::Unavailable, (folder / name).string() + " cannot be written");
        written.emplace_back(name);
    }
    return written;
}

Json json_of(const std::vector<ImportNote>& notes) {
    Json list = Json::array();
    for (const ImportNote& note : notes)
        list.push_back({{"line", note.line}, {"what", note.what}, {"mend", note.mend}});
    return list;
}

void print_notes(std::ostream& out, const std::string& file, const char* kind,
                 const std::vector<ImportNote>& notes) {
    for (const ImportNote& note : notes) {
        std::string text = note.what;
        if (note.mend != "nothing") text += "; " + note.mend;
        out << kind << to_text(Problem{file, static_cast<int>(note.line), std::move(text)}) << '\n';
    }
}

}  // namespace

ExitCode survey_import(const Given& given, const Output& output) {
    const std::string file = given.value("FILE");
    const std::string out = given.value("--out");
    const auto text = read_file(file, kFileBytesMax);
    if (!text) return report_error(output, text.error());
    const auto made = convert(*text, given.value("--format"));
    if (!made) return report_problems(output, {{file, 0, made.error().detail}});
    const auto written = write_sheets(out, *made);
    if (!written) return report_error(output, written.error());
    if (output.json) {
        print_data(output, {{"out", out},
                            {"sheets", *written},
                            {"lost", json_of(made->lost)},
                            {"notes", json_of(made->notes)}});
    } else {
        print_notes(output.out, file, "lost  ", made->lost);
        print_notes(output.out, file, "note  ", made->notes);
        std::string names;
        for (const std::string& name : *written) names += (names.empty() ? "" : ", ") + name;
        output.out << fmt::format("{}: {}; {} constructs are not in them. Next: survey lint {}\n",
                                  out, names, made->lost.size(), out)
                   << std::flush;
    }
    return made->lost.empty() ? ExitCode::Done : ExitCode::DoneWithRejects;
}

}  // namespace bellwether::app
