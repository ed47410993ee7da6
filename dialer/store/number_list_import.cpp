#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include "compliance/suppression/list_shrink.h"
#include "compliance/suppression/listed_numbers.h"
#include "dialer/store/durable_file.h"
#include "dialer/store/file_source.h"
#include "dialer/store/held_list.h"
#include "dialer/store/impl.h"
#include "dialer/store/number_list_rows.h"
#include "dialer/store/number_lists.h"
#include "dialer/store/reject_file.h"

// NumberLists: reading a file as a list's next version.

namespace bellwether::store {
namespace {

/// From here on decisions rest on this version of the list.
compliance::evidence::Record evidence_of(const NumberListRecord& list) {
    const NumberListVersion& version = list.version;
    compliance::evidence::ListFacts facts{.at = version.active_from,
                                          .client = list.client,
                                          .list = list.name,
                                          .version = std::to_string(list.versions),
                                          .source = version.source,
                                          .licence = version.licence,
                                          .retrieved = UtcTime{version.retrieved},
                                          .hash = version.sha256,
                                          .rows = version.counts.rows_read,
                                          .adds = version.counts.adds,
                                          .deletes = version.counts.deletes,
                                          .rejects = version.counts.rejected};
    if (version.shrink_override) {
        facts.override_by = version.shrink_override->by;
        facts.override_reason = version.shrink_override->reason;
    }
    return to_record(facts);
}

using compliance::suppression::compare;
using compliance::suppression::is_change;
using compliance::suppression::ListedNumbers;
using compliance::suppression::ListRow;
using compliance::suppression::NumberChanges;
using compliance::suppression::NumberSet;
using compliance::suppression::NumberSetBuilder;
using compliance::suppression::NumberSetInfo;
using compliance::suppression::RowFault;
using std::chrono::days;

// When a number came on a list matters for 31 days (Canada) or 28 (TPS); twice that outlasts a
// month in which nobody imported.
constexpr days kNotesKept{62};
// Changes beyond this are written into a new file of numbers: a look-up asks the changes too, and
// 90 ns become 300 (scripts/bench compliance, 400,000 changes).
constexpr std::uint64_t kChangesMax = 500'000;

/// Do the rules ask since when a number has been on such a list?
bool needs_since(ListKind kind) {
    return kind == ListKind::Tps || kind == ListKind::Ctps || kind == ListKind::CaNational;
}

std::array<std::byte, 32> bytes_of(const std::string& hex) {
    std::array<std::byte, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        unsigned value = 0;
        const char* const digits = hex.data() + 2 * i;
        std::from_chars(digits, digits + 2, value, 16);
        bytes.at(i) = static_cast<std::byte>(value);
    }
    return bytes;
}

/// Counts what a parser finds, and puts it on the list.
class Taker final : public compliance::suppression::RowTaker {
public:
    /// @param changed  none: the rows are a full list.
    Taker(RejectFile rejects, NumberListReport& report, ListedNumbers* changed,
          std::chrono::sys_days day)
        : rejects_{std::move(rejects)}, report_{report}, changed_{changed}, day_{day} {}

    void take(std::span<const ListRow> rows) override {
        NumberListCounts& counts = report_.counts;
        counts.rows_read += std::ssize(rows);
        for (const ListRow& row : rows) {
            const auto number = PhoneNumber::from_digits(row.digits);
            const bool is_news = changed_ == nullptr ? add_to_full(number) : change(number, row);
            ++(is_news ? counts.accepted : counts.duplicate);
        }
    }

    void reject(std::uint64_t line, RowFault fault, std::string_view text) override {
        ++report_.counts.rows_read;
        ++report_.counts.rejected;
        if (report_.rejects.size() < NumberListReport::kRejectsKept) {
            report_.rejects.push_back({line, fault});
        }
        if (!state_) return;
        state_ = rejects_.add({line, line, "", std::string{explain(fault)}, text});
    }

    /// What went wrong meanwhile.
    [[nodiscard]] Result<void> finish() {
        if (state_) state_ = rejects_.close();
        return state_;
    }
    [[nodiscard]] bool failed() const { return !state_; }
    [[nodiscard]] NumberSetBuilder& full() { return full_; }

private:
    bool add_to_full(PhoneNumber number) {
        const auto added = full_.add(number);
        if (added == NumberSetBuilder::Added::Full && state_) {
            state_ = fail(Errc::Exhausted, "the list takes more than " +
                                               std::to_string(NumberSetBuilder::kMemoryMax >> 20) +
                                               " MB of memory: split it into several lists");
        }
        return added == NumberSetBuilder::Added::New;
    }

