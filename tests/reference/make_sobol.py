#!/usr/bin/env python3
"""Writes sobol.safetensors: points of Sobol's sequence with Joe and Kuo's direction numbers, by PyTorch: the first
64, and those whose number is a power of two, each of which shows another direction number."""
import pathlib

import torch
from safetensors.torch import save_file

DIMENSIONS = 21
indices = [*range(64), *(2**k for k in range(6, 21))]


def point(index):
    engine = torch.quasirandom.SobolEngine(DIMENSIONS, scramble=False)
    engine.fast_forward(index)
    return engine.draw(1, dtype=torch.float64)[0]  # in float64 PyTorch's 30 bits are exact


save_file({"indices": torch.tensor(indices, dtype=torch.float64), "points": torch.stack([point(i) for i in indices])},
          pathlib.Path(__file__).parent / "sobol.safetensors")
