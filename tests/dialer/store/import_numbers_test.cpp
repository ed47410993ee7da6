#include <gtest/gtest.h>

#include "dialer/store/import_undo.h"
#include "tests/dialer/store/test_evidence.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

ImportReport import(TestStore& test, std::string_view text, campaigns::ListLayout layout = {},
                    DedupeScope scope = DedupeScope::List) {
    auto request = test.request(test.folder.write("list.csv", text));
    request.layout = std::move(layout);
    request.dedupe = scope;
    request.rejects = test.folder / "rejects.csv";
    request.dry_run = true;
    const auto foreseen = must(import_list(*test.store, number_rules(), request));
    request.dry_run = false;
    const auto report = must(import_list(*test.store, number_rules(), request));
    EXPECT_EQ(foreseen.accepted, report.accepted) << "the rehearsal counts as the import does";
    EXPECT_EQ(foreseen.duplicate, report.duplicate);
    EXPECT_EQ(foreseen.suppressed, report.suppressed);
    EXPECT_EQ(report.read,
              report.accepted + report.duplicate + report.rejected + report.suppressed);
    return report;
}

ContactRecord only(const TestStore& test, const std::string& number) {
    auto found = must(test.store->find_contacts(phone(number)));
    EXPECT_EQ(found.size(), 1U) << number;
    return found.at(0);
}

TEST(ImportNumbers, KeepsEveryNumberOfAContactInOrder) {
    TestStore test;
    const auto report = import(test,
                               "phone,phone_type,alt_phone,phone3,phone3_type,name\n"
                               "2025550101,mobile,2025550102,020 7946 0958,work,Ann\n"
                               ",,2025550103,,,Bob\n"
                               "2025550104,home,2025550104,,,Cy\n");
    EXPECT_EQ(report.accepted, 3);
    EXPECT_EQ(report.numbers_left_out, 1) << "a British number without its code, in region US";
    const auto ann = only(test, "+12025550102");
    EXPECT_EQ(ann.number.e164(), "+12025550101");
    EXPECT_EQ(ann.kind, "mobile");
    ASSERT_EQ(ann.others.size(), 1U);
    EXPECT_EQ(ann.others[0].number.e164(), "+12025550102");
    EXPECT_EQ(only(test, "+12025550103").number.e164(), "+12025550103") << "the first there is";
    EXPECT_TRUE(only(test, "+12025550104").others.empty()) << "the same number is one number";
    const std::string rejects = test.folder.read("rejects.csv");
    EXPECT_NE(rejects.find("2,2,phone3,the contact was kept without this number: "),
              std::string::npos)
        << rejects;
}

TEST(ImportNumbers, FindsADuplicateByAnyNumber) {
    TestStore test;
    EXPECT_EQ(import(test, "phone,phone2\n2025550101,2025550102\n").accepted, 1);
    const auto report = import(test,
                               "phone,phone2\n"
                               "2025550102,2025550103\n"  // its first is another's second
                               "2025550104,2025550101\n"  // its second is another's first
                               "2025550105,2025550106\n"
                               "2025550107,2025550106\n"
                               "2025550103,\n");
    EXPECT_EQ(report.accepted, 2);
    EXPECT_EQ(report.duplicate, 3);
}

TEST(ImportNumbers, WhoAskedOnOneNumberIsNotCalledOnAnother) {
    TestStore test;
    must(test.store->add_do_not_call(
        {phone("+12025550102"), test.client, DoNotCallSource::Command, "ann", "", at(0), {}}));
    const auto report = import(test, "phone,phone2\n2025550101,2025550102\n2025550103,\n");
    EXPECT_EQ(report.suppressed, 1);
    EXPECT_EQ(report.accepted, 1);
    EXPECT_TRUE(must(test.store->find_contacts(phone("+12025550101"))).empty());
}

TEST(ImportNumbers, ReadsVicidialsFile) {
    TestStore test;
    // standard order, pipes, no heading; the second with rank, owner and packed alternates would be
    // another file: rows of one file are of one width.
    const auto report =
        import(test,
               "A1|web|101|1|2025550101|Mr|Al||Doe|1 Elm St|||Boston|MA||02101|USA|M|1970-01-02|"
               "2025550102|al@example.org|secret|no dogs|0|NEW|2026-01-01 10:00:00|7|bob\n"
               "A2|web|101|44|2079460958|Ms|Zo\xEB||Roe||||London|||N1|GBR|F||||||0|NEW||0|\n",
               {.encoding = campaigns::TextEncoding::Latin1, .is_vicidial = true});
    EXPECT_EQ(report.accepted, 2);
    EXPECT_EQ(report.delimiter, '|');
    EXPECT_TRUE(report.delimiter_was_found);
    const auto al = only(test, "+12025550101");
    EXPECT_EQ(al.external_id, "A1");
    EXPECT_EQ(al.priority, 7);
    EXPECT_EQ(al.row, 1);
    ASSERT_EQ(al.others.size(), 1U);
    EXPECT_NE(al.extra.find(R"("city":"Boston")"), std::string::npos);
    EXPECT_NE(al.extra.find(R"("comments":"no dogs")"), std::string::npos);
    EXPECT_EQ(only(test, "+442079460958").first_name, "Zo\xC3\xAB");
}

