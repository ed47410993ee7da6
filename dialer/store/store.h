#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "base/time.h"
#include "compliance/evidence/records.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/codec.h"
#include "dialer/engine/events.h"
#include "dialer/store/dial_policy.h"
#include "dialer/store/evidence_config.h"
#include "dialer/store/records.h"

namespace bellwether::store {

struct StoreConfig {
    std::filesystem::path
        path;           ///< the SQLite file; its folder must exist. `path`.lock stands beside it
    std::string owner;  ///< name of this node, kept with every claim
    /// May a trunk dial this number? Called on the writer thread and by imports; must be
    /// thread-safe.
    std::function<bool(const PhoneNumber&)> destination_allowed;
    DialPolicy* policy = nullptr;  ///< asked of every dial; null: nothing is; outlives the store
    std::string vfs;  ///< SQLite VFS to open with; empty: the system's. Tests inject faults here.
    EvidenceConfig evidence{};
};

/// One event of the engine with the actions it led to, as the journal keeps it.
struct JournalEntry {
    std::uint64_t seq = 0;  ///< rises by 1, from next_journal_seq() on
    Now now;
    std::string event;
    std::string event_personal;
    std::vector<engine::Encoded> actions;
};

/// One atomic write: all of it becomes durable, or nothing.
struct WriteBatch {
    std::optional<JournalEntry> journal;
    /// Only those for which engine::is_store_action() holds; checked. AskForContacts needs
    /// `journal`: its time decides who is due.
    std::vector<engine::Action> actions;
    std::vector<compliance::evidence::Record> evidence{};  ///< appended to the log, in order
};

/// The store can keep no promise any more: disk full, input/output error, corrupt file, or another
/// owner. Comes once and last; nothing that was acknowledged is lost.
struct Failed {
    Error error;
};

class EvidenceLog;
class NumberLists;

/// What became durable: AttemptStored, AnswerStored, SuppressionAdded, ContactsOffered,
/// ContactsAdded.
using StoreEvent = std::variant<engine::Event, Failed>;

/// Called on the writer thread after the commit, in the order of commits and of actions within
/// them. May call submit(); must not call a command of the store (checked) nor block.
using EventSink = std::function<void(StoreEvent)>;

/// The store of one Bellwether: a SQLite file with one writer thread. Many writes share one commit,
/// and every commit is on the disk before anybody hears of it (README.md, life of a write).
///
/// Every method is thread-safe. Commands run on the writer thread, each as a transaction of its
/// own, and return once it is durable. Queries read on connections of their own and never wait for
/// a write. Any command or query can fail with Exhausted (disk full), Corrupt, or Unavailable (the
/// store has failed before); other errors are named where they occur.
class Store {
public:
    /// Opens the file, making it if there is none, and migrates it to this program's schema. Starts
    /// a new epoch, durably, and gives free the claims of older ones. Errors: Conflict: another
    /// process has it open (named), or a newer program wrote it. Corrupt: with advice. Unavailable:
    /// cannot be opened.
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(StoreConfig config,
                                                             EventSink on_event);

    /// Writes what was submitted, then closes.
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    [[nodiscard]] Epoch epoch() const;
    [[nodiscard]] std::uint64_t next_journal_seq() const;  ///< as of the opening; 1 in a new store
    /// Attempts that an older epoch left alive; settle each by StoreOutcome (promise R4).
    [[nodiscard]] Result<std::vector<engine::AttemptFoundAlive>> attempts_alive() const;

    /// Numbers whose attempt by this campaign was settled as UNKNOWN after `since`, and when.
    struct UnknownAttempt {
        NumberId number{};
        UtcTime ended;
    };
    [[nodiscard]] Result<std::vector<UnknownAttempt>> unknown_attempts(CampaignId campaign,
                                                                       UtcTime since) const;

    // --- the engine's writes: queued ---

