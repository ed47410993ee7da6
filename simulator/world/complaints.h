#pragma once

#include <optional>
#include <string>
#include <utility>

namespace bellwether::simulator {

/// The first broken promise of a run; what comes after it follows from it.
class Complaints {
public:
    struct Complaint {
        std::string promise;  ///< "R1" .. "R8", or what else was broken
        std::string detail;
    };

    void add(std::string promise, std::string detail) {
        if (!first_) first_ = Complaint{std::move(promise), std::move(detail)};
    }
    [[nodiscard]] const std::optional<Complaint>& first() const { return first_; }

private:
    std::optional<Complaint> first_;
};

}  // namespace bellwether::simulator
