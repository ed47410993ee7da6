#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"
#include "dialer/store/number_list_records.h"
#include "dialer/store/store.h"

namespace bellwether::store {

struct HeldList;  // held_list.h

/// The lists of one client organisation as they stood at one moment: asking them takes no lock, and
/// a version that comes into force meanwhile does not change the answers.
class ClientNumberLists {
public:
    explicit ClientNumberLists(std::vector<std::shared_ptr<const HeldList>> lists)
        : lists_{std::move(lists)} {}

    /// Cannot fail; no allocation. About 90 ns a list of 250 million, 300 with many changes.
    [[nodiscard]] ListFindings lookup(PhoneNumber number) const;
    [[nodiscard]] const std::vector<std::shared_ptr<const HeldList>>& lists() const {
        return lists_;
    }

private:
    std::vector<std::shared_ptr<const HeldList>> lists_;
};

/// The lists of numbers that registries keep: files beside the store, mapped into memory, and their
/// register in it. Each list belongs to one client organisation and is asked for it alone. Every
/// method is thread-safe; look-ups never wait for an import, and see a version whole or not at all.
class NumberLists {
public:
    /// @param store  must outlive it.
    explicit NumberLists(Store::Impl& store);
    ~NumberLists();

    /// Maps the versions in force, and clears away what a crash left. A list whose file is damaged
    /// answers Unreadable. Errors: as a query's.
    [[nodiscard]] Result<void> load();

    /// For one look-up; for many, held() once and its lookup().
    [[nodiscard]] ListFindings lookup(PhoneNumber number, ClientId client) const;
    /// Never null.
    [[nodiscard]] std::shared_ptr<const ClientNumberLists> held(ClientId client) const;
    /// List by list, for people. Client 0: every client's.
    [[nodiscard]] Result<std::vector<ListEntry>> entries(PhoneNumber number, ClientId client) const;

    [[nodiscard]] Result<std::vector<NumberListRecord>> records() const;
    /// The newest first.
    [[nodiscard]] Result<std::vector<NumberListVersion>> versions(NumberListId list) const;

    /// Reads a file as the list's next version, in force when this returns. Nothing changes if it
    /// fails, or for a dry run. Errors: NotFound; InvalidInput: the file is no such list. Conflict:
    /// another import runs, the list is of another kind, has a newer version, or has none to
    /// change. Refused: it shrinks beyond its threshold and nobody answers for it.
    [[nodiscard]] Result<NumberListReport> import(const NumberListRequest& request);

private:
    struct Snapshot;
    class Import;

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;
    [[nodiscard]] std::filesystem::path folder() const;
    void put_in_force(std::shared_ptr<const HeldList> list);
    void clear_leftovers(const std::vector<std::string>& kept) const;

    Store::Impl& store_;
    std::mutex importing_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> snapshot_;  ///< guarded by mutex_; never null
};

}  // namespace bellwether::store
