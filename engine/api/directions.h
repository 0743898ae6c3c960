#pragma once
// Directions in a code space: what they are, how they are found from codes, and how a run keeps them.
// Standard library only, any thread; the functions that read or write files say so.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/api/codes.h"

namespace alphascope::engine {

enum class DirectionKind {
    Component, ///< principal component of the codes of a data set
    Attribute, ///< mean of one set of codes minus mean of another
    Local,     ///< right singular vector of dG/dz at one code
    Factor,    ///< right singular vector of G's first layer (Shen, Zhou 2021, "Closed-Form Factorization")
};
const char* toText(DirectionKind kind); ///< "component", ...
/// Throws Error(BadInput) for anything else.
DirectionKind directionKindNamed(const std::string& text);

/// A figure with its 95 % bootstrap interval (percentile method).
struct Interval {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
    bool operator==(const Interval&) const = default;
};

/// How well an attribute's direction is known.
struct AttributeQuality {
    std::size_t with = 0;    ///< codes that have the attribute
    std::size_t without = 0; ///< and that have not
    Interval shift;          ///< difference of the two means along the direction, in sigmas
    /// Area under the ROC curve of the projection on codes held out from finding it; none where the sets are
    /// too small to hold any out.
    std::optional<Interval> auc;
    /// Mean cosine between the direction and those of bootstrap samples: 1 = the same from any sample.
    double stability = 0.0;
    bool operator==(const AttributeQuality&) const = default;
};

/// A code z stands at ((z - centre) . vector) / sigma on it.
struct LatentDirection {
    std::string name;
    DirectionKind kind = DirectionKind::Component;
    std::vector<float> vector; ///< of length 1
    std::vector<float> centre; ///< where 0 is; empty = the origin
    double sigma = 1.0;        ///< spread of codes along it; the unit of its slider
    double range = 3.0;        ///< its slider goes so many sigmas either way
    double share = 0.0;        ///< of the variance, or of the sum of squared singular values; 0 = unknown
    std::optional<AttributeQuality> quality; ///< of attributes
    std::string origin;                      ///< one sentence: of which codes, which model
    bool operator==(const LatentDirection&) const = default;
};

/// Where `code` stands on it, in sigmas.
double positionOn(const LatentDirection& direction, std::span<const float> code);
/// The code moved along it until it stands at `position`; everything at right angles to it stays.
std::vector<float> movedTo(const LatentDirection& direction, std::span<const float> code, double position);

struct AttributeOptions {
    std::string name = "attribute";
    std::uint64_t seed = 1;    ///< of what is held out, and of the bootstrap
    int resamples = 1000;      ///< of the bootstrap, from 2 to 100,000
    double heldOutShare = 0.3; ///< of each set, for the AUC; 0 to 0.9
    /// The result stands at right angles to all of these.
    std::vector<LatentDirection> against;
};

/// The direction from the codes without an attribute to those with it. Throws Error(Usage) when a set is
/// empty or they differ in size, Error(BadInput) when no direction is left (equal means, or all of it within
/// `against`).
LatentDirection attributeDirection(const Codes& with, const Codes& without,
                                   const AttributeOptions& options = {});

/// Area under the ROC curve: how often a number of `positive` is the larger of a pair; ties count half.
double areaUnderCurve(std::span<const double> positive, std::span<const double> negative);

/// `count` codes from -range to +range along a direction through `code`, the middle one at 0.
Codes stripAlong(const LatentDirection& direction, std::span<const float> code, std::size_t count);

// ---- files: a run keeps its directions in directions.json

/// The directions that a run folder keeps; none without the file. Throws Error (BadInput, CannotRead) for a
/// file that is none of ours, or whose directions are not of `latentSize` numbers.
std::vector<LatentDirection> savedDirections(const std::string& runFolder, std::size_t latentSize);
/// Replaces them all. Throws Error.
void saveDirections(const std::string& runFolder, const std::vector<LatentDirection>& directions);
/// Adds one, or takes the place of the one of its name. Throws Error.
void saveDirection(const std::string& runFolder, const LatentDirection& direction);

/// The same as text: a JSON array. Reading throws Error(BadInput) that names `source`.
std::string directionsToJson(const std::vector<LatentDirection>& directions);
std::vector<LatentDirection> directionsFromJson(const std::string& text, const std::string& source);

} // namespace alphascope::engine
