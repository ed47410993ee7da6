#pragma once

#include <string>
#include <vector>

#include "dialer/engine/codec.h"
#include "dialer/store/precedents.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {

/// A store with an agent who notes what he hears, a second later each time.
class NotesStore {
public:
    NotesStore() {
        AgentRecord ann;
        ann.client = store.client;
        ann.name = ann.sip_user = "ann";
        ann.ha1_md5 = "x";
        agent = must(store.store->add_agent(ann));
    }

    /// Of a caller whom no list has. @param call  one whose note is replaced; 0: a new one
    CallId note(const std::string& text, const std::string& code, CampaignId campaign = {},
                CallId call = {}) {
        return note(engine::StoreDisposition{
            .call = call == CallId{} ? CallId{1'000U + static_cast<unsigned>(seconds_)} : call,
            .campaign = campaign == CampaignId{} ? store.campaign : campaign,
            .agent = agent,
            .code = code,
            .note = text,
            .at = at(++seconds_)});
    }

    /// As the engine hands it on: the journal has the order and the action, with its personal part.
    CallId note(const engine::StoreDisposition& action) {
        const auto event = engine::encode(engine::Event{
            engine::AgentDisposed{.agent = agent, .code = action.code, .note = action.note}});
        WriteBatch batch;
        batch.journal = JournalEntry{store.next_seq,
                                     {Instant{Duration{store.next_seq}}, action.at},
                                     event.text,
                                     event.personal,
                                     {engine::encode(engine::Action{action})}};
        ++store.next_seq;
        batch.actions = {action};
        BW_CHECK(store.store->submit(std::move(batch)));
        must(store.store->flush());
        return action.call;
    }

    /// The same of an interviewer's.
    void noted(const engine::StoreInterviewNote& action) {
        const auto event = engine::encode(engine::Event{
            engine::InterviewerNoted{.agent = agent, .item = action.item, .note = action.note}});
        WriteBatch batch;
        batch.journal = JournalEntry{store.next_seq,
                                     {Instant{Duration{store.next_seq}}, action.at},
                                     event.text,
                                     event.personal,
                                     {engine::encode(engine::Action{action})}};
        ++store.next_seq;
        batch.actions = {action};
        BW_CHECK(store.store->submit(std::move(batch)));
        must(store.store->flush());
    }

    [[nodiscard]] std::vector<Precedent> find(const std::string& text, int limit = 20) const {
        return must(find_precedents(*store.store, {text, store.client, {}, limit}));
    }

    TestStore store;
    AgentId agent{};

private:
    int seconds_ = 0;
};

}  // namespace bellwether::store::test