    bool change(PhoneNumber number, const ListRow& row) {
        NumberListCounts& counts = report_.counts;
        const bool is_news = row.is_listed ? changed_->add(number, day_) : changed_->remove(number);
        if (is_news) ++(row.is_listed ? counts.adds : counts.deletes);
        return is_news;
    }

    RejectFile rejects_;
    NumberListReport& report_;
    ListedNumbers* changed_;
    std::chrono::sys_days day_;
    NumberSetBuilder full_;
    Result<void> state_;
};

/// The kind named, or the format's; the list's own where the format does not say, or where the file
/// of the TPS is the corporate one.
ListKind kind_for(const NumberListRequest& request, const HeldList* held) {
    const ListKind usual = usual_kind(request.format);
    if (request.kind || held == nullptr) return request.kind.value_or(usual);
    const bool is_ctps = usual == ListKind::Tps && held->record.kind == ListKind::Ctps;
    return usual == ListKind::Other || is_ctps ? held->record.kind : usual;
}

Result<NumberListRecord> record_for(const NumberListRequest& request, const HeldList* held) {
    NumberListRecord record;
    if (held != nullptr) record = held->record;
    const ListKind kind = kind_for(request, held);
    if (held != nullptr && kind != record.kind) {
        return fail(Errc::Conflict, "list \"" + request.list + "\" is of kind " +
                                        std::string{name_of(record.kind)} + ", not " +
                                        std::string{name_of(kind)});
    }
    if (held != nullptr && request.retrieved < record.version.retrieved) {
        return fail(Errc::Conflict, "list \"" + request.list +
                                        "\" has a version that was retrieved later: an older one "
                                        "does not replace it");
    }
    if (request.retrieved > std::chrono::floor<days>(request.at) + days{1}) {
        return fail(Errc::InvalidInput, "the file cannot have been retrieved after today");
    }
    record.client = request.client;
    record.name = request.list;
    record.kind = kind;
    record.fault.clear();
    return record;
}

}  // namespace

/// One run of import().
class NumberLists::Import {
public:
    Import(NumberLists& lists, const NumberListRequest& request)
        : lists_{lists}, request_{request} {}

    [[nodiscard]] Result<NumberListReport> run() {
        find_held();
        auto record = record_for(request_, held_.get());
        if (!record) return tl::unexpected<Error>{record.error()};
        record_ = *std::move(record);
        report_.kind = record_.kind;
        if (auto made = make_folder(); !made) return tl::unexpected<Error>{made.error()};
        auto done = is_change(request_.format) ? run_changes() : run_full();
        if (!done) return tl::unexpected<Error>{done.error()};
        return std::move(report_);
    }

private:
    void find_held() {
        for (const auto& list : lists_.held(request_.client)->lists()) {
            if (list->record.name == request_.list) held_ = list;
        }
    }

    [[nodiscard]] Result<void> make_folder() const {
        std::error_code error;
        std::filesystem::create_directories(lists_.folder(), error);
        if (!error) return {};
        return fail(Errc::Unavailable,
                    lists_.folder().string() + " cannot be made: " + error.message());
    }

    [[nodiscard]] Result<void> read(Taker& taker) {
        auto source = FileSource::open(request_.file);
        if (!source) return tl::unexpected<Error>{source.error()};
        const auto parser = make_row_parser(request_.format, request_.columns, taker);
        while (!taker.failed()) {
            const auto chunk = (*source)->next_chunk();
            if (!chunk) return tl::unexpected<Error>{chunk.error()};
            if (chunk->empty()) break;
            if (auto pushed = parser->push({chunk->data(), chunk->size()}); !pushed) return pushed;
        }
        if (!taker.failed()) {
            if (auto ended = parser->finish(); !ended) return ended;
        }
        report_.sha256 = (*source)->hash();
        return taker.finish();
    }

    [[nodiscard]] Result<void> run_full() {
        auto rejects = RejectFile::create(request_.rejects);
        if (!rejects) return tl::unexpected<Error>{rejects.error()};
        Taker taker{*std::move(rejects), report_, nullptr, request_.retrieved};
        if (auto done = read(taker); !done) return done;
        if (auto fair = check_shrink(taker.full().size()); !fair) return fair;

        auto file = write_numbers(taker.full());
        if (!file) return tl::unexpected<Error>{file.error()};
        auto changes = count_difference(*file);
        if (!changes) return tl::unexpected<Error>{changes.error()};
        return finish(std::move(*file), *changes);
    }

