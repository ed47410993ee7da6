#pragma once

namespace bellwether::store {

// Appointments: firm or loose, and what an agent settled before his call had ended.
inline constexpr const char* kAppointmentVersion = R"sql(
-- loose 1: the call was promised for some time from due_at on, not for that minute.
ALTER TABLE callbacks ADD COLUMN loose INTEGER NOT NULL DEFAULT 0 CHECK (loose IN (0, 1));
-- When the contact is called again by what the agent said; NULL: he is done.
ALTER TABLE dispositions ADD COLUMN due_at INTEGER;
)sql";

}  // namespace bellwether::store
