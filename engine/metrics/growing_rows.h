#pragma once
// Rows that come batch by batch, gathered in one block: small tensors that live on between the large
// temporary ones of a net would keep a multiple of their size from being used again.

#include "models/libtorch.h"

#include <cstddef>
#include <vector>

namespace alphascope::engine {

class GrowingRows {
public:
    /// `most` rows may come.
    explicit GrowingRows(std::size_t most) : most_(static_cast<std::int64_t>(most)) {}

    /// [n,...]; of the first batch's shape and type behind that. No rows are none, of whatever shape.
    void add(const torch::Tensor& rows) {
        if (rows.size(0) == 0) {
            return;
        }
        if (!rows_.defined()) {
            std::vector<std::int64_t> sizes = rows.sizes().vec();
            sizes.front() = most_;
            rows_ = torch::empty(sizes, rows.options());
        }
        rows_.slice(0, count_, count_ + rows.size(0)).copy_(rows);
        count_ += rows.size(0);
    }
    std::int64_t count() const { return count_; }
    /// [count(),...]; undefined where count() is 0.
    torch::Tensor take() const { return count_ == 0 || count_ == most_ ? rows_ : rows_.slice(0, 0, count_); }

private:
    std::int64_t most_, count_ = 0;
    torch::Tensor rows_; ///< [most,...], of which count_ are written
};

} // namespace alphascope::engine
