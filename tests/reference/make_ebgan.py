#!/usr/bin/env python3
"""Writes ebgan.safetensors: both losses of EBGAN with the repelling term, for both energies, and their gradients for
the first, on fixed weights, pictures and codes, computed in float64 by plain PyTorch (Zhao, Mathieu, LeCun 2016,
equations 1 to 4, pair by pair). The margin lies between the energies of the made pictures, so that the hinge holds
for some of them. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, CODE, BATCH, WEIGHT = 28, 1, 4, 6, 5, 4, 0.7

rng = np.random.default_rng(20160911)
stored = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator.encoder", SIZE, CHANNELS, FILTERS, CODE)
stored |= n.upward_weights(rng, "discriminator.decoder", SIZE, CHANNELS, FILTERS, CODE)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x = pictures.double()
ENERGIES = {
    "root-mean-square": lambda d: torch.linalg.vector_norm(d) / d.numel() ** 0.5,
    "mean-square": lambda d: (d ** 2).mean(),
}


def judge(kind, v):
    codes = n.downward(w, "discriminator.encoder", SIZE, v)
    rebuilt = n.upward(w, "discriminator.decoder", SIZE, codes)
    return torch.stack([ENERGIES[kind](r - e) for r, e in zip(rebuilt, v)]), codes


def repelling(codes):
    pairs = [F.cosine_similarity(codes[i], codes[j], dim=0) ** 2
             for i in range(BATCH) for j in range(BATCH) if i != j]
    return sum(pairs) / (BATCH * (BATCH - 1))


output = dict(stored, **{"input.pictures": pictures, "input.prior": prior})
made = n.upward(w, "generator", SIZE, prior.double())
for kind in ENERGIES:
    real, fake = judge(kind, x)[0], judge(kind, made.detach())[0]
    margin = torch.tensor(round(fake.median().item() + fake.max().item(), 4) / 2, dtype=torch.float64)
    energy, codes = judge(kind, made)
    term = repelling(codes)
    losses = {"D": ("discriminator", real.mean() + torch.clamp(margin - fake, min=0).mean()),
              "G": ("generator", energy.mean() + WEIGHT * term)}
    output |= {f"{kind}.{name}": value.detach().clone() for name, value in {
        "margin": margin, "energy_real": real.mean(), "energy_made": fake.mean(), "repelling": term,
        "margin_use": (fake < margin).double().mean(), "loss.D": losses["D"][1], "loss.G": losses["G"][1]}.items()}
    if kind == "root-mean-square":
        output |= n.collect({}, losses, w)
save_file(output, pathlib.Path(__file__).parent / "ebgan.safetensors")
