#include "dialer/app/service/service_backend.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace bellwether::app {

UtcTime ServiceBackend::utc_now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
}

nlohmann::json ServiceBackend::telephony_status() { return service_.telephony_status(); }

}  // namespace bellwether::app
