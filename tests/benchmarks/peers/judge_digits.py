#!/usr/bin/env python3
"""Judges a model of digits with a classifier that knows nothing of it.

    judge_digits.py --mnist FOLDER --reconstructions RECONSTRUCTIONS.npy --samples SAMPLES.npy [--grey] [--output FILE.md]

The classifier is trained on the training digits of MNIST, coloured as ColorMNIST is unless --grey is given. Printed
are its accuracy on held-out originals, on the reconstructions of the same held-out digits in their order, and the
histogram of its answers over the samples.
"""
import argparse
import pathlib

import numpy as np

import judges


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mnist", type=pathlib.Path, required=True)
    parser.add_argument("--reconstructions", required=True)
    parser.add_argument("--samples", required=True)
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()

    judge, originals = judges.DigitJudge.of_mnist(options.mnist, judges.grey if options.grey else judges.coloured)
    labels = judges.read_idx(options.mnist, "t10k-labels-idx1-ubyte")
    rebuilt = np.load(options.reconstructions)
    right = (judge.answers(rebuilt) == labels[:len(rebuilt)]).mean()
    samples = np.load(options.samples)
    shares = judges.histogram(judge.answers(samples))

    text = "\n".join([
        f"classifier on held-out originals: {originals:.2%}",
        f"on {len(rebuilt)} held-out reconstructions: {right:.2%} ({right / originals:.1%} as many)",
        f"digits among {len(samples)} samples: " + "  ".join(f"{d}: {p:.1%}" for d, p in enumerate(shares)),
        f"smallest {shares.min():.1%}, largest {shares.max():.1%}", ""])
    print(text)
    if options.output:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
