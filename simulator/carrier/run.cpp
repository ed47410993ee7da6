#include "simulator/carrier/run.h"

#include <chrono>
#include <utility>

#include "simulator/carrier/agents.h"
#include "simulator/carrier/carrier.h"
#include "simulator/carrier/stop_signals.h"

namespace bellwether::carrier {
namespace {

constexpr std::chrono::milliseconds kLookEvery{100};

/// Until a signal, the end of `duration` (0: never) or a fault of `world`.
template <class World>
void wait_for_end(StopSignals& signals, const World& world, std::chrono::seconds duration) {
    const auto start = std::chrono::steady_clock::now();
    while (!signals.wait(kLookEvery)) {
        const bool over =
            duration.count() > 0 && std::chrono::steady_clock::now() - start >= duration;
        if (over || world.fault()) break;
    }
    signals.next_one_kills();
}

template <class World, class Options>
auto run(const Options& options) -> Result<decltype(std::declval<World>().counts())> {
    StopSignals signals;  // before the first thread
    auto world = World::start(options);
    if (!world) return tl::unexpected{world.error()};
    wait_for_end(signals, **world, options.duration);
    (*world)->stop();
    if (auto fault = (*world)->fault()) return tl::unexpected{std::move(*fault)};
    return (*world)->counts();
}

}  // namespace

Result<CarrierCounts> run_carrier(const CarrierOptions& options) { return run<Carrier>(options); }

Result<AgentsCounts> run_agents(const AgentsOptions& options) { return run<Agents>(options); }

}  // namespace bellwether::carrier
