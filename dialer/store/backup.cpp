#include "dialer/store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "dialer/store/file_source.h"
#include "dialer/store/impl.h"
#include "dialer/store/migrations.h"
#include "dialer/store/opening.h"

namespace bellwether::store {

namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest";
constexpr const char* kDatabase = "store.db";
// The folders that stand beside a store, and in its backup under the same names.
constexpr const char* kBeside[] = {"evidence", "lists"};
constexpr int kPagesAtOnce = 2'000;  // 8 MB: a step that the disk takes at once

tl::unexpected<Error> disk_error(const fs::path& path, const std::error_code& error) {
    const bool full = error == std::errc::no_space_on_device;
    return fail(full ? Errc::Exhausted : Errc::Unavailable, path.string() + ": " + error.message());
}

/// Forces a file, or a folder's names, to the disk.
Result<void> sync_path(const fs::path& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    const std::error_code error{errno, std::generic_category()};
    if (fd >= 0) ::close(fd);
    if (!done) return disk_error(path, error);
    return {};
}

Result<BackupFile> describe(const fs::path& folder, const std::string& name) {
    auto source = FileSource::open(folder / name);
    if (!source) return tl::unexpected<Error>{source.error()};
    BackupFile file{name, 0, {}};
    while (true) {
        const auto chunk = (*source)->next_chunk();
        if (!chunk) return tl::unexpected<Error>{chunk.error()};
        if (chunk->empty()) break;
        file.bytes += chunk->size();
    }
    file.sha256 = (*source)->hash();
    return file;
}

Result<void> copy_durably(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error) fs::copy_file(from, to, error);
    if (error) return disk_error(to, error);
    return sync_path(to);
}

/// Every file of a folder and those below, as names relative to `base`; what is still being
/// written is left out.
std::vector<std::string> files_below(const fs::path& base, const char* folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator{base / folder, ignored}) {
        if (entry.is_regular_file(ignored) && entry.path().extension() != ".tmp")
            names.push_back(fs::relative(entry.path(), base, ignored).string());
    }
    std::ranges::sort(names);
    return names;
}

Result<std::vector<std::string>> copy_below(const fs::path& from, const char* folder,
                                            const fs::path& to) {
    auto names = files_below(from, folder);
    for (const std::string& name : names) {
        if (auto copied = copy_durably(from / name, to / name); !copied)
            return tl::unexpected<Error>{copied.error()};
    }
    return names;
}

/// The database of one moment: the reading transaction of `source` holds it still, so that writes
/// beside it do not make the copy begin again.
void copy_database(Database& source, const fs::path& file) {
    Statement hold{source, "SELECT count(*) FROM sqlite_schema"};
    static_cast<void>(hold.step());
    Database target{file, Database::Mode::ReadWrite};
    sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
    if (backup == nullptr)
        throw SqliteError{sqlite3_extended_errcode(target.get()), sqlite3_errmsg(target.get())};
    int code = SQLITE_OK;
    while (code == SQLITE_OK) code = sqlite3_backup_step(backup, kPagesAtOnce);
    const int finished = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) throw SqliteError{code, "the backup of the database failed"};
    if (finished != SQLITE_OK) throw SqliteError{finished, "the backup could not be finished"};
}

/// What the database of a backup says of itself.
Result<void> read_database(const fs::path& file, BackupReport& report) {
    try {
        Database database{file, Database::Mode::ReadWrite};
        database.execute("PRAGMA journal_mode = DELETE");  // one file, whoever opens it
        Statement sound{database, "PRAGMA integrity_check(1)"};
        if (!sound.step() || sound.get<std::string>(0) != "ok")
            return fail(Errc::Corrupt, file.string() + " is damaged: use another backup");
        Statement schema{database, "SELECT max(version) FROM schema_version"};
        if (schema.step()) report.schema = schema.get<int>(0);
        Statement counts{database,
                         "SELECT ifnull((SELECT max(seq) FROM journal), 0), "
                         "ifnull((SELECT max(seq) + 1 FROM evidence), 0)"};
        if (counts.step()) {
            report.journal_seq = counts.get<std::uint64_t>(0);
            report.evidence = counts.get<std::uint64_t>(1);
        }
    } catch (const SqliteError& error) {
        return fail(Errc::Corrupt, file.string() + " cannot be read: " + to_error(error).detail);
    }
    if (report.schema > newest_schema())
        return fail(Errc::Conflict, "the backup was made by a newer program: use that one");
    return {};
}

