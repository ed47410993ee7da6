// Any bytes as JSON, as a leaf, as a signed note, as one record's proof, and as a bundle in a tar:
// no crash, what is accepted is written again the same, and nothing verifies that the golden
// bundle's key did not sign.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "compliance/evidence/bundle_check.h"
#include "compliance/evidence/canonical_json.h"
#include "compliance/evidence/checkpoint.h"
#include "compliance/evidence/records.h"
#include "compliance/evidence/tar.h"

namespace {

using namespace bellwether::compliance::evidence;

// Of scripts/reference/evidence.py's golden bundle.
constexpr const char* kKey =
    "golden/evidence+12482970+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

void check_json(std::string_view input) {
    const auto value = parse(input);
    if (!value) return;
    const std::string text = encode(*value);
    BW_CHECK(parse(text).value() == *value);
    BW_CHECK(encode(parse(text).value()) == text);
}

void check_tar(std::string_view input) {
    const auto files = tar_files(input);
    if (!files) return;
    const BundleReader read = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = files->find(name);
        if (found == files->end()) return std::nullopt;
        return std::string{found->second};
    };
    static_cast<void>(check_bundle(read, {}));
    // Under our key only the golden bundle itself is good, and it has 9 records of 20.
    const Finding finding = check_bundle(read, {.key = kKey, .earlier = {}});
    BW_CHECK(finding.verdict != BundleVerdict::Ok || finding.records == 9);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    check_json(input);
    static_cast<void>(read_leaf(input));
    static_cast<void>(open_checkpoint(input, parse_verifier_key(kKey).value()));
    static_cast<void>(check_proof(input, {}));
    check_tar(input);
    return 0;
}