TEST(ImportNumbers, ToldDelimiterAndEncodingBindTheReader) {
    TestStore test;
    const auto report =
        import(test, "phone;first_name\n2025550101;Zo\xEB\n2025550102;\x80\n",
               {.delimiter = ';', .encoding = campaigns::TextEncoding::Windows1252});
    EXPECT_EQ(report.accepted, 2);
    EXPECT_FALSE(report.delimiter_was_found);
    EXPECT_EQ(only(test, "+12025550102").first_name, "\xE2\x82\xAC");
}

TEST(ImportNumbers, SaysWhatASpreadsheetDid) {
    TestStore test;
    const auto report = import(test,
                               "phone,name\n2.02555E+09,Ann\n2025550101.0,Bob\n"
                               "442079460958,Cleo\n2025550102,Dan\n");
    EXPECT_EQ(report.rejected, 2);
    EXPECT_EQ(report.plus_added, 1);
    EXPECT_EQ(only(test, "+442079460958").others.size(), 0U);
    const std::string rejects = test.folder.read("rejects.csv");
    EXPECT_NE(rejects.find("2,2,phone,\"a spreadsheet turned the number into scientific notation"),
              std::string::npos)
        << rejects;
    EXPECT_NE(rejects.find("3,3,phone,\"the number was exported as a decimal fraction"),
              std::string::npos);
}

TEST(ImportNumbers, APriorityIsAWholeNumber) {
    TestStore test;
    const auto report = import(test,
                               "phone,priority\n2025550101,5\n2025550102,\n2025550103,high\n"
                               "2025550104,100\n2025550105,-1\n");
    EXPECT_EQ(report.accepted, 2);
    EXPECT_EQ(report.rejected, 3);
    EXPECT_EQ(only(test, "+12025550101").priority, 5);
}

TEST(ImportUndo, TakesOutWhatWasNeverDialed) {
    TestStore test;
    test.import_numbers({fiction(9)});
    const auto report = import(test,
                               "phone,phone2\n2025550101,2025550102\n2025550103,\n"
                               "2025550104,\n2025550105,\n");
    auto offers = test.claim(4).offers;  // fiction(9), 0101, 0103, 0104
    const auto dialed = test.attempt_of(offers.at(1));
    test.write({dialed});
    test.write({test.outcome_of(dialed, campaigns::Outcome::NoAnswer)});

    auto foreseen = must(undo_import(*test.store, {.import = report.id, .dry_run = true}));
    EXPECT_EQ(foreseen.taken_out, 1);
    EXPECT_EQ(foreseen.dialed, 1);
    EXPECT_EQ(foreseen.with_engine, 2);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 5);

    const auto undone = must(undo_import(*test.store, {.import = report.id}));
    EXPECT_EQ(undone.contacts, 4);
    EXPECT_EQ(undone.taken_out, foreseen.taken_out);
    EXPECT_EQ(undone.dialed, 1);
    EXPECT_EQ(undone.with_engine, 2);
    EXPECT_TRUE(must(test.store->find_contacts(phone("+12025550105"))).empty());
    EXPECT_EQ(must(test.store->find_contacts(phone("+12025550101"))).size(), 1U);
    auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.total, 4);
    EXPECT_EQ(figures.fresh, 0);

    for (const auto& offer : {offers.at(2), offers.at(3)}) {
        engine::ReleaseContact release;
        release.campaign = test.campaign;
        release.contact = offer.contact;
        release.due = at(0);
        test.write({release});
    }
    const auto again = must(undo_import(*test.store, {.import = report.id}));
    EXPECT_EQ(again.taken_out, 2);
    EXPECT_EQ(again.gone, 1);
    EXPECT_EQ(again.contacts, again.taken_out + again.dialed + again.with_engine + again.gone);
    figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.total, 2);
    EXPECT_EQ(figures.total, figures.fresh + figures.claimed + figures.live + figures.retry +
                                 figures.done + figures.denied);
    EXPECT_EQ(import(test, "phone\n2025550105\n").accepted, 1) << "it can come again";
}

