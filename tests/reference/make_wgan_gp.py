#!/usr/bin/env python3
"""Writes wgan_gp.safetensors: the critic's loss with its gradient penalty, the generator's loss, and their
gradients, on fixed weights, pictures, codes and interpolation factors, computed in float64 by plain PyTorch
(Algorithm 1 of Gulrajani et al. 2017, one picture at a time). Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH, LAMBDA = 28, 1, 4, 6, 4, 10.0

rng = np.random.default_rng(20170333)
stored = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "critic", SIZE, CHANNELS, FILTERS, 1, norm=False)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)
share = torch.tensor(rng.uniform(0, 1, BATCH).astype(np.float32))

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x = pictures.double()
critic = lambda x: n.downward(w, "critic", SIZE, x).squeeze(1)
made = n.upward(w, "generator", SIZE, prior.double())

gaps, penalties, norms = [], [], []
for i in range(BATCH):
    real, fake, a = x[i:i + 1], made[i:i + 1].detach(), share[i].double()
    between = (a * fake + (1 - a) * real).requires_grad_()
    slope, = torch.autograd.grad(critic(between)[0], between, create_graph=True)
    norm = torch.linalg.vector_norm(slope)
    gaps.append(critic(real) - critic(fake))
    penalties.append((norm - 1) ** 2)
    norms.append(norm)
gap, penalty, norm = torch.cat(gaps).mean(), torch.stack(penalties).mean(), torch.stack(norms).mean()
losses = {"D": ("critic", LAMBDA * penalty - gap), "G": ("generator", -critic(made).mean())}
extra = {"input.pictures": pictures, "input.prior": prior, "input.interpolation": share,
         "metric.critic_gap": gap.detach(), "metric.penalty": penalty.detach(), "metric.gradient_norm": norm.detach()}
save_file(n.collect(stored | extra, losses, w), pathlib.Path(__file__).parent / "wgan_gp.safetensors")
