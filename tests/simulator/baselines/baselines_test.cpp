#include "simulator/baselines/baselines.h"

#include <gtest/gtest.h>

#include "simulator/baselines/clairvoyant.h"
#include "simulator/baselines/expectation.h"
#include "simulator/baselines/fixed_ratio.h"
#include "simulator/baselines/vicidial.h"

namespace bellwether::simulator {
namespace {

class EmptyOutlook final : public Outlook {
public:
    [[nodiscard]] std::optional<Prospect> prospect(std::uint64_t) const override { return {}; }
    void choose(std::vector<std::uint64_t>) override {}
    [[nodiscard]] std::vector<std::uint64_t> chosen() const override { return {}; }
    [[nodiscard]] std::vector<LiveCall> live_calls() const override { return {}; }
    [[nodiscard]] std::vector<double> agents_free_in_s() const override { return {}; }
};

template <class T>
bool makes(Controller controller, const DayScenario& scenario = {}) {
    EmptyOutlook outlook;
    const auto rule = make_baseline(controller, scenario, outlook);
    return dynamic_cast<T*>(rule.get()) != nullptr;
}

TEST(MakeBaseline, LeavesTheProductsModesToTheProduct) {
    EmptyOutlook outlook;
    EXPECT_EQ(make_baseline(Controller::Predictive, {}, outlook), nullptr);
    EXPECT_EQ(make_baseline(Controller::Progressive, {}, outlook), nullptr);
    EXPECT_EQ(make_baseline(Controller::Ratio, {}, outlook), nullptr);
}

TEST(MakeBaseline, MakesWhatIsAskedFor) {
    EXPECT_TRUE(makes<FixedRatio>(Controller::Ratio, {.ratio = {.guard = false}}));
    EXPECT_TRUE(makes<Vicidial>(Controller::Vicidial));
    EXPECT_TRUE(makes<Expectation>(Controller::Expectation));
    EXPECT_TRUE(makes<Clairvoyant>(Controller::Clairvoyant));
}

}  // namespace
}  // namespace bellwether::simulator
