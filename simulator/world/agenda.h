#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/time.h"

namespace bellwether::simulator {

/// What will happen, ordered by (time, sequence): equal times run first in, first out, so that a
/// run never depends on how a container breaks ties.
class Agenda {
public:
    using Happening = std::function<void()>;

    /// Whose happening it is: what a process has under way is lost when the process is killed, what
    /// the world does goes on.
    enum class Life { Process, World };

    void add(Instant at, Life life, Happening what);
    [[nodiscard]] bool empty() const { return heap_.empty(); }
    [[nodiscard]] Instant next() const;  ///< checked: not empty
    [[nodiscard]] Happening take();      ///< the earliest; checked: not empty
    void drop_process();

private:
    struct Entry {
        Instant at;
        std::uint64_t sequence;
        Life life;
        Happening what;
    };
    static bool later(const Entry& a, const Entry& b);

    std::vector<Entry> heap_;
    std::uint64_t sequence_ = 0;
};

}  // namespace bellwether::simulator
