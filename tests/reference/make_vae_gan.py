#!/usr/bin/env python3
"""Writes vae_gan.safetensors: the losses of VAE-GAN's three updates and their gradients, in the authors' form and
with the paper's other choices (reconstructions judged, a game that does not saturate), on fixed weights, pictures,
codes and noise, computed in float64 by plain PyTorch and torch.distributions. Each loss is differentiated on its own,
from a forward pass of its own. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from torch.distributions import Normal, kl_divergence

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH = 28, 1, 4, 4, 4
GAMMA = 0.03

rng = np.random.default_rng(20160210)
stored = n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, 2 * LATENT)
stored |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior, noise = n.draw(rng, (BATCH, LATENT), deviation=1.0), n.draw(rng, (BATCH, LATENT), deviation=1.0)
output = dict(stored, **{"input.pictures": pictures, "input.prior": prior, "input.posterior": noise})

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x, z, epsilon = pictures.double(), prior.double(), noise.double()
features_count = stored["discriminator.head.weight"].shape[1]
identity = {"discriminator.head.weight": torch.eye(features_count).double(),
            "discriminator.head.bias": torch.zeros(features_count).double()}
G = lambda z: n.upward(w, "generator", SIZE, z)
D = lambda x: torch.sigmoid(n.downward(w, "discriminator", SIZE, x).squeeze(1))
F = lambda x: n.downward(w | identity, "discriminator", SIZE, x)


def posterior():
    mean, log_variance = n.downward(w, "encoder", SIZE, x).chunk(2, dim=1)
    return Normal(mean, torch.exp(0.5 * log_variance))


code = lambda: posterior().mean + posterior().stddev * epsilon
kl = lambda: kl_divergence(posterior(), Normal(torch.zeros_like(z), torch.ones_like(z))).sum(1).mean()


def likelihood():
    """-log p(F(x) | F(x_hat)) of unit Gaussians, without the constant that no weight moves."""
    target, found = F(x).detach(), F(G(code()))
    density = Normal(found, torch.ones_like(found))
    return (density.log_prob(found) - density.log_prob(target)).sum(1).mean()


def losses(judged, saturating):
    made = lambda: [G(z)] + ([G(code().detach())] if judged else [])
    cost = lambda pictures: sum(-torch.log(1 - D(p)).mean() for p in pictures)
    deceived = lambda pictures: sum(-torch.log(D(p)).mean() for p in pictures)
    game = lambda: -cost(made()) if saturating else deceived(made())
    yield "E", "encoder", kl() + likelihood()
    yield "G", "generator", GAMMA * likelihood() + game()
    yield "D", "discriminator", -torch.log(D(x)).mean() + cost([p.detach() for p in made()])


for kind, judged, saturating in (("authors", False, True), ("judged", True, True), ("lasting", True, False)):
    for part, owner, loss in losses(judged, saturating):
        output[f"{kind}.loss.{part}"] = loss.detach()
        for name, gradient in n.gradients(loss, w, owner).items():
            if kind == "authors" or "_weight" not in name:  # the largest ones once
                output[f"{kind}.gradient.{name}"] = gradient.float()
output |= {"prior": kl().detach(), "likelihood": likelihood().detach()}
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "vae_gan.safetensors")
