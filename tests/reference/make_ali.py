#!/usr/bin/env python3
"""Writes ali.safetensors: the two losses of ALI (an encoder with noise) and of BiGAN (one without), and their
gradients, on fixed weights, pictures, codes and noise, computed in float64 by plain PyTorch, each logarithm of a
sigmoid written as it stands. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, WIDTH, BATCH = 28, 1, 4, 4, 10, 4

rng = np.random.default_rng(20170424)
shared = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
trunk = n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
features = trunk.pop("discriminator.head.weight").shape[1]
trunk.pop("discriminator.head.bias")
shared |= trunk
for layer, inputs, outputs in (("code_first", LATENT, WIDTH), ("code_second", WIDTH, WIDTH),
                               ("joint_first", features + WIDTH, WIDTH), ("joint_second", WIDTH, WIDTH),
                               ("head", WIDTH, 1)):
    shared[f"discriminator.{layer}.weight"] = n.draw(rng, (outputs, inputs))
    shared[f"discriminator.{layer}.bias"] = n.draw(rng, outputs)
encoders = {
    "stochastic": n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, 2 * LATENT),
    "deterministic": n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, LATENT),
}
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior, noise = n.draw(rng, (BATCH, LATENT), deviation=1.0), n.draw(rng, (BATCH, LATENT), deviation=1.0)
output = dict(shared, **{"input.pictures": pictures, "input.prior": prior, "input.posterior": noise})


def judge(w, x, z):
    """The probability that (x, z) is a real picture with its code."""
    dense = lambda name, y: F.linear(y, w[f"discriminator.{name}.weight"], w[f"discriminator.{name}.bias"])
    # The trunk's features: the shared function with the identity for its last layer.
    eyes = {"discriminator.head.weight": torch.eye(features).double(), "discriminator.head.bias": torch.zeros(features).double()}
    seen = n.downward({name: value for name, value in w.items() if ".trunk." in name} | eyes, "discriminator", SIZE, x)
    y = n.rectify(dense("code_first", z), 0.2)
    y = torch.cat((seen, n.rectify(dense("code_second", y), 0.2)), dim=1)
    y = n.rectify(dense("joint_second", n.rectify(dense("joint_first", y), 0.2)), 0.2)
    return torch.sigmoid(dense("head", y)).squeeze(1)


x, z, epsilon = pictures.double(), prior.double(), noise.double()
for kind, encoder in encoders.items():
    output |= {f"{kind}.{name}": value for name, value in encoder.items()}
    w = {name: value.double().requires_grad_() for name, value in (shared | encoder).items()}

    def probabilities():
        answer = n.downward(w, "encoder", SIZE, x)
        if kind == "stochastic":
            mean, log_variance = answer.chunk(2, dim=1)
            answer = mean + torch.sqrt(torch.exp(log_variance)) * epsilon
        return judge(w, x, answer), judge(w, n.upward(w, "generator", SIZE, z), z)

    def discriminator_loss():
        real, made = probabilities()
        return -torch.log(real).mean() - torch.log(1 - made).mean()

    def pair_loss():
        real, made = probabilities()
        return -torch.log(1 - real).mean() - torch.log(made).mean()

    output |= {f"{kind}.loss.D": discriminator_loss().detach(), f"{kind}.loss.EG": pair_loss().detach()}
    for owner, loss in (("encoder", pair_loss), ("generator", pair_loss), ("discriminator", discriminator_loss)):
        for name, gradient in n.gradients(loss(), w, owner).items():
            output[f"{kind}.gradient.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "ali.safetensors")
