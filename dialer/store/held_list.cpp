#include "dialer/store/held_list.h"

#include <utility>

namespace bellwether::store {
namespace {

using compliance::suppression::ListedNumbers;
using compliance::suppression::NumberChanges;
using compliance::suppression::NumberSet;

constexpr std::uint64_t kNanpFirst = 10'000'000'000;  // +1 000 000 0000
constexpr std::uint64_t kNanpLast = 19'999'999'999;
constexpr std::uint64_t kPerArea = 10'000'000;

std::optional<std::size_t> area_of(std::uint64_t digits) {
    if (digits < kNanpFirst || digits > kNanpLast) return std::nullopt;
    return (digits - kNanpFirst) / kPerArea;
}

Result<NumberChanges> read_changes(const std::filesystem::path& folder, const std::string& name) {
    if (name.empty()) return NumberChanges{};
    const auto file = MappedFile::open(folder / name);
    if (!file) return tl::unexpected<Error>{file.error()};
    return NumberChanges::decode((*file)->bytes());
}

Result<void> map(HeldList& held, const std::filesystem::path& folder) {
    auto file = MappedFile::open(folder / held.record.version.file);
    if (!file) return tl::unexpected<Error>{file.error()};
    const auto set = NumberSet::open((*file)->bytes());
    if (!set) return tl::unexpected<Error>{set.error()};
    auto changes = read_changes(folder, held.record.version.changes_file);
    if (!changes) return tl::unexpected<Error>{changes.error()};
    held.file = *std::move(file);
    held.numbers.emplace(*set, *std::move(changes));
    return {};
}

}  // namespace

std::shared_ptr<const HeldList> HeldList::open(NumberListRecord record,
                                               const std::filesystem::path& folder) {
    auto held = std::make_shared<HeldList>();
    held->record = std::move(record);
    if (const auto mapped = map(*held, folder); !mapped) {
        held->record.fault = mapped.error().detail;
        return held;
    }
    held->record.fault.clear();
    for (const std::uint64_t block : held->numbers->file().blocks()) {
        if (const auto area = area_of(block * 10'000)) held->areas.set(*area);
    }
    held->numbers->changes().for_each_added([&](PhoneNumber number) {
        if (const auto area = area_of(number.digits())) held->areas.set(*area);
    });
    return held;
}

ListFinding HeldList::ask(PhoneNumber number) const {
    ListFinding finding;
    finding.retrieved = record.version.retrieved;
    finding.version = record.version.id;
    const auto area = area_of(number.digits());
    finding.covers_area = !area || areas.test(*area);
    if (!numbers) {
        finding.state = ListFinding::State::Unreadable;
        finding.covers_area = false;
    } else if (numbers->contains(number)) {
        finding.state = ListFinding::State::Listed;
        finding.listed_since = numbers->since(number);
    } else {
        finding.state = ListFinding::State::Clear;
    }
    return finding;
}

}  // namespace bellwether::store
