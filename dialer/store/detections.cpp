#include "dialer/store/impl.h"

// Store: what the detector heard, and who it really was.

namespace bellwether::store {

namespace {

constexpr std::string_view kSelectDetections =
    "SELECT attempt_id, at, verdict, code, p_machine_ppm, review, evidence, truth FROM detections ";

DetectionRecord read_detection(const Statement& row) {
    return {.attempt = row.get<AttemptId>(0),
            .at = row.get<UtcTime>(1),
            .verdict = row.get<answer_detect::Verdict>(2),
            .code = row.get<std::string>(3),
            .p_machine = static_cast<double>(row.get<std::int64_t>(4)) / 1e6,
            .review = row.get<engine::Review>(5),
            .evidence = row.get<std::string>(6),
            .truth = row.get<std::optional<answer_detect::Verdict>>(7)};
}

}  // namespace

Result<std::vector<DetectionCount>> Store::detections(CampaignId campaign) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<DetectionCount>> {
        Statement query{
            database,
            // The review belongs to the attempt: a later word does not take it back.
            "SELECT last.weights_version, last.verdict, "
            "(SELECT max(review) FROM (SELECT CASE review WHEN 'NONE' THEN '' ELSE review END "
            "AS review FROM detections WHERE attempt_id = last.attempt_id)) AS reviewed, "
            "last.truth, ifnull(a.outcome IN ('MACHINE', 'MESSAGE_LEFT'), 0), count(*) "
            "FROM detections last JOIN attempts a ON a.id = last.attempt_id "
            "WHERE last.campaign_id = ? AND last.id = "
            "(SELECT max(id) FROM detections WHERE attempt_id = last.attempt_id) "
            "GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"};
        query.bind(campaign);
        return read_all(query, [](const Statement& row) {
            const auto review = row.get<std::string>(2);
            return DetectionCount{
                .weights_version = row.get<std::uint32_t>(0),
                .verdict = row.get<answer_detect::Verdict>(1),
                .review = enum_from_name<engine::Review>(review).value_or(engine::Review::None),
                .truth = row.get<std::optional<answer_detect::Verdict>>(3),
                .hung_up = row.get<bool>(4),
                .attempts = row.get<std::int64_t>(5)};
        });
    });
}

Result<std::vector<DetectionRecord>> Store::detections_of(AttemptId attempt) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<DetectionRecord>> {
        Statement query{database,
                        std::string{kSelectDetections} + "WHERE attempt_id = ? ORDER BY id"};
        query.bind(attempt);
        return read_all(query, read_detection);
    });
}

Result<std::vector<DetectionRecord>> Store::detections_to_review() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<DetectionRecord>> {
        Statement query{database, std::string{kSelectDetections} +
                                      "WHERE review = 'QUEUED' AND truth IS NULL ORDER BY id"};
        return read_all(query, read_detection);
    });
}

Result<void> Store::label_detection(AttemptId attempt, answer_detect::Verdict truth, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "UPDATE detections SET truth = ?, truth_at = ?, truth_agent_id = NULL "
                  "WHERE attempt_id = ?"}
            .run_with(truth, at, attempt);
        if (context.database.changes() == 0)
            return fail(Errc::NotFound, "there is no verdict of that attempt");
        return {};
    });
}

}  // namespace bellwether::store
