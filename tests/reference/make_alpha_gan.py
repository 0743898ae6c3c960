#!/usr/bin/env python3
"""Writes alpha_gan.safetensors: the four losses of alpha-GAN and their gradients, on fixed weights, pictures
and codes, computed in float64 by plain PyTorch (Algorithm 1 of Rosca et al. 2017, each logarithm of a sigmoid
written as it stands in the paper). Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, WIDTH, BATCH = 28, 1, 4, 6, 16, 4
LAMBDA_E, LAMBDA_G, REAL_WEIGHT = 10.0, 15.0, 2.0

rng = np.random.default_rng(20170615)
stored = {}
stored |= n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
stored |= n.code_weights(rng, "codeDiscriminator", LATENT, WIDTH)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x, z = pictures.double(), prior.double()
E = lambda x: n.downward(w, "encoder", SIZE, x)
G = lambda z: n.upward(w, "generator", SIZE, z)
D = lambda x: torch.sigmoid(n.downward(w, "discriminator", SIZE, x).squeeze(1))
C = lambda z: torch.sigmoid(n.judge_code(w, "codeDiscriminator", z))
R = lambda p: (-torch.log(p) + torch.log(1 - p)).mean()
l1 = lambda a, b: (a - b).abs().mean()

code = E(x)
fixed = code.detach()
losses = {
    "E": ("encoder", LAMBDA_E * l1(x, G(code)) + R(C(code))),
    "G": ("generator", LAMBDA_G * l1(x, G(fixed)) + R(D(G(fixed))) + R(D(G(z)))),
    "D": ("discriminator", -REAL_WEIGHT * torch.log(D(x)).mean() - torch.log(1 - D(G(fixed).detach())).mean()
          - torch.log(1 - D(G(z).detach())).mean()),
    "C": ("codeDiscriminator", -torch.log(C(z)).mean() - torch.log(1 - C(fixed)).mean()),
}
output = dict(stored, **{"input.pictures": pictures, "input.prior": prior})
for part, (owner, loss) in losses.items():
    output[f"loss.{part}"] = loss.detach()
    for name, gradient in n.gradients(loss, w, owner).items():
        output[f"gradient.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "alpha_gan.safetensors")
