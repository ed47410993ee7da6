#include "dialer/store/list_import.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "campaigns/csv.h"
#include "campaigns/utf8.h"
#include "dialer/store/file_source.h"
#include "dialer/store/import_rehearsal.h"
#include "dialer/store/import_writer.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/reject_file.h"

namespace bellwether::store {

namespace {

// scale.md 2a: 125,000 rows/s in transactions of this size against 62,000 in those of 10,000. About
// 10 MB.
constexpr std::size_t kRowsAtOnce = 50'000;

struct Parts {
    campaigns::CsvReader& reader;
    campaigns::ContactColumns columns;
    std::vector<std::string> headings;  ///< by column, for the reject file
    RejectFile rejects;
    ImportSink& sink;
};

/// One pass over the file.
class Pass {
public:
    Pass(const Store::Impl& store, const campaigns::NumberRules& rules,
         const ImportRequest& request, const ImportProgress& progress, Parts& parts)
        : store_{store}, rules_{rules}, request_{request}, progress_{progress}, parts_{parts} {}

    [[nodiscard]] Result<void> run(ImportReport& report) {
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
        if (campaigns::first_invalid_utf8(row.raw)) {
            return reject(report, row, {}, "the row is not UTF-8 text: save the file as UTF-8");
        }
        const std::string& heading = parts_.headings[parts_.columns.phone];
        const auto number =
            rules_.normalise(row.fields[parts_.columns.phone], request_.default_region);
        if (!number) return reject(report, row, heading, number.error().detail);
        if (!store_.config.destination_allowed(*number)) {
            return reject(report, row, heading, "no trunk may dial this destination");
        }
        rows_.push_back({*number, field(row, parts_.columns.external_id),
                         field(row, parts_.columns.first_name),
                         field(row, parts_.columns.last_name), field(row, parts_.columns.language),
                         extra_of(row), static_cast<std::int64_t>(row.at.row)});
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

    Result<void> reject(ImportReport& report, const campaigns::CsvRow& row, std::string column,
                        std::string reason) {
        ++report.read;
        ++report.rejected;
        return parts_.rejects.add(
            {row.at.row, row.at.line, std::move(column), std::move(reason), row.raw});
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
        return column < parts_.headings.size() ? parts_.headings[column]
                                               : std::to_string(column + 1);
    }

    [[nodiscard]] static std::string field(const campaigns::CsvRow& row,
                                           std::optional<std::size_t> column) {
        return column ? std::string{row.fields[*column]} : std::string{};
    }

    [[nodiscard]] std::string extra_of(const campaigns::CsvRow& row) const {
        auto extra = nlohmann::ordered_json::object();
        for (const auto& [column, name] : parts_.columns.extra) {
            if (!row.fields[column].empty()) extra[name] = row.fields[column];
        }
        return extra.dump();
    }

    const Store::Impl& store_;
    const campaigns::NumberRules& rules_;
    const ImportRequest& request_;
    const ImportProgress& progress_;
    Parts& parts_;
    std::vector<ImportRow> rows_;
};

struct Heading {
    campaigns::ContactColumns columns;
    std::vector<std::string> names;
};

Result<Heading> read_heading(campaigns::CsvReader& reader, const ImportRequest& request) {
    const auto step = reader.next();
    if (!step) return tl::unexpected<Error>{step.error()};
    if (*step == campaigns::CsvStep::End) {
        return fail(Errc::InvalidInput, "the file is empty: it needs a heading and rows");
    }
    if (*step == campaigns::CsvStep::Fault) {
        return fail(Errc::InvalidInput, "the heading cannot be read: " + describe(reader.fault()));
    }
    const auto fields = reader.row().fields;
    auto columns = campaigns::read_contact_header(fields, request.columns);
    if (!columns) return tl::unexpected<Error>{columns.error()};
    return Heading{*std::move(columns), {fields.begin(), fields.end()}};
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

Result<ImportReport> run_pass(Store::Impl& store, const campaigns::NumberRules& rules,
                              const ImportRequest& request, const ImportProgress& progress,
                              FileSource& source, ImportSink& sink) {
    campaigns::CsvReader reader{source};
    auto heading = read_heading(reader, request);
    if (!heading) return tl::unexpected<Error>{heading.error()};
    auto rejects = RejectFile::create(request.rejects);
    if (!rejects) return tl::unexpected<Error>{rejects.error()};

    Parts parts{reader, std::move(heading->columns), std::move(heading->names), *std::move(rejects),
                sink};
    ImportReport report;
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