/// Nobody was ever dialed: one has called us, one was promised a call, of one an agent said
/// something.
TEST(ImportUndo, LeavesWhoCalledInOrWasPromisedACall) {
    TestStore test;
    AgentRecord ann;
    ann.client = test.client;
    ann.name = ann.sip_user = ann.ha1_md5 = "ann";
    const AgentId agent = must(test.store->add_agent(ann));
    const auto report =
        import(test, "phone\n2025550101\n2025550102\n2025550103\n2025550104\n2025550105\n");
    const auto contact = [&](const char* number) { return only(test, number); };
    test.write({engine::StoreInbound{.call = CallId{1},
                                     .epoch = test.store->epoch(),
                                     .campaign = test.campaign,
                                     .client = test.client,
                                     .contact = contact("+12025550101").id,
                                     .number = contact("+12025550101").number_id,
                                     .called = "+12025550100",
                                     .at = at(0)}});
    test.write({engine::StoreInbound{.call = CallId{2},
                                     .epoch = test.store->epoch(),
                                     .campaign = test.campaign,
                                     .client = test.client,
                                     .number = contact("+12025550105").number_id,
                                     .called = "+12025550100",
                                     .at = at(0)}});
    test.write({engine::StoreCallback{.callback = CallbackId{3},
                                      .campaign = test.campaign,
                                      .client = test.client,
                                      .contact = contact("+12025550102").id,
                                      .due = at(60),
                                      .at = at(0)}});
    test.write({engine::StoreDisposition{.call = CallId{1},
                                         .campaign = test.campaign,
                                         .contact = contact("+12025550103").id,
                                         .agent = agent,
                                         .code = "SALE",
                                         .at = at(0)}});

    const auto foreseen = must(undo_import(*test.store, {.import = report.id, .dry_run = true}));
    const auto undone = must(undo_import(*test.store, {.import = report.id}));
    EXPECT_EQ(foreseen.in_touch, 3);
    EXPECT_EQ(undone.in_touch, 3);
    EXPECT_EQ(undone.taken_out, 2);
    EXPECT_EQ(undone.contacts, undone.taken_out + undone.dialed + undone.in_touch +
                                   undone.with_engine + undone.gone);
    for (const char* stays : {"+12025550101", "+12025550102", "+12025550103"})
        EXPECT_EQ(must(test.store->find_contacts(phone(stays))).size(), 1U) << stays;
    for (const char* gone : {"+12025550104", "+12025550105"})
        EXPECT_TRUE(must(test.store->find_contacts(phone(gone))).empty()) << gone;
}

TEST(ImportUndo, IsInTheEvidenceLogWithWhoAndHowMany) {
    TestStore test;
    const auto report = import(test, "phone\n2025550101\n2025550102\n2025550103\n");
    const auto dialed = test.attempt_of(test.claim(1).offers.at(0));
    test.write({dialed});
    test.write({test.outcome_of(dialed, campaigns::Outcome::NoAnswer)});
    must(undo_import(*test.store, {.import = report.id, .actor = "ann", .dry_run = true}));
    must(undo_import(*test.store, {.import = report.id, .actor = "ann", .at = at(9)}));
    must(undo_import(*test.store, {.import = report.id, .actor = "bob", .at = at(10)}));

    std::vector<EvidenceLeaf> undone;
    for (const EvidenceLeaf& leaf : leaves_of(test)) {
        if (leaf.kind == evidence::RecordKind::ImportUndone) undone.push_back(leaf);
    }
    ASSERT_EQ(undone.size(), 1U) << "neither a rehearsal nor an undo of nothing";
    EXPECT_EQ(undone[0].at, evidence::UtcMicros{at(9)});
    for (const char* fact : {R"("actor":"ann")", R"("contacts":2)", R"("stayed":1)",
                             R"("list":"spring")", R"("import":"1")"})
        EXPECT_NE(undone[0].record.find(fact), std::string::npos) << fact << undone[0].record;
}

TEST(ImportUndo, KnowsItsImports) {
    TestStore test;
    EXPECT_EQ(undo_import(*test.store, {.import = ImportId{7}}).error().code, Errc::NotFound);
}

TEST(ListMaps, AreKeptByName) {
    TestStore test;
    must(test.store->save_list_map("crm", R"({"delimiter":"tab"})", at(0)));
    must(test.store->save_list_map("crm", R"({"delimiter":"pipe"})", at(1)));
    const auto maps = must(test.store->list_maps());
    ASSERT_EQ(maps.size(), 1U);
    EXPECT_EQ(maps[0].name, "crm");
    EXPECT_EQ(maps[0].layout, R"({"delimiter":"pipe"})");
}

}  // namespace
}  // namespace bellwether::store::test
