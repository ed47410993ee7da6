// Any bytes as another program's questionnaire: no crash; whatever comes out are sheets that can be
// read, row by row, and each note has a line and words. The first byte chooses the program.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "campaigns/form/read_form.h"
#include "campaigns/import/limesurvey.h"
#include "campaigns/import/quexml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellwether::campaigns;
    if (size < 1) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
    const auto made =
        data[0] % 2 == 0 ? import::import_limesurvey(text) : import::import_quexml(text);
    if (!made) {
        BW_CHECK(!made.error().detail.empty());
        return 0;
    }
    for (const auto* notes : {&made->lost, &made->notes}) {
        for (const import::ImportNote& note : *notes) BW_CHECK(!note.what.empty());
    }
    const auto form = form::read_form(
        {.survey = made->survey, .choices = made->choices, .settings = made->settings});
    if (form) return 0;
    // What was made may need mending, but it is CSV in UTF-8: nothing is wrong with it as a file.
    for (const SheetProblem& problem : form.error()) {
        BW_CHECK(problem.what.find("line ") != 0);
        BW_CHECK(problem.what.find("not UTF-8") == std::string::npos);
    }
    return 0;
}