    /// False: kBatchesMax are waiting, or the store has failed; the batch was not taken, and no
    /// later one will be, because the journal must have no gap. What was taken before is still
    /// written.
    [[nodiscard]] bool submit(WriteBatch batch);
    /// Opens a journal segment; comes before the entry `first_seq`. As submit().
    [[nodiscard]] bool begin_segment(std::uint64_t first_seq, Now now, engine::Encoded snapshot);
    /// Waits until everything submitted before is durable and its events were delivered.
    [[nodiscard]] Result<void> flush();

    static constexpr std::size_t kBatchesMax = 16'384;  ///< about a second of writes on a slow disk

    // --- commands: clients, lists, campaigns ---

    [[nodiscard]] Result<ClientId> add_client(std::string_view name);               ///< or finds it
    [[nodiscard]] Result<ListId> add_list(ClientId client, std::string_view name);  ///< or finds it
    [[nodiscard]] Result<std::optional<ListRecord>> find_list(std::string_view name) const;
    [[nodiscard]] Result<std::vector<ClientRecord>> clients() const;
    [[nodiscard]] Result<std::vector<ListRecord>> lists() const;

    /// New, or the one of this name replaced.
    [[nodiscard]] Result<void> save_list_map(std::string_view name, std::string_view layout,
                                             UtcTime at);
    [[nodiscard]] Result<std::vector<ListMap>> list_maps() const;

    /// New, or the one of this name changed. `campaign.id` and run_state are not read.
    /// Errors: Conflict: it exists for another client, or dials another list.
    [[nodiscard]] Result<CampaignId> save_campaign(const CampaignRecord& campaign, UtcTime at);
    [[nodiscard]] Result<void> set_run_state(CampaignId campaign, engine::CampaignRunState state,
                                             UtcTime at);
    [[nodiscard]] Result<std::vector<CampaignRecord>> campaigns() const;
    [[nodiscard]] Result<std::optional<CampaignRecord>> find_campaign(std::string_view name) const;
    /// The account of one window; zeros if nothing was counted yet.
    [[nodiscard]] Result<compliance::AbandonmentAccount> account(CampaignId campaign,
                                                                 compliance::AccountWindow window,
                                                                 UtcTime window_start) const;
    [[nodiscard]] Result<std::vector<compliance::AbandonmentAccount>> accounts(
        CampaignId campaign) const;

    // --- agents ---

    /// Errors: Conflict: name or sip_user is taken. `agent.id` is not read.
    [[nodiscard]] Result<AgentId> add_agent(const AgentRecord& agent);
    /// Skills, shift and phone of `agent.id`; the rest is not read. Errors: NotFound.
    [[nodiscard]] Result<void> change_agent(const AgentRecord& agent);
    /// Forgets the secrets; what he did stays. Errors: NotFound.
    [[nodiscard]] Result<void> remove_agent(AgentId agent, UtcTime at);
    [[nodiscard]] Result<std::vector<AgentRecord>> agents() const;
    /// Changes of state in [from, to), in order.
    [[nodiscard]] Result<std::vector<AgentStateRecord>> agent_states(UtcTime from,
                                                                     UtcTime to) const;

    // --- do-not-call ---

    /// Returns after the commit and after SuppressionAdded was delivered (promise R7). Adding twice
    /// is not an error. True if it was not there before.
    [[nodiscard]] Result<bool> add_do_not_call(const DoNotCallEntry& entry);
    /// Many at once, in one transaction per 10,000; as add_do_not_call for each. Returns how many
    /// were new.
    [[nodiscard]] Result<std::int64_t> import_do_not_call(
        const std::vector<DoNotCallEntry>& entries);
    /// Errors: NotFound: not there for this scope.
    [[nodiscard]] Result<void> remove_do_not_call(const PhoneNumber& number, ClientId client,
                                                  std::string_view actor, UtcTime at);
    /// The entry that stands against calling it for this client (its own or one for all), if any.
    [[nodiscard]] Result<std::optional<DoNotCallEntry>> check_do_not_call(const PhoneNumber& number,
                                                                          ClientId client) const;
    /// Calls `take` for each entry in force, by number. `take` must not call the store.
    [[nodiscard]] Result<void> export_do_not_call(
        const std::function<void(const DoNotCallEntry&)>& take) const;

