#include "tests/dialer/store/fault_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <limits>

#include "base/check.h"

namespace bellwether::store::test {

namespace {

constexpr long kNever = std::numeric_limits<long>::max();

std::atomic<long> operations_done{0};
std::atomic<long> first_to_fail{kNever};
std::atomic<Fault> fault_kind{Fault::DiskFull};

sqlite3_vfs* real_vfs() { return sqlite3_vfs_find(nullptr); }

/// Followed in memory by the real file's own structure.
struct FaultFile {
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file)->real; }

std::atomic<bool> failed{false};

/// Counts the operation; `code`, if it is to fail.
int outcome(int code) {
    if (++operations_done < first_to_fail) return SQLITE_OK;
    failed = failed || code != SQLITE_OK;
    return code;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const int code = outcome(fault_kind == Fault::DiskFull ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    if (code != SQLITE_OK) return code;
    return real_of(file)->pMethods->xWrite(real_of(file), data, size, offset);
}

int sync(sqlite3_file* file, int flags) {
    const int code = outcome(fault_kind == Fault::DiskFull ? SQLITE_OK : SQLITE_IOERR_FSYNC);
    if (code != SQLITE_OK) return code;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

// The rest only passes on.
int close(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }
int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), data, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* result) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}
int control(sqlite3_file* file, int operation, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods table = [] {
        sqlite3_io_methods made{};
        made.iVersion = 2;  // with shared memory (WAL), without memory-mapped reads
        made.xClose = close;
        made.xRead = read;
        made.xWrite = write;
        made.xTruncate = truncate;
        made.xSync = sync;
        made.xFileSize = file_size;
        made.xLock = lock;
        made.xUnlock = unlock;
        made.xCheckReservedLock = check_lock;
        made.xFileControl = control;
        made.xSectorSize = sector_size;
        made.xDeviceCharacteristics = characteristics;
        made.xShmMap = shm_map;
        made.xShmLock = shm_lock;
        made.xShmBarrier = shm_barrier;
        made.xShmUnmap = shm_unmap;
        return made;
    }();
    return &table;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    auto* const fault = reinterpret_cast<FaultFile*>(file);
    fault->real = reinterpret_cast<sqlite3_file*>(fault + 1);
    const int code = real_vfs()->xOpen(real_vfs(), name, fault->real, flags, flags_out);
    fault->base.pMethods = fault->real->pMethods == nullptr ? nullptr : methods();
    return code;
}

sqlite3_vfs make_vfs() {
    sqlite3_vfs vfs = *real_vfs();
    vfs.zName = "bellwether-fault";
    vfs.szOsFile += static_cast<int>(sizeof(FaultFile));
    vfs.pNext = nullptr;
    vfs.xOpen = open;
    return vfs;
}

}  // namespace

std::string FaultVfs::name() {
    static sqlite3_vfs vfs = make_vfs();
    BW_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
    return vfs.zName;
}

void FaultVfs::fail_from(long nth, Fault fault) {
    operations_done = 0;
    failed = false;
    fault_kind = fault;
    first_to_fail = nth;
}

void FaultVfs::heal() {
    first_to_fail = kNever;
    operations_done = 0;
    failed = false;
}

bool FaultVfs::has_failed() { return failed; }

}  // namespace bellwether::store::test
