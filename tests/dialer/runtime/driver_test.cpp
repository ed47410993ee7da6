#include "dialer/runtime/driver.h"

#include <gtest/gtest.h>

#include <future>

namespace bellwether::runtime {
namespace {

using namespace std::chrono_literals;

/// What a journal would hold.
class JournalOfTest final : public World {
public:
    struct Segment {
        std::uint64_t first_seq;
        std::size_t campaigns;
    };

    void open_segment(std::uint64_t first_seq, Now /*now*/,
                      const engine::EngineState& state) override {
        segments.push_back({first_seq, state.campaigns.size()});
    }
    void record(const Handled& handled) override { seqs.push_back(handled.seq); }
    void perform(const engine::Action& /*action*/) override {}

    std::vector<Segment> segments;
    std::vector<std::uint64_t> seqs;
};

engine::Event campaign(std::uint64_t id) {
    engine::CampaignApplied applied;
    applied.spec.id = CampaignId{id};
    return applied;
}

/// Waits until everything posted before is handled.
void wait_for(Driver& driver) {
    auto done = std::make_shared<std::promise<void>>();
    ASSERT_TRUE(driver.post_task([done] { done->set_value(); }));
    ASSERT_EQ(done->get_future().wait_for(5s), std::future_status::ready);
}

TEST(Driver, BeginsAndEndsTheJournalWithTheEngineAsItStands) {
    JournalOfTest journal;
    Driver driver{journal, 7};
    driver.start();
    ASSERT_TRUE(driver.post(campaign(1)));
    ASSERT_TRUE(driver.post(campaign(2)));
    wait_for(driver);
    driver.stop();
    driver.stop();
    EXPECT_EQ(journal.seqs, (std::vector<std::uint64_t>{7, 8}));
    ASSERT_EQ(journal.segments.size(), 2U);
    EXPECT_EQ(journal.segments[0].first_seq, 7U);
    EXPECT_EQ(journal.segments[0].campaigns, 0U);
    EXPECT_EQ(journal.segments[1].first_seq, 9U) << "of the next start's first entry";
    EXPECT_EQ(journal.segments[1].campaigns, 2U);
}

TEST(Driver, ThatHandledNothingLeavesNoSegment) {
    JournalOfTest journal;
    {
        Driver driver{journal, 1};
        driver.start();
        wait_for(driver);
    }
    EXPECT_TRUE(journal.segments.empty());
}

}  // namespace
}  // namespace bellwether::runtime