    [[nodiscard]] Result<void> run_changes() {
        const bool may_begin = request_.format == ListFormat::Rnd;  // answers to what one asked
        if (!held_ && !may_begin) {
            return fail(Errc::Conflict, "list \"" + request_.list +
                                            "\" has no full version yet: import that first");
        }
        if (held_ && !held_->numbers) {
            return fail(Errc::Corrupt,
                        "list \"" + request_.list + "\" cannot be read: import it in full");
        }
        auto rejects = RejectFile::create(request_.rejects);
        if (!rejects) return tl::unexpected<Error>{rejects.error()};
        std::optional<DurableFile> file;
        std::shared_ptr<const MappedFile> empty;
        if (!held_) {
            auto begun = write_numbers(NumberSetBuilder{});
            if (!begun) return tl::unexpected<Error>{begun.error()};
            file.emplace(*std::move(begun));
            auto mapped = MappedFile::open(file->temporary());
            if (!mapped) return tl::unexpected<Error>{mapped.error()};
            empty = *std::move(mapped);
        }
        ListedNumbers list =
            held_ ? *held_->numbers : ListedNumbers{*NumberSet::open(empty->bytes())};
        Taker taker{*std::move(rejects), report_, &list, request_.retrieved};
        if (auto done = read(taker); !done) return done;
        if (report_.counts.rows_read > 0 && report_.counts.rejected == report_.counts.rows_read) {
            return nothing_accepted();
        }
        list.forget_notes_before(request_.retrieved - kNotesKept);
        report_.counts.numbers = static_cast<std::int64_t>(list.size());
        if (list.changes().added() + list.changes().removed() <= kChangesMax) {
            return finish(std::move(file), list.changes());
        }
        return finish_merged(list);
    }

    /// Writes the changes into a new file of numbers; only the days stay beside it.
    [[nodiscard]] Result<void> finish_merged(const ListedNumbers& list) {
        const auto merged = list.merged();
        if (!merged) return tl::unexpected<Error>{merged.error()};
        auto file = write_numbers(*merged);
        if (!file) return tl::unexpected<Error>{file.error()};
        NumberChanges days_alone;
        list.changes().for_each_note([&](PhoneNumber number, std::chrono::sys_days day) {
            days_alone.note_since(number, day);
        });
        return finish(std::move(*file), days_alone);
    }

    [[nodiscard]] tl::unexpected<Error> nothing_accepted() const {
        return fail(Errc::InvalidInput,
                    "none of the file's " + std::to_string(report_.counts.rows_read) +
                        " rows is of format " + std::string{name_of(request_.format)});
    }

    [[nodiscard]] Result<void> check_shrink(std::uint64_t now) {
        report_.counts.numbers = static_cast<std::int64_t>(now);
        if (now == 0 && report_.counts.rows_read > 0) return nothing_accepted();
        if (now == 0 && !request_.shrink_override) {
            return fail(Errc::InvalidInput, "the file holds no number");
        }
        if (!held_) return {};
        const auto before = static_cast<std::uint64_t>(held_->record.version.counts.numbers);
        report_.shrinks_too_much =
            compliance::suppression::shrinks_too_much(request_.format, before, now);
        if (!report_.shrinks_too_much || request_.shrink_override || request_.dry_run) return {};
        return fail(
            Errc::Refused,
            "the list shrinks from " + std::to_string(before) + " to " + std::to_string(now) +
                " numbers, by more than " +
                std::to_string(compliance::suppression::shrink_percent_max(request_.format)) +
                " %: is the file whole? If so, say why with --override-shrink and --by");
    }

    [[nodiscard]] Result<DurableFile> write_numbers(const NumberSetBuilder& builder) {
        numbers_name_ = name_of_file(".numbers");
        auto file = DurableFile::create(lists_.folder() / numbers_name_);
        if (!file) return file;
        NumberSetInfo info;
        info.kind = record_.kind;
        info.source = request_.file.filename().string();
        info.licence = request_.licence;
        info.seller = request_.client_name;
        info.retrieved = request_.retrieved;
        info.rows = static_cast<std::uint64_t>(report_.counts.rows_read);
        if (!report_.sha256.empty()) info.source_sha256 = bytes_of(report_.sha256);
        if (auto written = builder.write(info, *file); !written) {
            return tl::unexpected<Error>{written.error()};
        }
        if (auto synced = file->sync(); !synced) return tl::unexpected<Error>{synced.error()};
        return file;
    }

