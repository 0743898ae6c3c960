#!/usr/bin/env python3
"""Writes neighbours.safetensors: nearest rows by scikit-learn, Mann and Whitney's U, binomial tails and Poisson
bounds by SciPy, Gaussian KL and pair counts by NumPy, all in float64. Needs numpy, scipy, scikit-learn and
safetensors."""
import pathlib

import numpy as np
from safetensors.numpy import save_file
from scipy import stats
from scipy.spatial.distance import pdist
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(20200601)
out = {}

# Nearest rows, with a width that fills no vector register.
rows = rng.normal(size=(300, 37)).astype(np.float32)
queries = rng.normal(size=(20, 37)).astype(np.float32)
distances, indices = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(rows.astype(np.float64)).kneighbors(
    queries.astype(np.float64))
out |= {"nearest.rows": rows, "nearest.queries": queries, "nearest.distances": distances,
        "nearest.indices": indices.astype(np.float64)}

# Two sets of distances with many ties, and two without.
for name, first, second in (("ties", np.round(rng.gamma(4, 1, 40), 0), np.round(rng.gamma(5, 1, 70), 0)),
                            ("plain", rng.gamma(4, 1, 25), rng.gamma(4.2, 1, 31))):
    first, second = first.astype(np.float32), second.astype(np.float32)
    test = stats.mannwhitneyu(first.astype(np.float64), second.astype(np.float64), alternative="less",
                              method="asymptotic", use_continuity=False)
    out |= {f"whitney.{name}.first": first, f"whitney.{name}.second": second,
            f"whitney.{name}.u": np.array([test.statistic]), f"whitney.{name}.p": np.array([test.pvalue]),
            f"whitney.{name}.z": np.array([stats.norm.ppf(test.pvalue)])}

cases = [(0, 64, .857), (64, 64, 6 / 7), (55, 64, 6 / 7), (40, 64, .5), (600, 1000, .55), (990, 1000, .9)]
out["binomial.cases"] = np.array(cases)
out["binomial.p"] = np.array([stats.binom.sf(k - 1, n, p) for k, n, p in cases])

counts = np.array([0, 1, 2, 7, 30, 1000, 200000])
out["poisson.counts"] = counts.astype(np.float64)
out["poisson.lower"] = np.where(counts > 0, stats.chi2.ppf(.025, 2 * np.maximum(counts, 1)) / 2, 0.)
out["poisson.upper"] = stats.chi2.ppf(.975, 2 * counts + 2) / 2

# Near-duplicates: the threshold of the k-th nearest pair of held-out rows, and the pairs of samples within it.
held_out = rng.normal(size=(120, 6)).astype(np.float32)
samples = rng.normal(scale=.7, size=(90, 6)).astype(np.float32)
apart = np.sort(pdist(held_out.astype(np.float64)))
wanted = max(1, round(.002 * len(apart)))
threshold = apart[wanted - 1]
made = pdist(samples.astype(np.float64))
found = int((made <= threshold).sum())
out |= {"duplicates.held_out": held_out, "duplicates.samples": samples,
        "duplicates.threshold": np.array([threshold]), "duplicates.count": np.array([float(found)]),
        "duplicates.nearest": np.sort(made)[:5], "duplicates.support": np.array([len(made) / found]),
        "duplicates.lower": np.array([len(made) / (stats.chi2.ppf(.975, 2 * found + 2) / 2)]),
        "duplicates.upper": np.array([len(made) / (stats.chi2.ppf(.025, 2 * found) / 2)])}

# Codes: one number far off, one nearly dead.
codes = (rng.normal(size=(200, 4)) * [1., .02, .5, 2.] + [0., .3, -1., 40.]).astype(np.float32)
mean, deviation = codes.astype(np.float64).mean(0), codes.astype(np.float64).std(0)
out |= {"codes": codes, "codes.mean": mean, "codes.deviation": deviation,
        "codes.kl": (deviation ** 2 + mean ** 2 - 1) / 2 - np.log(deviation)}

# Memorisation: training pictures, held-out ones, and samples of which half are copies.
train, test = rng.normal(size=(400, 8)), rng.normal(size=(100, 8))
made = np.concatenate([train[:20] + rng.normal(scale=.01, size=(20, 8)), rng.normal(size=(20, 8))])
train, test, made = (x.astype(np.float32) for x in (train, test, made))


def nearest(points, to):
    return NearestNeighbors(n_neighbors=1, algorithm="brute").fit(to.astype(np.float64)).kneighbors(
        points.astype(np.float64))[0][:, 0]


to_train, to_part, to_test, reference = nearest(made, train), nearest(made, train[::4]), nearest(made, test), \
    nearest(test, train)
test_u = stats.mannwhitneyu(to_train, reference, alternative="less", method="asymptotic", use_continuity=False)
inside = int((to_train < to_test).sum())
out |= {"memory.train": train, "memory.test": test, "memory.made": made,
        "memory.p": np.array([(1 + (reference <= d).sum()) / (1 + len(reference)) for d in to_train]),
        "memory.ratio": to_part / to_test, "memory.copying": np.array([test_u.pvalue]),
        "memory.inside": np.array([float(inside)]),
        "memory.inside_p": np.array([stats.binom.sf(inside - 1, len(made), 400 / 500)])}
save_file({k: np.ascontiguousarray(v) for k, v in out.items()},
          pathlib.Path(__file__).parent / "neighbours.safetensors")
