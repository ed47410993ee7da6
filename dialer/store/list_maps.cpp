#include <utility>

#include "dialer/store/impl.h"

// Store: mappings of list files, saved by name.

namespace bellwether::store {

Result<void> Store::save_list_map(std::string_view name, std::string_view layout, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "INSERT INTO list_maps(name, layout, saved_at) VALUES (?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET layout = excluded.layout, saved_at = "
                  "excluded.saved_at"}
            .run_with(name, layout, at);
        return {};
    });
}

Result<std::vector<ListMap>> Store::list_maps() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<ListMap>> {
        Statement query{database, "SELECT name, layout, saved_at FROM list_maps ORDER BY name"};
        return read_all(query, [](const Statement& row) {
            return ListMap{row.get<std::string>(0), row.get<std::string>(1), row.get<UtcTime>(2)};
        });
    });
}

}  // namespace bellwether::store
