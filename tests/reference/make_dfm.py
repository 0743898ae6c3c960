#!/usr/bin/env python3
"""Writes dfm.safetensors: the losses of denoising feature matching and their gradients, on fixed weights,
pictures, codes and noise, computed in float64 by plain PyTorch (Warde-Farley and Bengio 2017; each logarithm of
a sigmoid as it stands there, squared distances as sums over features divided by their number). The generator's
gradient is there twice: with the denoiser's answer as a constant ("gradient.") and differentiated ("through.").
Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, WIDTH, LAYERS, BATCH = 28, 1, 4, 6, 10, 2, 4
ADVERSARIAL, DENOISE, NOISE = 0.8, 3.0, 0.7
FEATURES = (FILTERS << 1) * 7 * 7

rng = np.random.default_rng(20170424)
stored = n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
for layer in range(LAYERS):
    stored[f"denoiser.layer{layer}.weight"] = n.draw(rng, (WIDTH, WIDTH if layer else FEATURES))
    n.norm_weights(rng, stored, f"denoiser.layer{layer}_norm", WIDTH)
stored |= {"denoiser.head.weight": n.draw(rng, (FEATURES, WIDTH)), "denoiser.head.bias": n.draw(rng, FEATURES)}
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
prior = n.draw(rng, (BATCH, LATENT), deviation=1.0)
noise = n.draw(rng, (BATCH, FEATURES), deviation=1.0)

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x, z, epsilon = pictures.double(), prior.double(), noise.double()
G = lambda z: n.upward(w, "generator", SIZE, z)
D = lambda x: torch.sigmoid(n.downward(w, "discriminator", SIZE, x).squeeze(1))
phi = lambda x: n.features(w, "discriminator", SIZE, x)
distance = lambda a, b: ((a - b) ** 2).sum(1).mean() / FEATURES


def denoise(h):
    for layer in range(LAYERS):
        h = n.rectify(n.batch_norm(w, f"denoiser.layer{layer}_norm", F.linear(h, w[f"denoiser.layer{layer}.weight"])))
    return F.linear(h, w["denoiser.head.weight"], w["denoiser.head.bias"])


clean = phi(x).detach()
made = phi(G(z))
adversarial = -torch.log(D(G(z))).mean()
losses = {
    ("gradient", "D"): ("discriminator", -torch.log(D(x)).mean() - torch.log(1 - D(G(z).detach())).mean()),
    ("gradient", "R"): ("denoiser", distance(denoise(clean + NOISE * epsilon), clean)),
    ("gradient", "G"): ("generator",
                        ADVERSARIAL * adversarial + DENOISE * distance(made, denoise(made).detach())),
    ("through", "G"): ("generator", ADVERSARIAL * adversarial + DENOISE * distance(made, denoise(made))),
}
output = dict(stored, **{"input.pictures": pictures, "input.prior": prior, "input.noise": noise,
                         "loss.features": distance(made, denoise(made)).detach()})
for (prefix, part), (owner, loss) in losses.items():
    output[f"loss.{part}"] = loss.detach()
    for name, gradient in n.gradients(loss, w, owner).items():
        output[f"{prefix}.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "dfm.safetensors")
