#include <gtest/gtest.h>

#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

void expect_counts(const ImportReport& report, std::int64_t accepted, std::int64_t duplicate,
                   std::int64_t rejected, std::int64_t suppressed) {
    EXPECT_EQ(report.accepted, accepted);
    EXPECT_EQ(report.duplicate, duplicate);
    EXPECT_EQ(report.rejected, rejected);
    EXPECT_EQ(report.suppressed, suppressed);
    EXPECT_EQ(report.read, accepted + duplicate + rejected + suppressed);
}

constexpr std::string_view kMixed =
    "\xEF\xBB\xBFVendor-Lead-Code,Phone Number,first_name,Last Name,language,City\r\n"
    "a1,(202) 555-0101,Ann,\"O\"\"Hara, Jr\",en,Boston\r\n"
    "a2,1-202-555-0101,Bob,Same Number,en,\r\n"
    "a3,+44 20 7946 0958,Cleo,London,en,London\r\n"
    "a4,12345,Dan,Short,,\r\n"
    "a5,2025550102,Eve,Stop,,\r\n"
    "a6,202 555 0103,Fay\r\n"
    "\r\n"
    "a7,+1 202 555 0104,\"Gus \"x,Quote,,\r\n"
    "a8,+1 202 555 0105,\xFF,Bytes,,\r\n"
    "a9,+1 202 555 0106,Ida,Far,,\r\n"
    "a10,202.555.0107,Jo,Last,nl,Utrecht\r\n";

TEST(ListImport, CountsAddUpAndFieldsArrive) {
    TestStore test;
    must(test.store->add_do_not_call(
        {phone("+12025550102"), test.client, DoNotCallSource::Command, "ann", "", at(0), {}}));
    test.denied_destinations.insert(12025550106);
    auto request = test.request(test.folder.write("mixed.csv", kMixed));
    request.rejects = test.folder / "rejects.csv";
    const auto report = must(import_list(*test.store, number_rules(), request));
    expect_counts(report, 3, 1, 5, 1);

    const auto ann = must(test.store->find_contacts(phone("+12025550101")));
    ASSERT_EQ(ann.size(), 1U);
    EXPECT_EQ(ann[0].external_id, "a1");
    EXPECT_EQ(ann[0].first_name, "Ann");
    EXPECT_EQ(ann[0].last_name, "O\"Hara, Jr");
    EXPECT_EQ(ann[0].language, "en");
    EXPECT_EQ(ann[0].extra, R"({"City":"Boston"})");
    EXPECT_EQ(ann[0].row, 2);
    EXPECT_EQ(must(test.store->find_contacts(std::string_view{"a10"})).at(0).extra,
              R"({"City":"Utrecht"})");
    EXPECT_EQ(must(test.store->contact(ann[0].id)).last_name, ann[0].last_name);
    EXPECT_TRUE(must(test.store->find_contacts(phone("+12025550102"))).empty());

    const auto imports = must(test.store->imports());
    ASSERT_EQ(imports.size(), 1U);
    EXPECT_TRUE(imports[0].complete);
    EXPECT_EQ(imports[0].id, report.id);
    EXPECT_EQ(imports[0].file_name, "mixed.csv");
    EXPECT_EQ(imports[0].read, 10);
}

TEST(ListImport, WritesEachRejectWithItsPlaceAndReason) {
    TestStore test;
    test.denied_destinations.insert(12025550106);
    auto request = test.request(test.folder.write("mixed.csv", kMixed));
    request.rejects = test.folder / "rejects.csv";
    must(import_list(*test.store, number_rules(), request));

    const std::string rejects = test.folder.read("rejects.csv");
    EXPECT_TRUE(rejects.starts_with("row,line,column,reason,original\r\n")) << rejects;
    const auto has = [&](std::string_view text) {
        EXPECT_NE(rejects.find(text), std::string::npos) << text << " is not in:\n" << rejects;
    };
    has("5,5,Phone Number,the number is too short,\"a4,12345,Dan,Short,,\"\r\n");
    has("7,7,,");
    has("\"a6,202 555 0103,Fay\"\r\n");
    has("9,9,first_name,");
    has("10,10,,\"the row is not UTF-8");
    has("11,11,Phone Number,no trunk may dial this destination,");
    EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), 6);
}

