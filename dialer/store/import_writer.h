#pragma once

#include <string>
#include <vector>

#include "dialer/store/impl.h"
#include "dialer/store/import_sink.h"
#include "dialer/store/list_import.h"

namespace bellwether::store {

/// Writes an import's contacts, invisible until finish(). One at a time per store.
class ImportWriter final : public ImportSink {
public:
    /// Errors: Conflict: another import runs. NotFound: no such list.
    [[nodiscard]] static Result<std::unique_ptr<ImportWriter>> begin(Store::Impl& store,
                                                                     const ImportRequest& request);
    /// Undoes what was not finished.
    ~ImportWriter() override;

    /// Sorted by number and in long transactions, because the index on numbers is what an import
    /// spends its time on (scale.md 2a); yet a transaction ends early when the engine waits.
    [[nodiscard]] Result<ImportCounts> take(const std::vector<ImportRow>& rows) override;

    /// All of it becomes visible at once.
    [[nodiscard]] Result<void> finish(const ImportReport& report, const std::string& hash);

    [[nodiscard]] ImportId id() const { return id_; }

private:
    struct Work;

    ImportWriter(Store::Impl& store, const ImportRequest& request);
    [[nodiscard]] Result<void> insert_import();
    [[nodiscard]] Result<void> undo_leftovers();
    void use_cache(int mebibytes);
    void find_suppressed(Writer::Context& context, Work& work) const;
    static void intern_numbers(Writer::Context& context, Work& work);
    void insert_contacts(Writer::Context& context, const std::vector<ImportRow>& rows, Work& work);

    Store::Impl& store_;
    const ImportRequest request_;
    ClientId client_{};
    ImportId id_{};
    bool finished_ = false;
};

/// Does a number stand with a contact already, in whatever place?
class DuplicateCheck {
public:
    DuplicateCheck(Database& database, DedupeScope scope, bool complete_only);
    [[nodiscard]] bool is_taken(ClientId client, ListId list, NumberId number);

private:
    Statement taken_;
};

}  // namespace bellwether::store
