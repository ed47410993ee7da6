#include "dialer/store/list_import.h"

#include <utility>

#include "campaigns/csv.h"
#include "campaigns/delimiter.h"
#include "dialer/store/file_source.h"
#include "dialer/store/import_rehearsal.h"
#include "dialer/store/import_writer.h"
#include "dialer/store/list_rows.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/reject_file.h"

namespace bellwether::store {

namespace {

// scale.md 2a: 125,000 rows/s in transactions of this size against 62,000 in those of 10,000. About
// 10 MB.
constexpr std::size_t kRowsAtOnce = 50'000;

struct Parts {
    campaigns::CsvReader& reader;
    campaigns::LayoutColumns layout;
    RejectFile rejects;
    ImportSink& sink;
};

/// One pass over the file.
class Pass {
public:
    Pass(const Store::Impl& store, const campaigns::NumberRules& rules,
         const ImportRequest& request, const ImportProgress& progress, Parts& parts)
        : rows_reader_{rules, store.config.destination_allowed, parts.layout,
                       request.default_region},
          progress_{progress},
          parts_{parts} {}

    [[nodiscard]] Result<void> run(ImportReport& report) {
        if (parts_.layout.first_is_contact) {
            if (auto taken = take_row(report); !taken) return taken;
        }
        while (true) {
            const auto step = parts_.reader.next();
            if (!step) return tl::unexpected<Error>{step.error()};
            if (*step == campaigns::CsvStep::End) return hand_over(report);
            const auto taken =
                *step == campaigns::CsvStep::Row ? take_row(report) : take_fault(report);
            if (!taken) return taken;
            if (rows_.size() < kRowsAtOnce) continue;
            if (auto handed = hand_over(report); !handed) return handed;
        }
    }

private:
    Result<void> take_row(ImportReport& report) {
        const campaigns::CsvRow& row = parts_.reader.row();
        auto contact = rows_reader_.read(row);
        if (!contact) {
            ++report.read;
            ++report.rejected;
            return note(row, contact.error());
        }
        for (RowFault& fault : contact->left_out) {
            fault.reason = "the contact was kept without this number: " + fault.reason;
            if (auto noted = note(row, fault); !noted) return noted;
        }
        report.numbers_left_out += std::ssize(contact->left_out);
        report.plus_added += contact->plus_added;
        rows_.push_back(std::move(contact->row));
        return {};
    }

    Result<void> take_fault(ImportReport& report) {
        const campaigns::CsvFault& fault = parts_.reader.fault();
        ++report.read;
        ++report.rejected;
        const bool whole_row =
            fault.kind == campaigns::CsvFaultKind::WrongWidth || fault.field == 0;
        return parts_.rejects.add({fault.at.row, fault.at.line,
                                   whole_row ? std::string{} : heading_of(fault.field - 1),
                                   campaigns::explain(fault), fault.raw});
    }

    Result<void> note(const campaigns::CsvRow& row, const RowFault& fault) {
        return parts_.rejects.add({row.at.row, row.at.line, fault.column, fault.reason, row.raw});
    }

    Result<void> hand_over(ImportReport& report) {
        if (!rows_.empty()) {
            const auto counts = parts_.sink.take(rows_);
            if (!counts) return tl::unexpected<Error>{counts.error()};
            report.read += std::ssize(rows_);
            report.accepted += counts->accepted;
            report.duplicate += counts->duplicate;
            report.suppressed += counts->suppressed;
            rows_.clear();
        }
        if (progress_ && !progress_(report)) return fail(Errc::Conflict, "stopped");
        return {};
    }

    [[nodiscard]] std::string heading_of(std::size_t column) const {
        const auto& names = parts_.layout.names;
        return column < names.size() ? names[column] : std::to_string(column + 1);
    }

