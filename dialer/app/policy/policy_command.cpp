#include "dialer/app/policy/policy_command.h"

#include <fmt/format.h>

#include <istream>
#include <iterator>

#include "dialer/app/commands/render.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/policy/pack_file.h"
#include "dialer/app/policy/pack_list.h"
#include "dialer/app/policy/policy_case.h"
#include "dialer/app/policy/zones.h"

namespace bellwether::app {

namespace {

using compliance::policy::Pack;

constexpr std::size_t kPackBytesMax = std::size_t{1} << 18;

void print(const Output& output, const Json& body) {
    output.out << (output.json ? body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                               : render(body))
               << std::flush;
}

/// How people see a decision: the reasons in one line.
Json for_people(const Json& decision) {
    std::string why;
    for (const Json& reason : decision["reasons"]) {
        if (!why.empty()) why += "; ";
        why += fmt::format("{} ({})", reason["rule"].get<std::string>(),
                           reason["citation"].get<std::string>());
    }
    std::string must;
    for (const Json& obligation : decision["obligations"]) {
        if (!must.empty()) must += "; ";
        must += fmt::format("{} ({})", obligation["kind"].get<std::string>(),
                            obligation["rule"].get<std::string>());
    }
    return {{"verdict", decision["verdict"]},
            {"until", decision["until"]},
            {"scope", decision["scope"]},
            {"why", why},
            {"must", must},
            {"packs", decision.contains("draft") ? "drafts among them" : "reviewed"}};
}

/// A pack by its name on the shelf, or from a file.
Checked<Pack> pack_named(const std::string& name, const PackShelf& shelf) {
    if (const Pack* pack = compliance::policy::find_pack(shelf.packs(), name)) return *pack;
    const auto text = read_file(name, kPackBytesMax);
    if (!text) {
        return tl::unexpected{Problems{{name, 0, "is no pack's name and no file that is a pack"}}};
    }
    return parse_pack(*text, name);
}

/// The packs of those names, or all.
Checked<std::vector<Pack>> packs_named(const std::vector<std::string>& names,
                                       const PackShelf& shelf) {
    std::vector<Pack> packs;
    if (names.empty()) {
        for (const Pack* pack : shelf.packs()) packs.push_back(*pack);
    }
    for (const std::string& name : names) {
        auto pack = pack_named(name, shelf);
        if (!pack) return tl::unexpected{pack.error()};
        packs.push_back(std::move(*pack));
    }
    return packs;
}

}  // namespace

ExitCode compliance_decide(std::istream& in, const Given& given, const Output& output) {
    const auto shelf = PackShelf::open(given.value("--packs"));
    if (!shelf) return report_problems(output, shelf.error());
    const auto tzdata = tzdata_version();
    if (!tzdata) return report_error(output, tzdata.error());
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto decided = decide_cases(text, *shelf, *tzdata);
    if (!decided) return report_error(output, decided.error());
    if (output.json) {
        print(output, *decided);
    } else if (decided->is_object()) {
        print(output, for_people(*decided));
    } else {
        Json rows = Json::array();
        for (const Json& one : *decided) rows.push_back(for_people(one));
        print(output, rows);
    }
    return ExitCode::Done;
}

ExitCode compliance_packs(const Given& given, const Output& output) {
    const auto shelf = PackShelf::open(given.value("--packs"));
    if (!shelf) return report_problems(output, shelf.error());
    const auto names = given.values.find("PACK");
    const auto packs = packs_named(
        names == given.values.end() ? std::vector<std::string>{} : names->second, *shelf);
    if (!packs) return report_problems(output, packs.error());
    if (given.has("--diff")) {
        if (names == given.values.end() || packs->size() != 2) {
            return report_error(output, {Errc::InvalidInput, "--diff takes two packs"});
        }
        print(output, packs_difference((*packs)[0], (*packs)[1]));
        return ExitCode::Done;
    }
    Json listed = Json::array();
    for (const Pack& pack : *packs) {
        Json row = pack_json(pack, output.json);
        if (!output.json) {  // a table: a cell holds one word
            std::string regions;
            for (const auto& region : row["regions"])
                regions += (regions.empty() ? "" : " ") + region.get<std::string>();
            row["regions"] = regions.empty() ? "everywhere" : regions;
            row["hash"] = row["hash"].get<std::string>().substr(0, 12);
            row.erase("reviewed_by");
            row.erase("review_until");
        }
        listed.push_back(std::move(row));
    }
    print(output, Json{{"packs", std::move(listed)}});
    return ExitCode::Done;
}

}  // namespace bellwether::app
