#!/usr/bin/env python3
"""Writes began.safetensors, of the authors' networks, and began_dcgan.safetensors, of those with batch norm: both losses
of BEGAN, its measure M, the next k and the gradients, on fixed weights, pictures, codes and k, computed in float64 by
plain PyTorch (Berthelot, Schumm, Metz 2017, section 3.3; one backward pass for each loss). Needs torch, numpy and
safetensors."""
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, BATCH = 28, 1, 4, 6, 4
SIDES = (28, 14, 7)
GAMMA, GAIN, K = 0.4, 0.01, 0.3


def convolution_weights(rng, weights, name, inputs, outputs):
    weights[name + ".weight"] = n.draw(rng, (outputs, inputs, 3, 3), deviation=(2 / (9 * (inputs + outputs))) ** 0.5)
    weights[name + ".bias"] = n.draw(rng, outputs)


def linear_weights(rng, weights, name, inputs, outputs):
    weights[name + ".weight"] = n.draw(rng, (outputs, inputs), deviation=inputs ** -0.5)
    weights[name + ".bias"] = n.draw(rng, outputs)


def encoder_weights(rng, name):
    weights, inputs = {}, FILTERS
    convolution_weights(rng, weights, name + ".entry", CHANNELS, FILTERS)
    for side in range(len(SIDES)):
        channels = FILTERS * (side + 1)
        convolution_weights(rng, weights, f"{name}.side{side}_first", inputs, channels)
        convolution_weights(rng, weights, f"{name}.side{side}_second", channels, channels)
        if side < len(SIDES) - 1:
            convolution_weights(rng, weights, f"{name}.side{side}_halving", channels, channels)
        inputs = channels
    linear_weights(rng, weights, name + ".head", inputs * SIDES[-1] ** 2, LATENT)
    return weights


def decoder_weights(rng, name):
    weights = {}
    linear_weights(rng, weights, name + ".base", LATENT, FILTERS * SIDES[-1] ** 2)
    for side in range(len(SIDES)):
        convolution_weights(rng, weights, f"{name}.side{side}_first", FILTERS, FILTERS)
        convolution_weights(rng, weights, f"{name}.side{side}_second", FILTERS, FILTERS)
    convolution_weights(rng, weights, name + ".exit", FILTERS, CHANNELS)
    return weights


conv = lambda w, name, y, stride=1: F.conv2d(y, w[name + ".weight"], w[name + ".bias"], stride, 1)
line = lambda w, name, y: F.linear(y, w[name + ".weight"], w[name + ".bias"])


def encode(w, name, v):
    y = F.elu(conv(w, name + ".entry", v))
    for side in range(len(SIDES)):
        y = F.elu(conv(w, f"{name}.side{side}_second", F.elu(conv(w, f"{name}.side{side}_first", y))))
        if side < len(SIDES) - 1:
            y = F.elu(conv(w, f"{name}.side{side}_halving", y, stride=2))
    return line(w, name + ".head", y.permute(0, 2, 3, 1).flatten(1))


def decode(w, name, code):
    y = line(w, name + ".base", code).view(BATCH, SIDES[-1], SIDES[-1], FILTERS).permute(0, 3, 1, 2)
    for side in range(len(SIDES)):
        if side > 0:
            y = y.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
        y = F.elu(conv(w, f"{name}.side{side}_second", F.elu(conv(w, f"{name}.side{side}_first", y))))
    return conv(w, name + ".exit", y)


def write(file, rng, stored, encode, decode):
    pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
    prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)
    w = {name: value.double().requires_grad_() for name, value in stored.items()}
    error = lambda v: (v - decode(w, "discriminator.decoder", encode(w, "discriminator.encoder", v))).abs().mean()
    z = prior.double().apply_(lambda value: math.erf(value / math.sqrt(2)))  # uniform on the cube
    made = decode(w, "generator", z)
    k = torch.tensor(K, dtype=torch.float32)
    real, fake = error(pictures.double()), error(made.detach())
    losses = {"D": ("discriminator", real - k.double() * fake), "G": ("generator", error(made))}
    extra = {"input.pictures": pictures, "input.prior": prior, "balance.k": k,
             "metric.real_l1": real.detach(), "metric.convergence": (real + (GAMMA * real - fake).abs()).detach(),
             "metric.balance_k": torch.clamp(k.double() + GAIN * (GAMMA * real - fake), 0, 1).detach()}
    save_file(n.collect(stored | extra, losses, w), pathlib.Path(__file__).parent / file)


rng = np.random.default_rng(20170331)
weights = decoder_weights(rng, "generator")
weights |= encoder_weights(rng, "discriminator.encoder") | decoder_weights(rng, "discriminator.decoder")
write("began.safetensors", rng, weights, encode, decode)

rng = np.random.default_rng(20170401)
weights = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
weights |= n.downward_weights(rng, "discriminator.encoder", SIZE, CHANNELS, FILTERS, LATENT)
weights |= n.upward_weights(rng, "discriminator.decoder", SIZE, CHANNELS, FILTERS, LATENT)
write("began_dcgan.safetensors", rng, weights, lambda w, name, v: n.downward(w, name, SIZE, v),
      lambda w, name, code: n.upward(w, name, SIZE, code))