    /// Lists that registries keep, by client organisation (number_lists.h).
    [[nodiscard]] NumberLists& number_lists() const;

    // --- contacts ---

    /// The digits to dial. Errors: NotFound.
    [[nodiscard]] Result<PhoneNumber> number(NumberId number) const;
    [[nodiscard]] Result<ContactRecord> contact(ContactId contact) const;  ///< Errors: NotFound
    [[nodiscard]] Result<std::vector<ContactRecord>> find_contacts(const PhoneNumber& number) const;
    [[nodiscard]] Result<std::vector<ContactRecord>> find_contacts(
        std::string_view external_id) const;
    /// Where the contact stands in every campaign that has touched it.
    [[nodiscard]] Result<std::vector<ContactStanding>> standing(ContactId contact) const;
    [[nodiscard]] Result<std::vector<AttemptRecord>> attempts_of(ContactId contact) const;
    [[nodiscard]] Result<AttemptRecord> attempt(AttemptId attempt) const;  ///< Errors: NotFound
    /// How many contacts the campaign would claim before this one, had it to claim now: the order
    /// of claims.h, without looking at do-not-call. 0 too for one that is not waiting to be
    /// claimed.
    [[nodiscard]] Result<std::int64_t> contacts_ahead(CampaignId campaign, ContactId contact,
                                                      UtcTime now) const;
    [[nodiscard]] Result<std::vector<ImportRecord>> imports() const;

    // --- reports ---

    [[nodiscard]] Result<CampaignFigures> figures(CampaignId campaign) const;
    /// Calls `take` for each, in order of id. `take` must not call the store.
    [[nodiscard]] Result<void> for_each_attempt(
        CampaignId campaign, const std::function<void(const AttemptRecord&)>& take) const;
    [[nodiscard]] Result<void> for_each_answer(
        CampaignId campaign, const std::function<void(const AnswerRecord&)>& take) const;
    [[nodiscard]] Result<std::vector<InterviewRecord>> interviews(CampaignId campaign) const;
    /// By weights, verdict, review and truth; each attempt once, by its last verdict.
    [[nodiscard]] Result<std::vector<DetectionCount>> detections(CampaignId campaign) const;
    /// Every word the detector said of one attempt, in order.
    [[nodiscard]] Result<std::vector<DetectionRecord>> detections_of(AttemptId attempt) const;
    /// MACHINE verdicts that wait for somebody to listen to the recording, the oldest first.
    [[nodiscard]] Result<std::vector<DetectionRecord>> detections_to_review() const;
    /// Who or what it was, by somebody who listened. Errors: NotFound: no verdict of that attempt.
    [[nodiscard]] Result<void> label_detection(AttemptId attempt, answer_detect::Verdict truth,
                                               UtcTime at);

    // --- the evidence log (evidence_log.h) ---

    /// Returns the record's place in the log once it is durable.
    [[nodiscard]] Result<std::uint64_t> append_evidence(const compliance::evidence::Record& record);
    [[nodiscard]] EvidenceLog& evidence();

    // --- the journal ---

    [[nodiscard]] Result<std::vector<JournalSegment>> journal_segments() const;
    /// Of every start and of every few minutes one is kept; this reads one of them.
    [[nodiscard]] Result<std::optional<JournalSegment>> last_journal_segment() const;
    [[nodiscard]] Result<std::optional<JournalSpan>> journal_span() const;  ///< none: no entry yet
    /// The last entry at or before `at`; none: the journal is empty or begins later. Where the
    /// clock was set back and `at` came twice: one of the two. A few reads, however long the
    /// journal.
    [[nodiscard]] Result<std::optional<std::uint64_t>> journal_seq_at(UtcTime at) const;
    /// Entries with first <= seq <= last, in order. `take` must not call the store.
    [[nodiscard]] Result<void> for_each_journal_entry(
        std::uint64_t first, std::uint64_t last,
        const std::function<void(const JournalEntry&)>& take) const;

    class Impl;
    /// For the other files of dialer/store.
    [[nodiscard]] Impl& impl() const { return *impl_; }

private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bellwether::store
