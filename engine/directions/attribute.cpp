#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "engine/api/directions.h"
#include "engine/api/error.h"
#include "engine/directions/resampling.h"
#include "engine/directions/roc.h"
#include "engine/directions/vectors.h"

namespace alphascope::engine {

namespace {

using Vector = std::vector<double>;

/// What a stream of draws is for; part of its counter.
enum Purpose : std::uint32_t { HoldOutWith = 1, HoldOutWithout, WithDraw, WithoutDraw, AucWith, AucWithout };

/// The direction's stability changes little from draw to draw, and each draw reads all codes.
constexpr int stabilityDraws = 100;
constexpr std::size_t fewestHeldOut = 2;
constexpr std::size_t fewestForSigma = 10;

void check(const Codes& with, const Codes& without, const AttributeOptions& options) {
    if (with.count == 0 || without.count == 0) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("There is no picture {} the attribute.", with.count == 0 ? "with" : "without"),
            "Give at least one of each; dozens make a better direction.");
    }
    if (with.size != without.size) {
        throw Error(ErrorKind::Usage,
                    fmt::format("Codes of {} and of {} numbers have no direction in common.", with.size,
                                without.size));
    }
    if (options.resamples < 2 || options.resamples > 100'000) {
        throw Error(ErrorKind::Usage, fmt::format("{} resamples cannot be drawn.", options.resamples),
                    "Choose from 2 to 100,000.");
    }
    if (!(options.heldOutShare >= 0.0 && options.heldOutShare <= 0.9)) {
        throw Error(ErrorKind::Usage, fmt::format("A share of {} cannot be held out.", options.heldOutShare),
                    "Choose from 0 to 0.9.");
    }
    for (const LatentDirection& other : options.against) {
        if (other.vector.size() != with.size) {
            throw Error(ErrorKind::Usage,
                        fmt::format("The direction '{}' is of another latent space: it has {} numbers and "
                                    "the codes have {}.",
                                    other.name, other.vector.size(), with.size));
        }
    }
}

/// Weighted mean of the rows that `weight(row)` counts.
template <typename Weight>
Vector meanOf(const Codes& codes, Weight weight) {
    Vector sum(codes.size, 0.0);
    double total = 0.0;
    for (std::size_t row = 0; row < codes.count; ++row) {
        if (const double w = weight(row); w != 0.0) {
            addScaled(sum, w, codes.row(row));
            total += w;
        }
    }
    for (double& number : sum) {
        number /= total;
    }
    return sum;
}

/// An orthonormal basis of what the given directions span (Gram, Schmidt; twice, for rounding's sake).
std::vector<Vector> basisOf(const std::vector<LatentDirection>& directions) {
    std::vector<Vector> basis;
    for (const LatentDirection& direction : directions) {
        Vector rest(direction.vector.begin(), direction.vector.end());
        const double before = lengthOf(rest);
        for (int round = 0; round < 2; ++round) {
            for (const Vector& known : basis) {
                addScaled(rest, -dotProduct(rest, known), known);
            }
        }
        const double length = lengthOf(rest);
        if (length > 1e-6 * before) {
            for (double& number : rest) {
                number /= length;
            }
            basis.push_back(std::move(rest));
        }
    }
    return basis;
}

/// From one mean to the other, at right angles to the basis, of length 1; empty when nothing is left.
Vector unitDifference(const Vector& to, const Vector& from, const std::vector<Vector>& basis) {
    Vector v = to;
    addScaled(v, -1.0, from);
    const double before = lengthOf(v);
    for (int round = 0; round < 2; ++round) {
        for (const Vector& other : basis) {
            addScaled(v, -dotProduct(v, other), other);
        }
    }
    const double length = lengthOf(v);
    if (!(length > 1e-6 * before) || !std::isfinite(length)) {
        return {};
    }
    for (double& number : v) {
        number /= length;
    }
    return v;
}

Vector projections(const Codes& codes, const Vector& direction) {
    Vector result(codes.count);
    for (std::size_t row = 0; row < codes.count; ++row) {
        result[row] = dotProduct(codes.row(row), direction);
    }
    return result;
}

double meanOf(const Vector& numbers) {
    double sum = 0.0;
    for (const double number : numbers) {
        sum += number;
    }
    return sum / static_cast<double>(numbers.size());
}

double countedMean(const Vector& numbers, const std::vector<int>& counts) {
    return dotProduct(numbers, counts) / static_cast<double>(numbers.size());
}

/// The middle 95 % of `draws`, by linear interpolation between order statistics as numpy.percentile does.
Interval intervalOf(double value, Vector draws) {
    std::sort(draws.begin(), draws.end());
    const auto quantile = [&](double share) {
        const double place = share * static_cast<double>(draws.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, draws.size() - 1);
        return draws[below] + (place - static_cast<double>(below)) * (draws[above] - draws[below]);
    };
    return {value, quantile(0.025), quantile(0.975)};
}

double spreadOf(const Vector& a, const Vector& b) {
    if (a.size() + b.size() < fewestForSigma) {
        return 1.0; // the prior's
    }
    Vector all = a;
    all.insert(all.end(), b.begin(), b.end());
    const double mean = meanOf(all);
    double squares = 0.0;
    for (const double number : all) {
        squares += (number - mean) * (number - mean);
    }
    const double sigma = std::sqrt(squares / static_cast<double>(all.size()));
    return sigma > 0.0 ? sigma : 1.0;
}

