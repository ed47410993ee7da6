#include <cstddef>
#include <cstdint>
#include <span>

#include "base/check.h"
#include "dialer/media/wav_reader.h"

/// Any bytes are a recording or an error with a reason, and a recording is not without sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span{data, size});
    const auto pcm = bellwether::media::read_wav(bytes);
    BW_CHECK(pcm ? !pcm->empty() : !pcm.error().detail.empty());
    return 0;
}
