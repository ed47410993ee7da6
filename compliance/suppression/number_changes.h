#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"

namespace bellwether::compliance::suppression {

/// What has changed in a list since its file of numbers was made: numbers to add to it, numbers to
/// take from it, and since when the newest stand on the list. Kept in Roaring bitmaps, a few bytes
/// a number. One number is added or removed, never both. Const methods are thread-safe.
class NumberChanges {
public:
    NumberChanges();
    ~NumberChanges();
    NumberChanges(const NumberChanges& other);
    NumberChanges& operator=(const NumberChanges& other);
    NumberChanges(NumberChanges&&) noexcept;
    NumberChanges& operator=(NumberChanges&&) noexcept;

    void add(PhoneNumber number);
    void remove(PhoneNumber number);
    /// As if it had never been added or removed.
    void forget(PhoneNumber number);

    [[nodiscard]] bool is_added(PhoneNumber number) const;
    [[nodiscard]] bool is_removed(PhoneNumber number) const;
    [[nodiscard]] bool is_empty() const { return added_count_ + removed_count_ == 0; }
    [[nodiscard]] std::uint64_t added() const { return added_count_; }
    [[nodiscard]] std::uint64_t removed() const { return removed_count_; }
    /// In rising order.
    void for_each_added(const std::function<void(PhoneNumber)>& take) const;
    void for_each_removed(const std::function<void(PhoneNumber)>& take) const;

    /// Notes that the number came on the list on that day; an earlier note of it goes.
    void note_since(PhoneNumber number, std::chrono::sys_days day);
    /// None: nothing noted, it has been there for longer than anybody noted.
    [[nodiscard]] std::optional<std::chrono::sys_days> since(PhoneNumber number) const;
    /// By day, then by number.
    void for_each_note(
        const std::function<void(PhoneNumber number, std::chrono::sys_days day)>& take) const;
    [[nodiscard]] bool has_notes() const;
    /// Drops the notes of days before `day`.
    void forget_notes_before(std::chrono::sys_days day);

    /// As bytes with a checksum; decode() reads them. Errors of decode(): Corrupt.
    [[nodiscard]] std::vector<std::byte> encode() const;
    [[nodiscard]] static Result<NumberChanges> decode(std::span<const std::byte> bytes);

private:
    struct Sets;
    std::unique_ptr<Sets> sets_;
    std::uint64_t added_count_ = 0;
    std::uint64_t removed_count_ = 0;
};

}  // namespace bellwether::compliance::suppression