TEST(ListImport, KnowsTheFileByItsHash) {
    TestStore test;
    test.import_text("phone\n2025550101\n");
    // sha256sum of that text (coreutils).
    EXPECT_EQ(must(test.store->imports()).at(0).hash,
              "46d05b31fe629875d2eb0f9135117080ba53f60aea1e5ae56f9272159493a06c");
}

TEST(ListImport, ComparesNumbersAcrossSpellingsAndImports) {
    TestStore test;
    expect_counts(test.import_numbers({"2025550101", "+12025550101", "1 (202) 555-0101"}), 1, 2, 0,
                  0);
    expect_counts(test.import_numbers({"202-555-0101", "2025550102"}), 1, 1, 0, 0);
}

TEST(ListImport, LooksForDuplicatesAsFarAsTheScopeSays) {
    TestStore test;
    const auto idle = must(test.store->add_list(test.client, "idle"));
    const auto dialed = must(test.store->add_list(test.client, "dialed"));
    const ClientId stranger = must(test.store->add_client("Other"));
    const auto foreign = must(test.store->add_list(stranger, "foreign"));
    must(test.store->save_campaign({{}, test.client, dialed, "second", "", {}}, at(0)));
    must(test.store->save_campaign({{}, stranger, foreign, "third", "", {}}, at(0)));
    const auto import_into = [&](ListId list, DedupeScope scope, std::string_view csv) {
        auto request = test.request(test.folder.write("list.csv", csv));
        request.list = list;
        request.dedupe = scope;
        request.dry_run = true;
        const auto foreseen = must(import_list(*test.store, number_rules(), request));
        request.dry_run = false;
        const auto report = must(import_list(*test.store, number_rules(), request));
        EXPECT_EQ(foreseen.accepted, report.accepted) << "the rehearsal counts as the import does";
        EXPECT_EQ(foreseen.duplicate, report.duplicate);
        return report;
    };
    import_into(idle, DedupeScope::List, "phone\n2025550101\n");
    import_into(dialed, DedupeScope::List, "phone\n2025550102\n");
    import_into(foreign, DedupeScope::List, "phone\n2025550103\n");
    import_into(test.list, DedupeScope::List, "phone\n2025550104\n");
    constexpr std::string_view all = "phone\n2025550101\n2025550102\n2025550103\n2025550104\n";
    const auto fresh = must(test.store->add_list(test.client, "fresh"));
    expect_counts(import_into(fresh, DedupeScope::All, all), 1, 3, 0, 0);
    const auto fresh2 = must(test.store->add_list(test.client, "fresh2"));
    expect_counts(import_into(fresh2, DedupeScope::Campaign, all), 2, 2, 0, 0);
    expect_counts(import_into(test.list, DedupeScope::List, all), 3, 1, 0, 0);
}

TEST(ListImport, ARehearsalCountsAndChangesNothing) {
    TestStore test;
    auto request = test.request(test.folder.write("mixed.csv", kMixed));
    request.dry_run = true;
    const auto report = must(import_list(*test.store, number_rules(), request));
    expect_counts(report, 5, 1, 4, 0);
    EXPECT_EQ(report.id, ImportId{});
    EXPECT_TRUE(must(test.store->imports()).empty());
    EXPECT_TRUE(must(test.store->find_contacts(phone("+12025550101"))).empty());
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 0);
}

