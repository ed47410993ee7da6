#pragma once

#include "dialer/store/impl.h"
#include "dialer/store/import_sink.h"
#include "dialer/store/list_import.h"

namespace bellwether::store {

/// Counts what an import would do and changes nothing. The numbers seen so far stand in a temporary
/// database of its own, which spills to disk when it grows.
class ImportRehearsal final : public ImportSink {
public:
    /// Errors: NotFound: no such list.
    [[nodiscard]] static Result<std::unique_ptr<ImportRehearsal>> begin(
        Store::Impl& store, const ImportRequest& request);

    [[nodiscard]] Result<ImportCounts> take(const std::vector<ImportRow>& rows) override;

private:
    ImportRehearsal(Store::Impl& store, const ImportRequest& request, ClientId client);

    Store::Impl& store_;
    const ImportRequest request_;
    const ClientId client_;
    Database seen_;
    Statement note_;     ///< on seen_
    Statement is_seen_;  ///< likewise
};

}  // namespace bellwether::store
