#include "dialer/app/amd/amd_parallel.h"

#include <atomic>
#include <thread>
#include <vector>

#include "base/check.h"

namespace bellwether::app {

void run_parallel(std::size_t threads, std::size_t count,
                  const std::function<void(std::size_t)>& body) {
    BW_CHECK(threads >= 1);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) body(i);
    };
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < threads && i < count; ++i) helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers) helper.join();
}

}  // namespace bellwether::app