    /// Unique: one import runs at a time, and a version's time is later than the one before it.
    [[nodiscard]] std::string name_of_file(const char* ending) const {
        const auto list = held_ ? std::to_string(static_cast<std::uint64_t>(held_->record.id))
                                : "new-" + std::to_string(value_of(request_.client));
        for (int turn = 0;; ++turn) {
            const std::string name = list + "-" +
                                     std::to_string(request_.at.time_since_epoch().count()) + "-" +
                                     std::to_string(turn) + ending;
            if (!std::filesystem::exists(lists_.folder() / name)) return name;
        }
    }

    /// Adds and deletes of a full list against the version in force, and since when the new ones
    /// stand on it.
    [[nodiscard]] Result<NumberChanges> count_difference(const DurableFile& file) {
        NumberListCounts& counts = report_.counts;
        NumberChanges notes;
        counts.adds = counts.numbers;
        if (!held_ || !held_->numbers) return notes;
        const auto mapped = MappedFile::open(file.temporary());
        if (!mapped) return tl::unexpected<Error>{mapped.error()};
        const auto newer = NumberSet::open((*mapped)->bytes());
        if (!newer) return tl::unexpected<Error>{newer.error()};
        std::function<void(PhoneNumber)> on_new;
        if (needs_since(record_.kind)) {
            held_->numbers->changes().for_each_note([&](PhoneNumber number, auto day) {
                if (newer->contains(number)) notes.note_since(number, day);
            });
            on_new = [&](PhoneNumber number) { notes.note_since(number, request_.retrieved); };
        }
        const auto difference = compare(*held_->numbers, *newer, on_new);
        counts.adds = static_cast<std::int64_t>(difference.adds);
        counts.deletes = static_cast<std::int64_t>(difference.deletes);
        notes.forget_notes_before(request_.retrieved - kNotesKept);
        return notes;
    }

    /// Gives the files their names, writes the register, and puts the version in force.
    /// @param file  none: the version in force keeps its file.
    [[nodiscard]] Result<void> finish(std::optional<DurableFile> file,
                                      const NumberChanges& changes) {
        if (request_.dry_run) return {};
        NumberListVersion& version = record_.version;
        if (file) {
            version.file = numbers_name_;
            if (auto kept = file->keep(); !kept) return kept;
        }
        if (auto kept = keep_changes(changes); !kept) return kept;
        version.format = request_.format;
        version.source = request_.file.filename().string();
        version.licence = request_.licence;
        version.retrieved = request_.retrieved;
        version.sha256 = report_.sha256;
        version.counts = report_.counts;
        version.shrink_override.reset();
        if (report_.shrinks_too_much) version.shrink_override = request_.shrink_override;
        version.actor = request_.actor;
        version.active_from = request_.at;
        version.active_to.reset();
        auto written = lists_.store_.writer->run([&](Writer::Context& context) -> Result<void> {
            sign_override(context.evidence.keys().signing());
            write_number_list_version(context.database, record_);
            context.evidence.append(evidence_of(record_));
            return {};
        });
        if (!written) return written;
        report_.version = version.id;
        lists_.put_in_force(HeldList::open(record_, lists_.folder()));
        return {};
    }

    /// Who let a shrunken list pass, and why, is signed by the log's key: a signed note.
    void sign_override(const compliance::evidence::SigningKey& key) {
        NumberListVersion& version = record_.version;
        if (!version.shrink_override) return;
        const auto one_line = [](std::string text) {
            std::ranges::replace(text, '\n', ' ');
            return text;
        };
        version.shrink_override->signature =
            key.sign("bellwether list override\n" + one_line(record_.name) + "\n" + version.sha256 +
                     "\n" + one_line(version.shrink_override->by) + "\n" +
                     one_line(version.shrink_override->reason) + "\n");
    }

    [[nodiscard]] Result<void> keep_changes(const NumberChanges& changes) {
        record_.version.changes_file.clear();
        if (changes.is_empty() && !changes.has_notes()) return {};
        const std::string name = name_of_file(".changes");
        auto file = DurableFile::create(lists_.folder() / name);
        if (!file) return tl::unexpected<Error>{file.error()};
        if (auto written = file->write(changes.encode()); !written) return written;
        if (auto synced = file->sync(); !synced) return synced;
        record_.version.changes_file = name;
        return file->keep();
    }

    NumberLists& lists_;
    const NumberListRequest& request_;
    std::shared_ptr<const HeldList> held_;  ///< the version in force; null: none
    NumberListRecord record_;
    NumberListReport report_;
    std::string numbers_name_;
};

Result<NumberListReport> NumberLists::import(const NumberListRequest& request) {
    const std::unique_lock lock{importing_, std::try_to_lock};
    if (!lock) return fail(Errc::Conflict, "another list is being imported: wait for its end");
    return Import{*this, request}.run();
}

}  // namespace bellwether::store
