#!/usr/bin/env python3
"""Writes weight_directions.safetensors: where a generator changes its picture most. The Jacobian dG/dz at one
code by PyTorch's reverse mode in float64, its singular values and right singular vectors, and those of the first
layer's weights. The generator normalises by its running statistics, as in use. Needs torch, numpy, safetensors."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT = 28, 1, 4, 6

rng = np.random.default_rng(20170615)
stored = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
for name in [name for name in stored if name.endswith("norm.weight")]:
    prefix = name.removesuffix("weight")
    stored[prefix + "running_mean"] = n.draw(rng, stored[name].shape)
    stored[prefix + "running_var"] = n.draw(rng, stored[name].shape, mean=1.0).abs()
code = n.draw(rng, (1, LATENT), deviation=1.0)
w = {name: value.double() for name, value in stored.items()}


def norm(name, y):
    return F.batch_norm(y, w[name + ".running_mean"], w[name + ".running_var"], w[name + ".weight"],
                        w[name + ".bias"], training=False, eps=1e-5)


def generate(z):
    base, levels = n.LEVELS[SIZE]
    y = F.linear(z, w["generator.trunk.base.weight"], w["generator.trunk.base.bias"])
    y = y.view(1, base, base, -1).permute(0, 3, 1, 2)
    y = n.rectify(norm("generator.trunk.base_norm", y))
    for level in reversed(range(levels)):
        name = f"generator.trunk.level{level}"
        y = F.conv_transpose2d(y, w[name + "_weight"], w.get(name + "_bias"), 2, 1)
        y = n.rectify(norm(name + "_norm", y)) if level else torch.tanh(y)
    return y


def singular(matrix):
    """Of rows that are the images of the unit vectors: right singular vectors with a positive largest number."""
    vectors, values, _ = torch.linalg.svd(matrix, full_matrices=False)
    vectors = vectors.t()
    signs = vectors.gather(1, vectors.abs().argmax(1, keepdim=True)).sign()
    return values, vectors * signs


jacobian = torch.autograd.functional.jacobian(generate, code.double()).reshape(-1, LATENT).t()
values, vectors = singular(jacobian)
factor_values, factors = singular(w["generator.trunk.base.weight"].t())
results = {"jacobian": jacobian, "local.values": values, "local.vectors": vectors,
           "factor.values": factor_values, "factor.vectors": factors, "input.code": code}
save_file({name: value.contiguous() for name, value in (stored | results).items()},
          pathlib.Path(__file__).parent / "weight_directions.safetensors")