Result<void> write_manifest(const fs::path& folder, const BackupReport& report) {
    nlohmann::ordered_json json{{"bellwether", "backup"},
                                {"schema", report.schema},
                                {"journal_seq", report.journal_seq},
                                {"evidence", report.evidence},
                                {"files", nlohmann::ordered_json::array()}};
    for (const BackupFile& file : report.files) {
        json["files"].push_back(
            {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    std::ofstream out{folder / kManifest, std::ios::binary};
    out << json.dump(1) << "\n";
    out.close();
    if (!out) return fail(Errc::Exhausted, "the manifest could not be written: is the disk full?");
    if (auto synced = sync_path(folder / kManifest); !synced) return synced;
    return sync_path(folder);
}

Result<std::vector<std::string>> copy_everything(Store::Impl& store, const fs::path& folder) {
    const fs::path home = store.config.path.parent_path();
    // Evidence first: a checkpoint that speaks of records the database lacks would look like loss.
    const fs::path evidence = store.config.evidence.folder;
    auto names = copy_below(evidence.parent_path(), evidence.filename().c_str(), folder);
    if (!names) return names;
    const auto copied = store.readers.query([&](Database& database) -> Result<void> {
        copy_database(database, folder / kDatabase);
        return {};
    });
    if (!copied) return tl::unexpected<Error>{copied.error()};
    auto lists = copy_below(home, "lists", folder);
    if (!lists) return lists;
    names->insert(names->end(), lists->begin(), lists->end());
    names->emplace_back(kDatabase);
    return names;
}

Result<void> describe_all(const fs::path& folder, const std::vector<std::string>& names,
                          BackupReport& report) {
    for (const std::string& name : names) {
        auto file = describe(folder, name);
        if (!file) return tl::unexpected<Error>{file.error()};
        report.bytes += file->bytes;
        report.files.push_back(*std::move(file));
    }
    return {};
}

Result<BackupReport> read_manifest(const fs::path& folder) {
    std::ifstream in{folder / kManifest, std::ios::binary};
    if (!in) {
        return fail(Errc::NotFound, folder.string() +
                                        " holds no manifest: it is no backup, or one that was "
                                        "not finished");
    }
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (!json.is_object() || !json.contains("files"))
        return fail(Errc::Corrupt, "the manifest cannot be read");
    BackupReport report;
    for (const auto& file : json["files"]) {
        const std::string name = file.value("name", "");
        const fs::path path{name};
        const bool inside = !name.empty() && path.is_relative() &&
                            std::ranges::find(path, fs::path{".."}) == path.end();
        if (!inside) return fail(Errc::Corrupt, "the manifest names a file outside the backup");
        report.files.push_back(
            {name, file.value("bytes", std::uintmax_t{0}), file.value("sha256", "")});
    }
    return report;
}

Result<void> move_aside(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return {};
    fs::path aside = path;
    aside += ".before-restore";
    if (fs::exists(aside, error)) {
        return fail(Errc::Conflict,
                    aside.string() + " stands there from an earlier restore: move it away first");
    }
    fs::rename(path, aside, error);
    if (error) return disk_error(path, error);
    return {};
}

Result<void> make_room(const fs::path& store, bool replace) {
    std::error_code ignored;
    if (fs::exists(store, ignored) && !replace) {
        return fail(Errc::Conflict, store.string() +
                                        " is there: --replace moves it aside and puts the backup "
                                        "in its place");
    }
    for (const char* suffix : {"", "-wal", "-shm"}) {
        if (auto moved = move_aside(fs::path{store.string() + suffix}); !moved) return moved;
    }
    for (const char* folder : kBeside) {
        if (auto moved = move_aside(store.parent_path() / folder); !moved) return moved;
    }
    return {};
}

}  // namespace

Result<BackupReport> back_up(Store& store, const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error)) {
        return fail(Errc::Conflict,
                    folder.string() + " is there already: a backup makes its own folder");
    }
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);  // it holds keys
    if (error) return disk_error(folder, error);
    const auto names = copy_everything(store.impl(), folder);
    if (!names) return tl::unexpected<Error>{names.error()};
    BackupReport report;
    if (auto read = read_database(folder / kDatabase, report); !read)
        return tl::unexpected<Error>{read.error()};
    if (auto synced = sync_path(folder / kDatabase); !synced)
        return tl::unexpected<Error>{synced.error()};
    if (auto described = describe_all(folder, *names, report); !described)
        return tl::unexpected<Error>{described.error()};
    if (auto written = write_manifest(folder, report); !written)
        return tl::unexpected<Error>{written.error()};
    return report;
}

Result<BackupReport> check_backup(const fs::path& folder) {
    auto report = read_manifest(folder);
    if (!report) return report;
    for (const BackupFile& file : report->files) {
        const auto found = describe(folder, file.name);
        if (!found) return fail(Errc::Corrupt, "of the backup: " + found.error().detail);
        if (found->bytes != file.bytes || found->sha256 != file.sha256) {
            return fail(Errc::Corrupt,
                        file.name + " is not what was backed up: use another backup");
        }
        report->bytes += found->bytes;
    }
    if (std::ranges::find(report->files, kDatabase, &BackupFile::name) == report->files.end())
        return fail(Errc::Corrupt, "the manifest names no database");
    if (auto read = read_database(folder / kDatabase, *report); !read)
        return tl::unexpected<Error>{read.error()};
    return report;
}

Result<BackupReport> restore_backup(const fs::path& folder, const fs::path& store, bool replace) {
    auto report = check_backup(folder);
    if (!report) return report;
    std::error_code error;
    fs::create_directories(store.parent_path(), error);
    const auto lock = FileLock::take(store.string() + ".lock", "store restore");
    if (!lock) {
        return fail(lock.error().code, lock.error().detail + ": stop the service before a restore");
    }
    if (auto room = make_room(store, replace); !room) return tl::unexpected<Error>{room.error()};
    for (const BackupFile& file : report->files) {
        const fs::path target =
            file.name == kDatabase ? store : store.parent_path() / fs::path{file.name};
        if (auto copied = copy_durably(folder / file.name, target); !copied)
            return tl::unexpected<Error>{copied.error()};
    }
    if (auto synced = sync_path(store.parent_path()); !synced)
        return tl::unexpected<Error>{synced.error()};
    return report;
}

}  // namespace bellwether::store
