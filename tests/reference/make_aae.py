#!/usr/bin/env python3
"""Writes aae.safetensors: the three losses of an adversarial auto-encoder and their gradients, for a deterministic
and for a Gaussian encoder, on fixed weights, pictures, codes and noise, computed in float64 by plain PyTorch, each
logarithm of a sigmoid written as it stands. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, WIDTH, BATCH = 28, 1, 4, 4, 12, 4
WEIGHT = 3.0

rng = np.random.default_rng(20151119)
shared = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
shared |= n.code_weights(rng, "codeDiscriminator", LATENT, WIDTH)
encoders = {
    "deterministic": n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, LATENT),
    "gaussian": n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, 2 * LATENT),
}
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior, noise = n.draw(rng, (BATCH, LATENT), deviation=1.0), n.draw(rng, (BATCH, LATENT), deviation=1.0)
output = dict(shared, **{"input.pictures": pictures, "input.prior": prior, "input.posterior": noise})

x, z, epsilon = pictures.double(), prior.double(), noise.double()
for kind, encoder in encoders.items():
    output |= {f"{kind}.{name}": value for name, value in encoder.items()}
    w = {name: value.double().requires_grad_() for name, value in (shared | encoder).items()}

    def code():
        answer = n.downward(w, "encoder", SIZE, x)
        if kind == "deterministic":
            return answer
        mean, log_variance = answer.chunk(2, dim=1)
        return mean + torch.sqrt(torch.exp(log_variance)) * epsilon

    C = lambda z: torch.sigmoid(n.judge_code(w, "codeDiscriminator", z))
    error = {"deterministic": lambda d: d.square().mean(), "gaussian": lambda d: d.abs().mean()}[kind]
    losses = {
        "R": (("encoder", "generator"), lambda: WEIGHT * error(x - n.upward(w, "generator", SIZE, code()))),
        "C": (("codeDiscriminator",), lambda: -torch.log(C(z)).mean() - torch.log(1 - C(code().detach())).mean()),
        "E": (("encoder",), lambda: -torch.log(C(code())).mean()),
    }
    for part, (owners, loss) in losses.items():
        output[f"{kind}.loss.{part}"] = loss().detach()
        for owner in owners:
            for name, gradient in n.gradients(loss(), w, owner).items():
                output[f"{kind}.gradient.{part}.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "aae.safetensors")
