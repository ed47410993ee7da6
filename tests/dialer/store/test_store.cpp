#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {

UtcTime at(std::int64_t seconds) { return UtcTime{std::chrono::seconds{1'795'435'200 + seconds}}; }

PhoneNumber phone(std::string_view e164) { return must(PhoneNumber::parse(e164)); }

std::string fiction(int n) {
    // Area codes in service, each with its hundred numbers 555-0100 to 555-0199 (ATIS-0300115).
    constexpr std::array kAreas{201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215,
                                216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240};
    const auto area = kAreas.at(static_cast<std::size_t>(n / 100));
    return "+1" + std::to_string(area) + std::to_string(5550100 + n % 100);
}

const LibPhoneNumberRules& number_rules() {
    static const LibPhoneNumberRules rules;
    return rules;
}

TestStore::TestStore() {
    open();
    client = must(store->add_client("Acme"));
    list = must(store->add_list(client, "spring"));
    campaign = add_campaign("survey");
}

StoreConfig TestStore::config() {
    return {.path = folder / "store.db",
            .owner = "node-1",
            .destination_allowed =
                [this](const PhoneNumber& number) {
                    return !denied_destinations.contains(number.digits());
                },
            .policy = policy,
            .vfs = {}};
}

Result<std::unique_ptr<Store>> TestStore::try_open(StoreConfig config) {
    return Store::open(std::move(config),
                       [this](StoreEvent event) { events.add(std::move(event)); });
}

void TestStore::open() {
    store = must(try_open(config()));
    next_seq = store->next_journal_seq();
    last_attempt_ = 0;
}

ImportRequest TestStore::request(const std::filesystem::path& file) const {
    return {.file = file, .list = list, .default_region = "US", .at = at(0)};
}

ImportReport TestStore::import_text(std::string_view csv) {
    return must(import_list(*store, number_rules(), request(folder.write("list.csv", csv))));
}

ImportReport TestStore::import_numbers(const std::vector<std::string>& numbers) {
    std::string csv = "phone\n";
    for (const std::string& number : numbers) csv += number + "\n";
    return import_text(csv);
}

CampaignId TestStore::add_campaign(const std::string& name) {
    return must(store->save_campaign(
        {CampaignId{}, client, list, name, "mode = \"progressive\"\n", {}}, at(0)));
}

bool TestStore::submit(std::vector<engine::Action> actions, UtcTime now) {
    WriteBatch batch;
    batch.journal = JournalEntry{
        next_seq, {Instant{Duration{next_seq}}, now}, R"({"is":"TIME_PASSED"})", {}, {}};
    batch.actions = std::move(actions);
    ++next_seq;
    return store->submit(std::move(batch));
}

void TestStore::write(std::vector<engine::Action> actions, UtcTime now) {
    BW_CHECK(submit(std::move(actions), now));
    must(store->flush());
}

engine::ContactsOffered TestStore::claim(int count, UtcTime now) {
    return claim(campaign, count, now);
}

engine::ContactsOffered TestStore::claim(CampaignId from, int count, UtcTime now) {
    write({engine::AskForContacts{from, count}}, now);
    return events.all<engine::ContactsOffered>().back();
}

engine::StoreAttempt TestStore::attempt_of(const campaigns::ContactOffer& offer) {
    engine::StoreAttempt attempt;
    attempt.attempt = AttemptId{(value_of(store->epoch()) << 32U) + ++last_attempt_};
    attempt.call = CallId{value_of(attempt.attempt)};
    attempt.campaign = campaign;
    attempt.client = client;
    attempt.contact = offer.contact;
    attempt.number = offer.number;
    attempt.epoch = store->epoch();
    attempt.attempts_made = offer.attempts_made + 1;
    attempt.at = at(1);
    attempt.pacing = {1, 2, pacing::LineLimit::CallRate};
    attempt.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
    return attempt;
}

engine::StoreOutcome TestStore::outcome_of(const engine::StoreAttempt& attempt,
                                           campaigns::Outcome outcome,
                                           std::optional<UtcTime> due) const {
    engine::StoreOutcome end;
    end.attempt = attempt.attempt;
    end.campaign = attempt.campaign;
    end.contact = attempt.contact;
    end.outcome = outcome;
    end.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
    end.attempts_made = attempt.attempts_made;
    end.due = due;
    end.at = at(30);
    return end;
}

}  // namespace bellwether::store::test
