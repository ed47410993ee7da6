#include "dialer/store/readers.h"

#include <utility>

namespace bellwether::store {

Readers::Lease::Lease(Readers& lender) : readers{lender}, database{lender.take()} {}

Readers::Lease::~Lease() { readers.give_back(std::move(database)); }

Readers::Readers(std::filesystem::path path, std::string vfs)
    : path_{std::move(path)}, vfs_{std::move(vfs)} {}

std::unique_ptr<Database> Readers::take() {
    {
        std::unique_lock lock{mutex_};
        returned_.wait(lock, [this] { return lent_ < kConnectionsMax; });
        ++lent_;
        if (!idle_.empty()) {
            auto database = std::move(idle_.back());
            idle_.pop_back();
            return database;
        }
    }
    try {
        return std::make_unique<Database>(path_, Database::Mode::ReadOnly, vfs_);
    } catch (const SqliteError&) {
        give_back(nullptr);
        throw;
    }
}

void Readers::close_idle() {
    const std::lock_guard lock{mutex_};
    idle_.clear();
}

void Readers::give_back(std::unique_ptr<Database> database) {
    {
        const std::lock_guard lock{mutex_};
        --lent_;
        if (database != nullptr) idle_.push_back(std::move(database));
    }
    returned_.notify_one();
}

}  // namespace bellwether::store
