#!/usr/bin/env python3
"""Structural similarity of pairs of pictures with numpy, window by window, as Wang, Bovik, Sheikh and
Simoncelli (2004) define it: a two-dimensional Gaussian of 11 x 11 pixels with deviation 1.5 where it fits
whole, K = 0.01 and 0.03, range 255, mean over places and channels. Where a side is below 11 pixels the window
is that side, with its deviation in proportion.
"""
import pathlib

import numpy as np
from safetensors.numpy import save_file


def window(size):
    at = np.arange(size) - (size - 1) / 2
    weights = np.exp(-(at[:, None] ** 2 + at[None, :] ** 2) / (2 * (1.5 * size / 11) ** 2))
    return weights / weights.sum()


def similarity(a, b):
    size = min(11, *a.shape[:2])
    weights = window(size)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = []
    for channel in range(a.shape[2]):
        for y in range(a.shape[0] - size + 1):
            for x in range(a.shape[1] - size + 1):
                p = a[y:y + size, x:x + size, channel]
                q = b[y:y + size, x:x + size, channel]
                mp, mq = (weights * p).sum(), (weights * q).sum()
                vp = (weights * (p - mp) ** 2).sum()
                vq = (weights * (q - mq) ** 2).sum()
                both = (weights * (p - mp) * (q - mq)).sum()
                values.append((2 * mp * mq + c1) * (2 * both + c2) / ((mp**2 + mq**2 + c1) * (vp + vq + c2)))
    return np.mean(values)


def main():
    random = np.random.default_rng(3)
    tensors = {}
    for name, shape, noise in (("grey", (28, 28, 1), 20), ("color", (16, 14, 3), 60), ("small", (8, 8, 1), 30),
                               ("flat", (7, 9, 3), 200)):
        y, x = np.mgrid[: shape[0], : shape[1]]
        smooth = 128 + 100 * np.sin(x / 3.0 + 1)[..., None] * np.cos(y / 4.0)[..., None] * np.ones(shape[2])
        a = np.clip(np.rint(smooth), 0, 255)
        b = np.clip(np.rint(smooth + noise * random.normal(size=shape)), 0, 255)
        tensors |= {f"{name}.a": a.astype(np.float32), f"{name}.b": b.astype(np.float32),
                    f"{name}.ssim": np.array([similarity(a, b)])}
    save_file(tensors, pathlib.Path(__file__).with_name("ssim.safetensors"))


if __name__ == "__main__":
    main()