    const RowReader rows_reader_;
    const ImportProgress& progress_;
    Parts& parts_;
    std::vector<ImportRow> rows_;
};

Result<campaigns::LayoutColumns> read_heading(campaigns::CsvReader& reader,
                                              const ImportRequest& request) {
    const auto step = reader.next();
    if (!step) return tl::unexpected<Error>{step.error()};
    if (*step == campaigns::CsvStep::End) {
        return fail(Errc::InvalidInput, "the file is empty: it needs a heading and rows");
    }
    if (*step == campaigns::CsvStep::Fault) {
        return fail(Errc::InvalidInput,
                    "the first row cannot be read: " + describe(reader.fault()));
    }
    return campaigns::read_first_row(reader.row().fields, request.layout);
}

Result<void> check_region(const std::string& region) {
    if (region.empty() || LibPhoneNumberRules::knows_region(region)) return {};
    return fail(Errc::InvalidInput,
                "region \"" + region + "\" is not an ISO 3166 code in capitals, such as US or NL");
}

tl::unexpected<Error> undone(const Error& error, const ImportReport& report) {
    return fail(error.code, "nothing was imported: " + error.detail + " (after " +
                                std::to_string(report.read) + " rows, of which " +
                                std::to_string(report.accepted) + " had been accepted)");
}

/// The beginning of another source, looked at before it is read.
class PeekedSource final : public campaigns::ByteSource {
public:
    explicit PeekedSource(campaigns::ByteSource& source) : source_{source} {}

    /// What next_chunk() will give first.
    [[nodiscard]] Result<std::string_view> peek() {
        const auto chunk = source_.next_chunk();
        if (!chunk) return tl::unexpected<Error>{chunk.error()};
        first_ = *chunk;
        return std::string_view{first_->data(), first_->size()};
    }

    Result<std::span<const char>> next_chunk() override {
        if (!first_) return source_.next_chunk();
        const auto chunk = *first_;
        first_.reset();
        return chunk;
    }

private:
    campaigns::ByteSource& source_;
    std::optional<std::span<const char>> first_;
};

Result<ImportReport> run_pass(Store::Impl& store, const campaigns::NumberRules& rules,
                              const ImportRequest& request, const ImportProgress& progress,
                              FileSource& source, ImportSink& sink) {
    campaigns::Utf8Source text{source, request.layout.encoding};
    PeekedSource peeked{text};
    const auto beginning = peeked.peek();
    if (!beginning) return tl::unexpected<Error>{beginning.error()};
    ImportReport report;
    report.delimiter_was_found = !request.layout.delimiter;
    report.delimiter = request.layout.delimiter.value_or(campaigns::find_delimiter(*beginning));

    campaigns::CsvReader reader{peeked, {.delimiter = report.delimiter}};
    auto heading = read_heading(reader, request);
    if (!heading) return tl::unexpected<Error>{heading.error()};
    auto rejects = RejectFile::create(request.rejects);
    if (!rejects) return tl::unexpected<Error>{rejects.error()};

    Parts parts{reader, *std::move(heading), *std::move(rejects), sink};
    Pass pass{store, rules, request, progress, parts};
    if (auto read = pass.run(report); !read) return undone(read.error(), report);
    if (auto closed = parts.rejects.close(); !closed) return undone(closed.error(), report);
    return report;
}

Result<ImportReport> import_for_real(Store::Impl& store, const campaigns::NumberRules& rules,
                                     const ImportRequest& request, const ImportProgress& progress,
                                     FileSource& source) {
    auto writer = ImportWriter::begin(store, request);
    if (!writer) return tl::unexpected<Error>{writer.error()};
    auto report = run_pass(store, rules, request, progress, source, **writer);
    if (!report) return report;
    report->id = (*writer)->id();
    if (auto finished = (*writer)->finish(*report, source.hash()); !finished) {
        return undone(finished.error(), *report);
    }
    return report;
}

}  // namespace

Result<ImportReport> import_list(Store& store, const campaigns::NumberRules& rules,
                                 const ImportRequest& request, const ImportProgress& progress) {
    if (auto known = check_region(request.default_region); !known) {
        return tl::unexpected<Error>{known.error()};
    }
    auto source = FileSource::open(request.file);
    if (!source) return tl::unexpected<Error>{source.error()};
    Store::Impl& impl = store.impl();
    if (!request.dry_run) return import_for_real(impl, rules, request, progress, **source);

    auto rehearsal = ImportRehearsal::begin(impl, request);
    if (!rehearsal) return tl::unexpected<Error>{rehearsal.error()};
    return run_pass(impl, rules, request, progress, **source, **rehearsal);
}

}  // namespace bellwether::store
