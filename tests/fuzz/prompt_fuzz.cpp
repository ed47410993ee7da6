#include <cstddef>
#include <cstdint>
#include <span>

#include "base/check.h"
#include "dialer/media/prompt_library.h"

// libsndfile 1.2.0 forgets libvorbis' tables when an Ogg Vorbis file is damaged in its head: some
// 6 kB a file that does not load.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
    return "leak:vorbis_info_init\n";
}

/// Any bytes are a prompt or an error with a reason, and a prompt is not without sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span{data, size});
    const auto prompt = bellwether::media::read_prompt(bytes, "fuzz");
    BW_CHECK(prompt ? !prompt->samples.empty() : !prompt.error().detail.empty());
    return 0;
}
