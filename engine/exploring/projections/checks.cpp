#include "engine/exploring/projections/checks.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

std::size_t firstNonFinite(std::span<const float> values) {
    return static_cast<std::size_t>(
        std::find_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }) -
        values.begin());
}

} // namespace

void requireRows(const Codes& codes, std::size_t fewest, const std::string& what) {
    if (codes.size == 0 || codes.values.size() != codes.count * codes.size) {
        throw Error(ErrorKind::BadInput,
                    "The " + what + " have no numbers or not the same count in each row.");
    }
    if (codes.count < fewest) {
        throw Error(ErrorKind::BadInput, "A projection needs at least " + std::to_string(fewest) + " " +
                                             what + "; there are " + std::to_string(codes.count) + ".");
    }
    if (const std::size_t at = firstNonFinite(codes.values); at < codes.values.size()) {
        throw Error(ErrorKind::BadInput,
                    "Row " + std::to_string(at / codes.size) + " of the " + what +
                        " holds a number that is not finite.",
                    "Leave such rows out, or take a checkpoint from before the training broke.");
    }
}

void requirePoints(std::span<const float> positions, std::size_t rows) {
    if (positions.size() != 2 * rows) {
        throw Error(ErrorKind::BadInput, "There are " + std::to_string(positions.size() / 2) +
                                             " positions for " + std::to_string(rows) + " rows.");
    }
    if (const std::size_t at = firstNonFinite(positions); at < positions.size()) {
        throw Error(ErrorKind::BadInput, "The position of row " + std::to_string(at / 2) + " is not finite.");
    }
}

void requireWithin(double value, double low, double high, const std::string& what) {
    if (!(value >= low && value <= high)) { // NaN is refused too
        std::ostringstream sentence;
        sentence << "The " << what << " must lie between " << low << " and " << high << "; it is " << value
                 << ".";
        throw Error(ErrorKind::Usage, sentence.str());
    }
}

} // namespace alphascope::engine
