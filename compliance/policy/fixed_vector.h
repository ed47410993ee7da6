#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/check.h"

namespace bellwether::compliance::policy {

/// A list of at most N small plain values, in place: a decision allocates nothing.
template <class T, std::size_t N>
class FixedVector {
public:
    FixedVector() {}  // the items are left as they are: only the first size_ count
    FixedVector(const FixedVector& other) : size_{other.size_} {
        std::copy(other.begin(), other.end(), begin());
    }
    FixedVector& operator=(const FixedVector& other) {
        size_ = other.size_;
        std::copy(other.begin(), other.end(), begin());
        return *this;
    }
    ~FixedVector() = default;

    /// Checked: there is room.
    void push_back(const T& item) {
        BW_CHECK(size_ < N);
        items_[size_++] = item;
    }

    /// Forgets everything from `end` on, which is a place in this list.
    void shrink_to(const T* end) { size_ = static_cast<std::size_t>(end - items_.data()); }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return items_[i]; }
    [[nodiscard]] T* begin() { return items_.data(); }
    [[nodiscard]] T* end() { return items_.data() + size_; }
    [[nodiscard]] const T* begin() const { return items_.data(); }
    [[nodiscard]] const T* end() const { return items_.data() + size_; }

private:
    std::array<T, N> items_;
    std::size_t size_ = 0;
};

}  // namespace bellwether::compliance::policy
