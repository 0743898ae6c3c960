#pragma once
// Ways through several codes, their speed, and codes made of codes. Standard library only, pure, safe from
// any thread; what needs a model is in model.h and explorer.h.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/api/codes.h"

namespace alphascope::engine {

/// A way through keyframes, the same time for each way between two neighbours.
///
/// Lerp and Slerp: interpolate(), way by way. Cubic: an interpolating cubic spline with evenly spaced knots,
/// natural at its ends when open, periodic when closed. Of the cubics this one is twice continuously
/// differentiable in the film's own time: neither speed nor acceleration jumps at a keyframe (a Catmull-Rom
/// spline's acceleration does, and centripetal knots would give each way another time). What is splined is
/// the codes' direction (unit vectors, normalised again afterwards) and their length, each by itself, so that
/// the way keeps to the shell on which codes of the prior lie, as slerp does. Between codes that point almost
/// opposite ways the direction has no sensible middle: there the way is shortened towards the origin instead
/// of turning at once.
/// Geodesic: the points given by setWay(), joined by slerp; ways without any are Slerp.
class KeyframePath {
public:
    KeyframePath() = default; ///< without keyframes
    /// `closed`: from the last keyframe back to the first (from two on).
    KeyframePath(Codes keyframes, PathKind kind, bool closed);

    bool empty() const { return keyframes_.count == 0; }
    const Codes& keyframes() const { return keyframes_; }
    std::size_t ways() const; ///< between neighbouring keyframes; 0 with fewer than two
    std::span<const float> wayBegin(std::size_t way) const { return keyframes_.row(way); }
    std::span<const float> wayEnd(std::size_t way) const;

    /// Of a Geodesic path: `points` from one end of the way to the other, evenly spread in time. Throws
    /// Error(Usage) for another size of code or fewer than 2 points.
    void setWay(std::size_t way, Codes points);
    std::size_t waysMissing() const; ///< of a Geodesic path, those that are Slerp; else 0

    /// The code at t in [0,1]; not of an empty path. Keyframes are met exactly.
    std::vector<float> at(double t) const;
    Codes sample(std::span<const double> times) const;
    /// `count` codes evenly spread, both ends included; none of an empty path.
    Codes sample(std::size_t count) const;

private:
    void spline();
    std::vector<float> onSpline(std::size_t way, double t) const;
    std::vector<float> between(std::size_t way, double t) const;

    Codes keyframes_;
    PathKind kind_ = PathKind::Slerp;
    bool closed_ = false;
    /// Of a Cubic path, n x (Z+1): unit vector and length of each keyframe, and their second derivatives.
    std::vector<double> knots_, bends_;
    std::vector<Codes> found_; ///< of a Geodesic path, per way; empty where not set
};

/// Sum of the distances between neighbouring codes.
double codeLength(const Codes& path);

/// From time to the share of a path's length that is behind, and back: what playing at an even speed needs.
class PathSpeed {
public:
    PathSpeed() = default; ///< of a path that was not measured: time and share are the same
    /// `steps`: lengths of equal stretches of time, in order. Without any length time and share are the same.
    explicit PathSpeed(std::span<const float> steps);

    double length() const { return sums_.empty() ? 0.0 : sums_.back(); }
    double shareAt(double time) const; ///< both in [0,1]
    double timeAt(double share) const; ///< both in [0,1]
    /// Times of `count` equal steps of length, both ends included.
    std::vector<double> evenTimes(std::size_t count) const;

private:
    std::vector<double> sums_; ///< running, from 0 on
};

/// side x side codes between four corners (top left, top right, bottom left, bottom right; in this order in
/// `corners`), row by row: first down the two sides, then across, each by `kind` (Lerp, or Slerp). The
/// corners are met exactly. Throws Error(Usage) unless there are four corners and side >= 2.
Codes cornerGrid(const Codes& corners, std::size_t side, PathKind kind = PathKind::Slerp);

/// a - b + c. `keepLength` scales it to the length |a| - |b| + |c| where that is more than 0: the sum of
/// three codes of the prior is longer than any of them for geometry's sake alone, and pictures of codes off
/// the shell look washed out or overdone. Either way x - x + c is c. Throws Error(Usage) for codes of
/// different sizes.
std::vector<float> codeAnalogy(std::span<const float> a, std::span<const float> b, std::span<const float> c,
                               bool keepLength = true);

/// Search for the way between two codes on which the generator's pictures change least: of paths of `points`
/// codes with fixed ends, the one with the smallest energy sum_i |G(z_{i+1}) - G(z_i)|^2, a discrete geodesic
/// of the metric that G pulls back from pictures (Shao, Kumar, Fletcher 2018, "The Riemannian geometry of
/// deep generative models"; Arvanitidis, Hansen, Hauberg 2018, "Latent space oddity"). Adam moves the points
/// from the slerp path on. At the optimum all steps are equally long in pictures.
struct GeodesicOptions {
    int points = 17;    ///< ends included, from 3 on
    int steps = 150;    ///< looks at the path, from 1 on; the first is at the slerp path
    double rate = 0.05; ///< of the first move; falls along half a cosine
    /// 0 or more. Weight, beside the energy as a share of the slerp path's, of the mean over the moved points
    /// of (|z_i| - r_i)^2 / Z, where r_i goes evenly from one end's length to the other's: it keeps the way
    /// on the shell of the prior, where the generator was trained.
    double priorWeight = 1.0;
};
struct GeodesicPath {
    Codes codes;
    std::vector<float> curve; ///< after each step, the energy of the best path so far
};
/// Called after every step with the share of work done and the energy of the best path so far.
using GeodesicListener = std::function<void(double fraction, float energy)>;

} // namespace alphascope::engine
