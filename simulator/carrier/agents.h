#pragma once

#include <memory>
#include <optional>

#include "base/result.h"
#include "simulator/carrier/run.h"

namespace bellwether::carrier {

/// The practice agents' phones as an object, for tests and run_agents(). Its methods may be called
/// from any thread but must not overlap with stop().
class Agents {
public:
    /// The phones have begun to register when it returns. Fails as run_agents(), save what only the
    /// registrar can tell; see fault().
    [[nodiscard]] static Result<std::unique_ptr<Agents>> start(const AgentsOptions& options);

    ~Agents();  ///< stop()
    Agents(const Agents&) = delete;
    Agents& operator=(const Agents&) = delete;

    [[nodiscard]] AgentsCounts counts() const;
    /// A phone that was refused, a registrar that was not found, or a log that cannot be written.
    [[nodiscard]] std::optional<Error> fault() const;

    void stop();  ///< hangs up and unregisters, at most a few seconds for all phones together

private:
    class Impl;
    explicit Agents(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bellwether::carrier
