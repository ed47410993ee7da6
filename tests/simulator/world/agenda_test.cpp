#include "simulator/world/agenda.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;
using Life = Agenda::Life;

class AgendaTest : public testing::Test {
protected:
    void add(Duration at, Life life, char name) {
        agenda.add(Instant{at}, life, [this, name] { ran += name; });
    }
    std::string run_all() {
        while (!agenda.empty()) agenda.take()();
        return ran;
    }

    Agenda agenda;
    std::string ran;
};

TEST_F(AgendaTest, RunsTheEarliestFirst) {
    add(3s, Life::World, 'c');
    add(1s, Life::World, 'a');
    add(2s, Life::World, 'b');
    EXPECT_EQ(agenda.next(), Instant{1s});
    EXPECT_EQ(run_all(), "abc");
}

TEST_F(AgendaTest, RunsEqualTimesInTheOrderTheyWereAdded) {
    for (char name = 'a'; name <= 'z'; ++name) add(1s, Life::World, name);
    EXPECT_EQ(run_all(), "abcdefghijklmnopqrstuvwxyz");
}

TEST_F(AgendaTest, ForgetsWhatAKilledProcessHadUnderWay) {
    add(1s, Life::Process, 'a');
    add(2s, Life::World, 'b');
    add(3s, Life::Process, 'c');
    add(3s, Life::World, 'd');
    agenda.drop_process();
    EXPECT_EQ(run_all(), "bd");
}

}  // namespace
}  // namespace bellwether::simulator
