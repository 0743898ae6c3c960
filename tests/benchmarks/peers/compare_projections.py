#!/usr/bin/env python3
"""Times t-SNE maps of the same codes here and in scikit-learn, in turns, and prints the ratio and how far each map
can be trusted.

    compare_projections.py BENCH_PROJECTIONS [--codes FILE.npy] [--rows 10000] [--size 50] [--threads 2] [--rounds 3]

Both are Barnes-Hut with scikit-learn's defaults from principal components, in a process of their own each time, with
all 1,000 iterations. Without --codes the codes lie on ten curved sheets of five dimensions each, with noise.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np


def curved_sheets(rows, size):
    rng = np.random.default_rng(1)
    label = rng.integers(0, 10, rows)
    codes = np.empty((rows, size), np.float32)
    for sheet in range(10):
        inner, outer = rng.normal(size=(5, 32)), rng.normal(size=(32, size)) / np.sqrt(32)
        own = label == sheet
        place = np.tanh(rng.normal(size=(own.sum(), 5)) @ inner * 0.5) @ outer + rng.normal(size=size) * 0.7
        codes[own] = place + rng.normal(size=(own.sum(), size)) * 0.1
    return codes


def peer(path, threads):
    """Runs in a process of its own, as the C++ side does; the clock starts when scikit-learn is loaded."""
    from sklearn.manifold import TSNE, trustworthiness

    codes = np.load(path)
    start = time.perf_counter()
    fit = TSNE(n_jobs=threads, random_state=0, n_iter_without_progress=10**6, min_grad_norm=0.0)
    positions = fit.fit_transform(codes)
    seconds = time.perf_counter() - start
    some = np.random.default_rng(0).permutation(len(codes))[:3000]
    print(json.dumps({"seconds": seconds, "divergence": float(fit.kl_divergence_),
                      "trustworthiness": trustworthiness(codes[some], positions[some])}))


def answer(command, threads):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)})
    if done.returncode != 0:
        sys.exit(f"compare_projections.py: {' '.join(command)} failed.")
    return json.loads(done.stdout)


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(sys.argv[2], int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--codes", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/codes.npy"
        np.save(path, np.load(options.codes) if options.codes else curved_sheets(options.rows, options.size))
        rounds = []
        for index in range(options.rounds):
            own = answer([options.program, "tsne", path, str(options.threads)], options.threads)
            theirs = answer([sys.executable, __file__, "--peer", path, str(options.threads)], options.threads)
            rounds.append((own, theirs))
            print(f"round {index + 1}: C++ {own['seconds']:.1f} s, scikit-learn {theirs['seconds']:.1f} s", file=sys.stderr)
        umap = answer([options.program, "umap", path, str(options.threads)], options.threads)

    ratio = statistics.median(theirs["seconds"] / own["seconds"] for own, theirs in rounds)
    print("| map | seconds (median) | divergence | trustworthiness |\n|---|---|---|---|")
    for name, side in (("C++ t-SNE", 0), ("scikit-learn t-SNE", 1)):
        last = rounds[-1][side]
        print(f"| {name} | {statistics.median(r[side]['seconds'] for r in rounds):.1f} | {last['divergence']:.3f} "
              f"| {last['trustworthiness']:.4f} |")
    print(f"| C++ UMAP | {umap['seconds']:.1f} | | {umap['trustworthiness']:.4f} |")
    print(f"\nC++ t-SNE is faster by {ratio:.1f} (median of the ratios within each of {len(rounds)} rounds).")


if __name__ == "__main__":
    sys.exit(main())
