#pragma once

#include <string_view>
#include <vector>

namespace bellwether::app {

/// Whose data a route is about, and so what a request gets that names a client organisation.
enum class RouteOwner {
    Campaign,  ///< of the campaign that its {} names: for another organisation it is not there
    List,      ///< likewise, of a list
    Agent,     ///< likewise, of an agent
    Lead,      ///< likewise, of a lead, by its number
    Import,    ///< likewise, of a list's import, by its number
    Attempt,   ///< likewise, of an attempt, by its number
    Asked,     ///< of whoever asks: what is another's is left out of the answer
    Made,      ///< makes something for `client`, which may be new; a name that is taken is refused
    House,     ///< of all together: refused to who asks for one organisation
};

/// One route and its owner. Beside the {}, `campaign`, `list` and `further` of the request must be
/// the organisation's as well, whatever the owner.
struct OwnedRoute {
    const char* method;
    const char* pattern;
    RouteOwner owner;
    const char* why = "";  ///< it is the house's
};

/// Every route of the API (routes()); a test compares the two.
[[nodiscard]] const std::vector<OwnedRoute>& owned_routes();

/// House for a route that is not in the table.
[[nodiscard]] RouteOwner owner_of(std::string_view method, std::string_view pattern);

}  // namespace bellwether::app
