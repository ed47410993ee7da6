#include <gtest/gtest.h>

#include "compliance/policy/text_forms.h"
#include "dialer/app/policy/call_policy.h"
#include "dialer/store/consents.h"
#include "dialer/store/number_lists.h"
#include "tests/dialer/store/test_store.h"

// Two organisations that have the same people on their lists: what one of them has been told by a
// registry or by the person decides about its own calls, from the row to the claim.

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using store::test::must;
using store::test::phone;

constexpr const char* kFirst = "+12125550123";
constexpr const char* kSecond = "+12125550124";

// 10:00 in New York.
const UtcTime kMonday10 = compliance::policy::parse_instant("2026-11-23T15:00:00Z").value();

class ClientDecisions : public testing::Test {
protected:
    struct Organisation {
        const char* name;
        ClientId client{};
        CampaignId campaign{};
    };

    ClientDecisions()
        : policy{*PackShelf::open({}),
                 {.accepted_drafts = {"us-federal", "us-ny", "research", "house"},
                  .owned_numbers = {"+12125550199"},
                  .caller_country = "US",
                  .tzdata = "test"}} {
        test.close();
        test.policy = &policy;
        test.open();
        policy.use_lists(&test.store->number_lists());
    }

    ~ClientDecisions() override { policy.use_lists(nullptr); }

    void make(Organisation& one, campaigns::Purpose purpose, pacing::DialMode mode,
              const std::string& line_type) {
        one.client = must(test.store->add_client(one.name));
        const auto list = must(test.store->add_list(one.client, std::string{one.name} + "-people"));
        one.campaign = must(test.store->save_campaign(
            {CampaignId{}, one.client, list, one.name, "", {}}, kMonday10 - 48h));
        auto request = test.request(test.folder.write(
            std::string{one.name} + ".csv", "phone,line_type\n" + std::string{kFirst} + "," +
                                                line_type + "\n" + kSecond + "," + line_type +
                                                "\n"));
        request.list = list;
        must(import_list(*test.store, store::test::number_rules(), request));
        campaigns::CampaignSpec spec;
        spec.id = one.campaign;
        spec.client = one.client;
        spec.name = one.name;
        spec.purpose = purpose;
        spec.mode = mode;
        spec.caller_ids = {"+12125550199"};
        spec.safe_harbour_prompt = "sorry.wav";
        spec.ring_limit = 25s;
        spec.abandonment = {{Probability{0.03}, {compliance::WindowKind::ThirtyDays, 0}}};
        must(policy.set_terms(spec, {}, one.name, kMonday10 - 24h));
    }

    void list_number(const Organisation& one, const std::string& row) {
        store::NumberListRequest request;
        request.file = test.folder.write(std::string{one.name} + "-registry.txt", row);
        request.format = store::ListFormat::Ftc;
        request.list = "national";
        request.client = one.client;
        request.client_name = one.name;
        request.retrieved = std::chrono::floor<std::chrono::days>(kMonday10);
        request.licence = "SAN 10001";
        request.actor = "ann";
        request.at = kMonday10 - 1h;
        must(test.store->number_lists().import(request));
    }

    void consent_to(const Organisation& one) {
        store::ConsentRecord record{.number = phone(kFirst)};
        record.client = one.client;
        record.given = "2026-01-05";
        record.channels = {"autodialed"};
        record.form = store::ConsentForm::Written;
        record.request_sha256 = std::string(64, 'a');
        record.recorded = kMonday10 - 24h;
        must(add_consents(*test.store, std::vector{record}));
    }

    /// Whom the organisation's campaign would dial.
    std::vector<std::string> claimed(const Organisation& one) {
        std::vector<std::string> numbers;
        for (const auto& offer : test.claim(one.campaign, 5, kMonday10).offers)
            numbers.push_back(must(test.store->number(offer.number)).e164());
        return numbers;
    }

    /// Which rule stands against the number for this organisation.
    std::string stands_against(const Organisation& one, const char* number) {
        for (const auto& contact : must(test.store->find_contacts(phone(number)))) {
            if (contact.client == one.client)
                return must(test.store->standing(contact.id)).at(0).cited;
        }
        return "no such contact";
    }

    CallPolicy policy;
    store::test::TestStore test;
    Organisation first{"first"};
    Organisation second{"second"};
};

TEST_F(ClientDecisions, ARegistryOfOneHoldsItsOwnContactsAlone) {
    for (Organisation* one : {&first, &second})
        make(*one, campaigns::Purpose::Telemarketing, pacing::DialMode::Preview, "landline");
    list_number(first, "212,5550123\n");
    list_number(second, "212,5550124\n");
    EXPECT_EQ(claimed(first), std::vector<std::string>{kSecond}) << stands_against(first, kSecond);
    EXPECT_EQ(claimed(second), std::vector<std::string>{kFirst}) << stands_against(second, kFirst);
    EXPECT_EQ(stands_against(first, kFirst), "us.dnc.national");
    EXPECT_EQ(stands_against(second, kSecond), "us.dnc.national");
}

TEST_F(ClientDecisions, DoNotCallOfOneHoldsItsOwnContactsAlone) {
    for (Organisation* one : {&first, &second})
        make(*one, campaigns::Purpose::Survey, pacing::DialMode::Preview, "landline");
    must(test.store->add_do_not_call({.number = phone(kFirst),
                                      .client = first.client,
                                      .source = store::DoNotCallSource::Command,
                                      .actor = "ann",
                                      .reason = "",
                                      .at = kMonday10 - 1h,
                                      .removed = {}}));
    EXPECT_EQ(claimed(first), std::vector<std::string>{kSecond});
    EXPECT_EQ(claimed(second), (std::vector<std::string>{kFirst, kSecond}));
}

TEST_F(ClientDecisions, AConsentTakenBackFromOneIsTakenBackFromItAlone) {
    for (Organisation* one : {&first, &second}) {
        make(*one, campaigns::Purpose::Survey, pacing::DialMode::Predictive, "wireless");
        consent_to(*one);
    }
    EXPECT_EQ(must(revoke_consents(*test.store, phone(kFirst), first.client,
                                   {.at = kMonday10 - 1h,
                                    .channel = store::ConsentChannel::Agent,
                                    .actor = "ann",
                                    .reason = "",
                                    .artefact = ""})),
              1);
    EXPECT_TRUE(claimed(first).empty());
    EXPECT_EQ(stands_against(first, kFirst), "core.revoked");
    EXPECT_EQ(claimed(second), std::vector<std::string>{kFirst}) << stands_against(second, kFirst);
    EXPECT_EQ(stands_against(second, kSecond), "us.fcc.atds") << "nobody asked this one";
}

}  // namespace
}  // namespace bellwether::app
