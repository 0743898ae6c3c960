#!/usr/bin/env python3
"""Judges a model of coloured digits with a classifier that knows nothing of it.

    judge_digits.py --mnist FOLDER --reconstructions RECONSTRUCTIONS.npy --samples SAMPLES.npy [--output FILE.md]

The classifier is trained on the training digits of MNIST, coloured by the formula of ColorMNIST (Metz et al.
2016: y = I*c + (I-1) + noise, c ~ N(0, 0.5^2) per channel, noise ~ N(0, 0.2^2)). Printed are its accuracy on
held-out coloured originals, on the reconstructions of the same held-out digits in their order, and the
histogram of its answers over the samples.
"""
import argparse
import gzip
import pathlib

import numpy as np
import torch
from torch import nn


def read_idx(folder, name):
    path = next(p for p in (folder / f"{name}.gz", folder / name) if p.exists())
    raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    shape = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def colour(digits, generator):
    intensity = torch.from_numpy(digits.copy()).float().div(255)[:, None]
    tint = 0.5 * torch.randn(len(digits), 3, 1, 1, generator=generator)
    noise = 0.2 * torch.randn(len(digits), 3, 28, 28, generator=generator)
    return (intensity * tint + (intensity - 1) + noise).clamp(-1, 1)


def classifier():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.Flatten(),
        nn.Dropout(0.3), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Linear(128, 10))


def train(net, digits, labels, epochs, generator):
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    steps = epochs * (len(digits) // 128)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    labels = torch.from_numpy(labels.astype(np.int64))
    net.train()
    for _ in range(epochs):
        order = torch.randperm(len(digits), generator=generator)
        for rows in order[:len(digits) // 128 * 128].view(-1, 128):
            optimiser.zero_grad()
            loss = nn.functional.cross_entropy(net(colour(digits[rows.numpy()], generator)), labels[rows])
            loss.backward()
            optimiser.step()
            schedule.step()


@torch.no_grad()
def answers(net, pictures):
    net.eval()
    return torch.cat([net(part).argmax(1) for part in pictures.split(1000)]).numpy()


def load_pictures(path):
    """uint8 [N,28,28,3] -> float [N,3,28,28] in [-1,1]."""
    return torch.from_numpy(np.load(path)).permute(0, 3, 1, 2).float().div(127.5).sub(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mnist", type=pathlib.Path, required=True)
    parser.add_argument("--reconstructions", required=True)
    parser.add_argument("--samples", required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)

    net = classifier()
    train(net, read_idx(options.mnist, "train-images-idx3-ubyte"),
          read_idx(options.mnist, "train-labels-idx1-ubyte"), options.epochs, generator)
    test_digits = read_idx(options.mnist, "t10k-images-idx3-ubyte")
    test_labels = read_idx(options.mnist, "t10k-labels-idx1-ubyte")
    originals = (answers(net, colour(test_digits, generator)) == test_labels).mean()
    rebuilt = load_pictures(options.reconstructions)
    reconstructions = (answers(net, rebuilt) == test_labels[:len(rebuilt)]).mean()
    samples = answers(net, load_pictures(options.samples))
    histogram = np.bincount(samples, minlength=10) / len(samples)

    lines = [f"classifier on held-out coloured originals: {originals:.2%}",
             f"on {len(rebuilt)} held-out reconstructions: {reconstructions:.2%} ({reconstructions / originals:.1%} as many)",
             f"digits among {len(samples)} samples: " + "  ".join(f"{d}: {p:.1%}" for d, p in enumerate(histogram)),
             f"smallest {histogram.min():.1%}, largest {histogram.max():.1%}"]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
