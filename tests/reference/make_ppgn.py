#!/usr/bin/env python3
"""Writes ppgn.safetensors: the losses of PPGN and their gradients, and one step of its class sampling, on fixed
weights, pictures, labels and codes, computed in float64 by plain PyTorch (Nguyen et al. 2017). One picture has
no label. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, CLASSES, BATCH = 28, 1, 4, 6, 3, 4
IMAGE, FEATURE, ADVERSARIAL, DECORRELATION = 20.0, 2.0, 0.7, 1.5
CODE_NOISE = 0.2
EPSILON1, EPSILON2, EPSILON3, STEP, LABEL = 0.3, 1.2, 0.05, 0.1, 1

rng = np.random.default_rng(20161131)
stored = {name: value for name, value in n.downward_weights(rng, "classifier", SIZE, CHANNELS, FILTERS, 1).items()
          if ".trunk." in name}
stored["classifier.features.weight"] = n.draw(rng, (LATENT, (FILTERS << 1) * 7 * 7))
stored["classifier.head.weight"] = n.draw(rng, (CLASSES, LATENT), deviation=1.0)
stored["classifier.head.bias"] = n.draw(rng, CLASSES)
stored |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
stored |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
pictures = torch.tensor(rng.uniform(-1, 1, (BATCH, CHANNELS, SIZE, SIZE)).astype(np.float32))
labels = torch.tensor([2, -1, 0, 1])
start = n.draw(rng, (BATCH, LATENT), deviation=1.0)
noise = n.draw(rng, (BATCH, LATENT), deviation=1.0)

w = {name: value.double().requires_grad_() for name, value in stored.items()}
x = pictures.double()
G = lambda h: n.upward(w, "generator", SIZE, h)
D = lambda x: torch.sigmoid(n.downward(w, "discriminator", SIZE, x).squeeze(1))
standardise = lambda h: (h - h.mean(0)) / torch.sqrt(h.var(0, unbiased=False) + 1e-5)
K = lambda x: standardise(n.features(w, "classifier", SIZE, x) @ w["classifier.features.weight"].T)
logits = lambda h: n.rectify(h, 0.2) @ w["classifier.head.weight"].T + w["classifier.head.bias"]
mean_square = lambda a, b: ((a - b) ** 2).mean()

code = K(x)
probabilities = torch.softmax(logits(code), 1)
labelled = [i for i, label in enumerate(labels.tolist()) if label >= 0]
entropy = -sum(torch.log(probabilities[i, labels[i]]) for i in labelled) / len(labelled)
covariance = torch.cov(code.T, correction=0)
mixed = sum(covariance[i, j] ** 2 for i in range(LATENT) for j in range(LATENT) if i != j)
h = code.detach()
rebuilt = G(h + CODE_NOISE * noise.double())
terms = {"image": mean_square(rebuilt, x), "feature": mean_square(K(rebuilt), h),
         "adversarial": -torch.log(D(rebuilt)).mean()}
losses = {
    "K": ("classifier", entropy + DECORRELATION * mixed / (LATENT * (LATENT - 1))),
    "G": ("generator", IMAGE * terms["image"] + FEATURE * terms["feature"] + ADVERSARIAL * terms["adversarial"]),
    "D": ("discriminator", -torch.log(D(x)).mean() - torch.log(1 - D(rebuilt.detach())).mean()),
}

z = start.double().requires_grad_()
walked = K(G(z))
logit = logits(walked)
probability = torch.softmax(logit, 1)[:, LABEL].detach()
(slope,) = torch.autograd.grad((logit[:, LABEL] * (1 - probability)).sum(), z)
direction = EPSILON1 * (walked - z) + EPSILON2 * slope + EPSILON3 * noise.double()
following = z + STEP * direction / direction.abs().mean(1, keepdim=True)

output = dict(stored, **{"input.pictures": pictures, "input.labels": labels.float(), "input.codes": start,
                         "input.noise": noise, "step.codes": following.detach(), "step.probability": probability})
output |= {f"loss.{name}": value.detach() for name, value in terms.items()}
for part, (owner, loss) in losses.items():
    output[f"loss.{part}"] = loss.detach()
    for name, gradient in n.gradients(loss, w, owner).items():
        output[f"gradient.{name}"] = gradient.float()
save_file({k: v.contiguous() for k, v in output.items()}, pathlib.Path(__file__).parent / "ppgn.safetensors")
