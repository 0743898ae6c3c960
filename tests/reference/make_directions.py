#!/usr/bin/env python3
"""Attribute directions with numpy and scikit-learn: mean difference, its bootstrap interval, held-out AUC with
its interval, orthogonalised against others. The draws come from Philox4x32-10, written here from its paper
(Salmon et al. 2011), because an interval can only be compared draw by draw.
"""
import pathlib

import numpy as np
from safetensors.numpy import save_file
from sklearn.metrics import roc_auc_score

SEED = 11
RESAMPLES = 200
HELD_OUT = 0.3
MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


class Words:
    def __init__(self, purpose, draw):
        self.counter, self.words = [0, draw, purpose, 0], []

    def below(self, count):
        if not self.words:
            self.words = philox(self.counter, [SEED, 0])
            self.counter[0] += 1
        return (self.words.pop(0) * count) >> 32


def resample(purpose, draw, count):
    words = Words(purpose, draw)
    return np.array([words.below(count) for _ in range(count)])


def held_out(purpose, count):
    order, words = list(range(count)), Words(purpose, 0)
    for i in range(count, 1, -1):
        j = words.below(i)
        order[i - 1], order[j] = order[j], order[i - 1]
    rows = np.zeros(count, bool)
    rows[order[: int(HELD_OUT * count)]] = True
    return rows


def unit(difference, against):
    if against is not None:
        q, _ = np.linalg.qr(against.T)
        difference = difference - q @ (q.T @ difference)
    return difference / np.linalg.norm(difference)


def interval(value, draws):
    return np.array([value, *np.percentile(draws, [2.5, 97.5])])


def auc(positive, negative):
    return roc_auc_score(np.r_[np.ones(len(positive)), np.zeros(len(negative))], np.r_[positive, negative])


def attribute(with_, without, against=None):
    vector = unit(with_.mean(0) - without.mean(0), against)
    along, along_without = with_ @ vector, without @ vector
    sigma = np.r_[along, along_without].std()
    shifts, cosines = [], []
    for draw in range(RESAMPLES):
        a, b = resample(3, draw, len(with_)), resample(4, draw, len(without))
        shifts.append((along[a].mean() - along_without[b].mean()) / sigma)
        if draw < 100:
            cosines.append(unit(with_[a].mean(0) - without[b].mean(0), against) @ vector)
    out, out_without = held_out(1, len(with_)), held_out(2, len(without))
    found = unit(with_[~out].mean(0) - without[~out_without].mean(0), against)
    positive, negative = with_[out] @ found, without[out_without] @ found
    areas = [auc(positive[resample(5, d, len(positive))], negative[resample(6, d, len(negative))])
             for d in range(RESAMPLES)]
    return {
        "vector": vector,
        "sigma": np.array([sigma]),
        "shift": interval((along.mean() - along_without.mean()) / sigma, shifts),
        "auc": interval(auc(positive, negative), areas),
        "stability": np.array([np.mean(cosines)]),
    }


def main():
    random = np.random.default_rng(5)
    with_ = random.normal(size=(43, 8)).astype(np.float32)
    with_[:, 1] += 0.8
    with_[:, 4] -= 0.5
    without = random.normal(size=(31, 8)).astype(np.float32)
    against = random.normal(size=(2, 8))
    against = (against / np.linalg.norm(against, axis=1, keepdims=True)).astype(np.float32)
    tensors = {"with": with_, "without": without, "against": against}
    a, b = with_.astype(np.float64), without.astype(np.float64)
    for name, found in (("plain", attribute(a, b)), ("apart", attribute(a, b, against.astype(np.float64)))):
        tensors |= {f"{name}.{key}": np.asarray(value, np.float64) for key, value in found.items()}
    save_file(tensors, pathlib.Path(__file__).with_name("directions.safetensors"))


if __name__ == "__main__":
    main()
