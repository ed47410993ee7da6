#pragma once

#include <string>
#include <vector>

#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// How the wallboard is to look.
struct WallboardView {
    int columns = 80;     ///< >= 20
    int rows = 24;        ///< >= 5; 0: as many as there are (no terminal)
    bool colour = true;   ///< by state and age; the words say the same without it
    bool frozen = false;  ///< the picture stands still: said in the last line
    std::string fault;    ///< why there is no news; empty: there is
};

/// A status of the service (GET /api/v1/status) as the lines of a screen, without line ends: a
/// header; of each campaign its state, lines, dropped share against its cap with the head-room in
/// calls, and why it dials no more; the agents, those who need a look first; a last line with the
/// keys. Each line takes `columns` places at the most; what has no room is counted in a line.
/// Cannot fail: what the status lacks is left out.
[[nodiscard]] std::vector<std::string> draw_wallboard(const Json& status,
                                                      const WallboardView& view);

/// A text without colours, and no more than so many places wide.
[[nodiscard]] std::string clipped(const std::string& text, int columns);

}  // namespace bellwether::app
