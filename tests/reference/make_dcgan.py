#!/usr/bin/env python3
"""Writes dcgan.safetensors: both losses of DCGAN and their gradients, on fixed weights, pictures and codes,
computed in float64 by plain PyTorch (cross entropies of probabilities, as Goodfellow et al. 2014 write them).
Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH = 28, 1, 4, 6, 4

rng = np.random.default_rng(20151119)
stored = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x, z = pictures.double(), prior.double()
D = lambda x: torch.sigmoid(n.downward(w, "discriminator", SIZE, x).squeeze(1))
made = n.upward(w, "generator", SIZE, z)
losses = {
    "D": ("discriminator", -torch.log(D(x)).mean() - torch.log(1 - D(made.detach())).mean()),
    "G": ("generator", -torch.log(D(made)).mean()),
}
inputs = {"input.pictures": pictures, "input.prior": prior}
save_file(n.collect(stored | inputs, losses, w), pathlib.Path(__file__).parent / "dcgan.safetensors")
