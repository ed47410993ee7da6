#include "dialer/app/survey/nfc.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/check.h"

namespace bellwether::app {

std::string to_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    BW_CHECK(U_SUCCESS(status) != 0);  // its tables are part of the library
    const auto size = static_cast<int32_t>(text.size());
    const auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), size});
    const auto composed = nfc->normalize(whole, status);
    BW_CHECK(U_SUCCESS(status) != 0);
    std::string result;
    return composed.toUTF8String(result);
}

}  // namespace bellwether::app
