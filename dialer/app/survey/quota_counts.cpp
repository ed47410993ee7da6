#include "dialer/app/survey/quota_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dialer/app/files/json_text.h"

namespace bellwether::app {

namespace {

namespace quota = campaigns::quota;

/// None: it is no count. Absent is zero.
std::optional<std::int64_t> count_of(const Json& cell, const char* name) {
    const auto found = cell.find(name);
    if (found == cell.end()) return 0;
    if (!found->is_number_integer() || found->get<std::int64_t>() < 0) return std::nullopt;
    return found->get<std::int64_t>();
}

}  // namespace

Checked<quota::Tally> parse_quota_counts(std::string_view text, const std::string& file,
                                         const quota::Plan& plan) {
    const Json body = Json::parse(text, nullptr, false);
    Problems problems;
    const auto problem = [&](std::string what) { problems.push_back({file, 0, std::move(what)}); };
    const bool has_cells = body.is_object() && body.contains("cells") && body["cells"].is_array();
    if (!has_cells) problem("is not what `survey quota --campaign NAME --json` prints");
    quota::Tally tally = quota::make_tally(plan);
    for (std::size_t i = 0; has_cells && i < body["cells"].size(); ++i) {
        const Json& counted = body["cells"][i];
        const std::string at = fmt::format("/cells/{}", i);
        const bool named =
            counted.is_object() && counted.contains("cell") && counted["cell"].is_string();
        if (!named) {
            problem(at + "/cell: is missing, or no string");
            continue;
        }
        const auto* cell = quota::find_cell(plan, counted["cell"].get<std::string>());
        const auto completed = count_of(counted, "completed");
        const auto in_flight = count_of(counted, "in_flight");
        if (cell == nullptr) {
            problem(at + "/cell: names no cell of the questionnaire's quotas");
        } else if (!completed || !in_flight) {
            problem(at + ": completed and in_flight are whole numbers, 0 or more");
        } else {
            tally.cells[static_cast<std::size_t>(cell - plan.cells.data())] = {
                .completed = *completed, .in_flight = *in_flight, .recounted = *completed};
        }
    }
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return tally;
}

}  // namespace bellwether::app
