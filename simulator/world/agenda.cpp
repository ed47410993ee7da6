#include "simulator/world/agenda.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/check.h"

namespace bellwether::simulator {

bool Agenda::later(const Entry& a, const Entry& b) {
    return std::tie(a.at, a.sequence) > std::tie(b.at, b.sequence);
}

void Agenda::add(Instant at, Life life, Happening what) {
    heap_.push_back({at, ++sequence_, life, std::move(what)});
    std::push_heap(heap_.begin(), heap_.end(), later);
}

Instant Agenda::next() const {
    BW_CHECK(!heap_.empty());
    return heap_.front().at;
}

Agenda::Happening Agenda::take() {
    BW_CHECK(!heap_.empty());
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Happening what = std::move(heap_.back().what);
    heap_.pop_back();
    return what;
}

void Agenda::drop_process() {
    std::erase_if(heap_, [](const Entry& entry) { return entry.life == Life::Process; });
    std::make_heap(heap_.begin(), heap_.end(), later);
}

}  // namespace bellwether::simulator
