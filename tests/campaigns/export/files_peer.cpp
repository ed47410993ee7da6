// Writes the example in every format: export_files_peer EXAMPLE_FOLDER OUTPUT_FOLDER. What it wrote
// is judged by scripts/reference/survey_files.py.

#include <filesystem>
#include <fstream>

#include "campaigns/export/csv_files.h"
#include "campaigns/export/ddi.h"
#include "campaigns/export/spss.h"
#include "campaigns/export/triple_s.h"
#include "tests/campaigns/export/example.h"

namespace {

using namespace bellwether::campaigns::exports;

void write(const std::filesystem::path& folder, const std::vector<OutputFile>& files) {
    std::filesystem::create_directories(folder);
    for (const auto& file : files) std::ofstream{folder / file.name, std::ios::binary} << file.text;
}

}  // namespace

int main(int count, char** arguments) {
    BW_CHECK(count == 3);
    const std::filesystem::path out = arguments[2];
    const auto data = example_data(arguments[1]);
    write(out / "csv", csv_files(data));
    write(out / "spss", spss_files(data));
    write(out / "ddi", ddi_files(data, {"S-1", "0.1", "Telephone", "AAPOR RR3 0.4"}));
    write(out / "triple-s", triple_s_files(data, {"22 November 2026", "10:15"}));
}