struct Sets {
    const Codes& with;
    const Codes& without;
    const AttributeOptions& options;
    const std::vector<Vector>& basis;
};

/// Which rows are held out from finding the direction.
std::vector<char> heldOutRows(const Codes& codes, const AttributeOptions& options, Purpose purpose) {
    std::vector<char> heldOut(codes.count, 0);
    const auto wanted = static_cast<std::size_t>(options.heldOutShare * static_cast<double>(codes.count));
    const auto order = shuffled(PhiloxWords(options.seed, purpose, 0), codes.count);
    for (std::size_t i = 0; i < wanted; ++i) {
        heldOut[order[i]] = 1;
    }
    return heldOut;
}

Vector chosen(const Vector& numbers, const std::vector<char>& rows) {
    Vector result;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (rows[i] != 0) {
            result.push_back(numbers[i]);
        }
    }
    return result;
}

std::optional<Interval> heldOutArea(const Sets& sets) {
    const auto outWith = heldOutRows(sets.with, sets.options, HoldOutWith);
    const auto outWithout = heldOutRows(sets.without, sets.options, HoldOutWithout);
    const auto keeps = [](const std::vector<char>& out) {
        return [&out](std::size_t i) { return 1 - out[i]; };
    };
    const auto held = [](const std::vector<char>& out) {
        return static_cast<std::size_t>(std::count(out.begin(), out.end(), 1));
    };
    if (std::min(held(outWith), held(outWithout)) < fewestHeldOut) {
        return std::nullopt;
    }
    const Vector direction = unitDifference(meanOf(sets.with, keeps(outWith)),
                                            meanOf(sets.without, keeps(outWithout)), sets.basis);
    if (direction.empty()) {
        return std::nullopt;
    }
    const Vector positive = chosen(projections(sets.with, direction), outWith);
    const Vector negative = chosen(projections(sets.without, direction), outWithout);
    const RankedScores scores(positive, negative);
    Vector draws;
    for (int draw = 0; draw < sets.options.resamples; ++draw) {
        const auto number = static_cast<std::uint32_t>(draw);
        draws.push_back(scores.area(
            bootstrapCounts(PhiloxWords(sets.options.seed, AucWith, number), positive.size()),
            bootstrapCounts(PhiloxWords(sets.options.seed, AucWithout, number), negative.size())));
    }
    return intervalOf(scores.area(), std::move(draws));
}

struct Draw {
    std::vector<int> with, without;
};
Draw drawOf(const Sets& sets, int number) {
    const auto draw = static_cast<std::uint32_t>(number);
    return {bootstrapCounts(PhiloxWords(sets.options.seed, WithDraw, draw), sets.with.count),
            bootstrapCounts(PhiloxWords(sets.options.seed, WithoutDraw, draw), sets.without.count)};
}

double stabilityOf(const Sets& sets, const Vector& direction) {
    double sum = 0.0;
    const int draws = std::min(stabilityDraws, sets.options.resamples);
    for (int number = 0; number < draws; ++number) {
        const Draw draw = drawOf(sets, number);
        const auto times = [](const std::vector<int>& counts) {
            return [&counts](std::size_t i) { return static_cast<double>(counts[i]); };
        };
        const Vector other = unitDifference(meanOf(sets.with, times(draw.with)),
                                            meanOf(sets.without, times(draw.without)), sets.basis);
        sum += other.empty() ? 0.0 : dotProduct(other, direction);
    }
    return sum / draws;
}

Interval shiftOf(const Sets& sets, const Vector& with, const Vector& without, double sigma) {
    Vector draws;
    for (int number = 0; number < sets.options.resamples; ++number) {
        const Draw draw = drawOf(sets, number);
        draws.push_back((countedMean(with, draw.with) - countedMean(without, draw.without)) / sigma);
    }
    return intervalOf((meanOf(with) - meanOf(without)) / sigma, std::move(draws));
}

} // namespace

LatentDirection attributeDirection(const Codes& with, const Codes& without, const AttributeOptions& options) {
    check(with, without, options);
    const auto every = [](std::size_t) { return 1.0; };
    const Vector meanWith = meanOf(with, every);
    const Vector meanWithout = meanOf(without, every);
    const std::vector<Vector> basis = basisOf(options.against);
    const Vector vector = unitDifference(meanWith, meanWithout, basis);
    if (vector.empty()) {
        throw Error(
            ErrorKind::BadInput,
            options.against.empty()
                ? "The two sets of pictures have the same mean code: there is no direction between them."
                : "Nothing of the attribute's direction is left at right angles to the others.",
            options.against.empty() ? "Choose sets that differ." : "Set it apart from fewer directions.");
    }
    const Sets sets{with, without, options, basis};
    const Vector along = projections(with, vector);
    const Vector alongWithout = projections(without, vector);
    LatentDirection direction;
    direction.name = options.name;
    direction.kind = DirectionKind::Attribute;
    direction.vector.assign(vector.begin(), vector.end());
    direction.sigma = spreadOf(along, alongWithout);
    for (std::size_t i = 0; i < with.size; ++i) {
        direction.centre.push_back(static_cast<float>(0.5 * (meanWith[i] + meanWithout[i])));
    }
    direction.quality =
        AttributeQuality{with.count, without.count, shiftOf(sets, along, alongWithout, direction.sigma),
                         heldOutArea(sets), stabilityOf(sets, vector)};
    return direction;
}

} // namespace alphascope::engine
