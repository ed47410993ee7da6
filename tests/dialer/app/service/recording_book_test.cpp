#include "dialer/app/service/recording_book.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/two_clients.h"

namespace bellwether::app {
namespace {

class Book : public TwoClients {};

TEST_F(Book, NotesEverythingBeforeItEnds) {
    write({engine::StoreInbound{.call = CallId{7},
                                .epoch = backend.store().epoch(),
                                .campaign = acme.id,
                                .client = acme.client_id,
                                .called = acme.caller_id,
                                .at = dialed()}});
    {
        RecordingBook book{backend.store()};
        book.note({.file = "in-1-7.wav",
                   .of = {.epoch = backend.store().epoch(), .call = CallId{7}},
                   .length = std::chrono::milliseconds{1'500},
                   .sha256 = std::string(64, 'c'),
                   .at = backend.now});
    }
    write({engine::StoreInboundStep{.call = CallId{7},
                                    .epoch = backend.store().epoch(),
                                    .step = engine::InboundStep::Ended,
                                    .at = dialed()}});
    const Json ledger = ask(backend, "GET", "/reports/ledger?client=acme&from=2026-03-02");
    EXPECT_EQ(ledger["ledger"][0]["incoming"]["recorded_ms"], 1'500);
}

}  // namespace
}  // namespace bellwether::app
