#!/usr/bin/env python3
"""Writes age.safetensors: the losses of AGE's encoder and generator and their gradients, on fixed weights, pictures
and codes, computed in float64 by plain PyTorch, with the divergence in both forms: by torch.distributions for the
textbook's, and written out for the authors' (the variance in the place of the deviation). Needs torch, numpy and
safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from torch.distributions import Normal, kl_divergence

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH = 28, 1, 4, 6, 4
PICTURE_WEIGHT, CODE_WEIGHT, CODE_WEIGHT_ENCODER, PICTURE_WEIGHT_GENERATOR = 10.0, 300.0, 20.0, 5.0

rng = np.random.default_rng(20170407)
stored = n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)
output = dict(stored, **{"input.pictures": pictures, "input.prior": prior})

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x = pictures.double()
u = torch.nn.functional.normalize(prior.double())
E = lambda x: torch.nn.functional.normalize(n.downward(w, "encoder", SIZE, x))
G = lambda u: n.upward(w, "generator", SIZE, u)


def textbook(e):
    fitted = Normal(e.mean(0), e.std(0, unbiased=False))
    return kl_divergence(fitted, Normal(torch.zeros(LATENT).double(), torch.ones(LATENT).double())).mean()


def authors(e):
    m, s = e.mean(0), e.var(0, unbiased=False)
    return ((s ** 2 + m ** 2) / 2 - torch.log(s) - 0.5).mean()


cos = lambda a, b: 2 - (a * b).mean()
for form, kl in (("textbook", textbook), ("authors", authors)):
    code, made = E(x), G(u).detach()
    losses = {
        "E": ("encoder", kl(code) - kl(E(made)) + PICTURE_WEIGHT * (G(code) - x).abs().mean()
              + CODE_WEIGHT_ENCODER * cos(E(made), u)),
        "G": ("generator", kl(E(G(u))) + CODE_WEIGHT * cos(E(G(u)), u)
              + PICTURE_WEIGHT_GENERATOR * (G(code.detach()) - x).abs().mean()),
    }
    output |= {f"{form}.KL_real": kl(code).detach(), f"{form}.KL_made": kl(E(made)).detach()}
    for part, (owner, loss) in losses.items():
        output[f"{form}.loss.{part}"] = loss.detach()
        for name, gradient in n.gradients(loss, w, owner).items():
            output[f"{form}.gradient.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "age.safetensors")
