#include <cstddef>
#include <cstdint>
#include <span>

#include "base/check.h"
#include "dialer/media/prompt_library.h"

/// Any bytes are a prompt or an error with a reason, and a prompt is not without sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span{data, size});
    const auto prompt = bellwether::media::read_prompt(bytes, "fuzz");
    BW_CHECK(prompt ? !prompt->samples.empty() : !prompt.error().detail.empty());
    return 0;
}
