#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "simulator/carrier/run.h"

namespace bellwether::carrier {

/// The practice carrier as an object, for tests and run_carrier(). Its methods may be called from
/// any thread but must not overlap with stop().
class Carrier {
public:
    /// Takes calls when it returns. Writes port_file. Fails as run_carrier().
    [[nodiscard]] static Result<std::unique_ptr<Carrier>> start(const CarrierOptions& options);

    ~Carrier();  ///< stop()
    Carrier(const Carrier&) = delete;
    Carrier& operator=(const Carrier&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] CarrierCounts counts() const;
    /// What keeps the carrier from doing its work, if anything: a log that cannot be written.
    [[nodiscard]] std::optional<Error> fault() const;

    void
    stop();  ///< BYE to all, at most a few seconds; every call's last lines are in the log after

private:
    class Impl;
    explicit Carrier(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bellwether::carrier