TEST(ListImport, WhatIsStoppedLeavesNothingBehind) {
    TestStore test;
    test.import_numbers({fiction(1)});
    std::string csv = "phone\n";
    for (int i = 0; i < 100; ++i) csv += fiction(i) + "\n";
    const auto request = test.request(test.folder.write("list.csv", csv));
    const auto stopped = import_list(*test.store, number_rules(), request,
                                     [](const ImportReport&) { return false; });
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().code, Errc::Conflict);
    EXPECT_NE(stopped.error().detail.find("99 had been accepted"), std::string::npos);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 1);
    EXPECT_EQ(test.claim(200).offers.size(), 1U);
    test.close();
    {
        Database file{test.folder / "store.db", Database::Mode::ReadOnly};
        Statement left{file,
                       "SELECT (SELECT count(*) FROM contacts), (SELECT count(*) FROM numbers)"};
        ASSERT_TRUE(left.step());
        EXPECT_EQ(left.get<int>(0), 1);
        EXPECT_EQ(left.get<int>(1), 1);
    }
    test.open();
    const auto report = must(import_list(*test.store, number_rules(), request));
    expect_counts(report, 99, 1, 0, 0);
    EXPECT_EQ(test.claim(200).offers.size(), 100U);
}

TEST(ListImport, WhatACrashCutShortIsUndoneByTheNextImport) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    test.close();
    {
        Database file{test.folder / "store.db", Database::Mode::ReadWrite};
        file.execute("UPDATE imports SET state = 'RUNNING'");
    }
    test.open();
    EXPECT_TRUE(must(test.store->find_contacts(phone(fiction(1)))).empty());
    EXPECT_TRUE(test.claim(5).offers.empty());
    expect_counts(test.import_numbers({fiction(2), fiction(3)}), 2, 0, 0, 0);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 2);
    EXPECT_EQ(test.claim(5).offers.size(), 2U);
}

TEST(ListImport, RefusesWhatItCannotReadAtAll) {
    TestStore test;
    const auto refused = [&](ImportRequest request) {
        const auto report = import_list(*test.store, number_rules(), request);
        EXPECT_FALSE(report.has_value());
        return report ? Error{Errc::Corrupt, "accepted"} : report.error();
    };
    EXPECT_EQ(refused(test.request(test.folder / "missing.csv")).code, Errc::NotFound);
    EXPECT_EQ(refused(test.request(test.folder / "")).code, Errc::InvalidInput);
    EXPECT_EQ(refused(test.request(test.folder.write("empty.csv", ""))).code, Errc::InvalidInput);
    EXPECT_EQ(refused(test.request(test.folder.write("names.csv", "name,city\nA,B\n"))).code,
              Errc::InvalidInput);
    auto request = test.request(test.folder.write("good.csv", "phone\n2025550101\n"));
    request.default_region = "us";
    EXPECT_EQ(refused(request).code, Errc::InvalidInput);
    request.default_region = "US";
    request.list = ListId{99};
    EXPECT_EQ(refused(request).code, Errc::NotFound);
    request.list = test.list;
    request.rejects = test.folder / "no/such/folder.csv";
    EXPECT_EQ(refused(request).code, Errc::Unavailable);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 0);
}

TEST(ListImport, AQuoteThatNeverEndsCostsItsRowAlone) {
    TestStore test;
    const auto report =
        test.import_text("phone,first_name\n2025550101,Ann\n2025550102,\"Bob\n2025550103,Cy\n");
    expect_counts(report, 2, 0, 1, 0);
}

TEST(ListImport, OneImportRunsAtATime) {
    TestStore test;
    const auto request = test.request(test.folder.write("list.csv", "phone\n2025550101\n"));
    Errc inner = Errc::Corrupt;
    must(import_list(*test.store, number_rules(), request, [&](const ImportReport&) {
        inner = import_list(*test.store, number_rules(), request).error().code;
        return true;
    }));
    EXPECT_EQ(inner, Errc::Conflict);
}

TEST(ListImport, GivesWayToTheEngine) {
    TestStore test;
    test.import_numbers({fiction(1)});
    std::string csv = "phone\n";
    for (int i = 0; i < 20'000; ++i) csv += "+1202" + std::to_string(2'000'000 + i) + "\n";
    const auto request = test.request(test.folder.write("big.csv", csv));
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    must(import_list(*test.store, number_rules(), request, [&](const ImportReport& report) {
        if (report.read == 20'000) test.write({attempt});
        return true;
    }));
    EXPECT_EQ(test.events.all<engine::AttemptStored>().size(), 1U);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 20'001);
}

}  // namespace
}  // namespace bellwether::store::test
