#!/usr/bin/env python3
"""Writes vae.safetensors: the loss of a VAE with either likelihood, its two terms and its gradients, on fixed
weights, pictures and noise, computed in float64 by torch.distributions. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from torch.distributions import Laplace, Normal, kl_divergence

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH = 32, 3, 4, 5, 4
SCALE, BETA = 0.5, 1.5

rng = np.random.default_rng(20131220)
stored = n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, 2 * LATENT)
stored |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
noise = n.draw(rng, (BATCH, LATENT), deviation=1.0)
output = dict(stored, **{"input.pictures": pictures, "input.noise": noise})

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x = pictures.double()
for likelihood, distribution in (("laplace", Laplace), ("gaussian", Normal)):
    mean, log_variance = n.downward(w, "encoder", SIZE, x).chunk(2, dim=1)
    posterior = Normal(mean, torch.exp(0.5 * log_variance))
    z = mean + posterior.stddev * noise.double()
    reconstruction = -distribution(n.upward(w, "generator", SIZE, z), SCALE).log_prob(x).sum((1, 2, 3)).mean()
    divergence = kl_divergence(posterior, Normal(torch.zeros_like(mean), torch.ones_like(mean))).sum(1).mean()
    loss = reconstruction + BETA * divergence
    output |= {f"{likelihood}.total": loss.detach(), f"{likelihood}.reconstruction": reconstruction.detach(),
               f"{likelihood}.KL": divergence.detach()}
    for name, gradient in zip(w, torch.autograd.grad(loss, list(w.values()))):
        output[f"{likelihood}.gradient.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "vae.safetensors")
