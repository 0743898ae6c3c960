#!/usr/bin/env python3
"""Writes alpha_gan_options.safetensors: losses and gradients of alpha-GAN's options, on fixed weights, pictures
and codes, computed in float64 by plain PyTorch. Sections of names: "cycle_l1." and "cycle_l2." (the latent cycle
term), "stochastic." (an encoder with noise), "wasserstein." (critics with gradient penalties, Gulrajani et al.
2017); each holds the weights in which it differs from those without a section. Needs torch, numpy and safetensors."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import networks as n

SIZE, CHANNELS, FILTERS, LATENT, WIDTH, BATCH = 28, 1, 4, 6, 16, 4
LAMBDA_E, LAMBDA_G, LAMBDA_CODE, PENALTY, JOINT = 10.0, 15.0, 2.5, 10.0, 8 * FILTERS

rng = np.random.default_rng(20170616)
shared = n.downward_weights(rng, "encoder", SIZE, CHANNELS, FILTERS, LATENT)
shared |= n.upward_weights(rng, "generator", SIZE, CHANNELS, FILTERS, LATENT)
shared |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1)
shared |= n.code_weights(rng, "codeDiscriminator", LATENT, WIDTH)
stochastic = {name: value for name, value in shared.items() if not name.startswith("encoder.head.")}
stochastic["encoder.joint.weight"] = n.draw(rng, (JOINT, (FILTERS << 1) * 7 * 7 + LATENT))
stochastic["encoder.joint.bias"] = n.draw(rng, JOINT)
stochastic["encoder.head.weight"] = n.draw(rng, (LATENT, JOINT))
stochastic["encoder.head.bias"] = n.draw(rng, LATENT)
critics = {name: value for name, value in shared.items() if not name.startswith("discriminator.")}
critics |= n.downward_weights(rng, "discriminator", SIZE, CHANNELS, FILTERS, 1, norm=False)

uniform = lambda *shape: torch.tensor(rng.uniform(0, 1, shape).astype(np.float32))
given = {"pictures": 2 * uniform(BATCH, CHANNELS, SIZE, SIZE) - 1, "prior": n.draw(rng, (BATCH, LATENT), deviation=1.0),
         "noise": n.draw(rng, (BATCH, LATENT), deviation=1.0), "share_pictures": uniform(BATCH),
         "share_codes": uniform(BATCH)}
x, z, epsilon = (given[name].double() for name in ("pictures", "prior", "noise"))
R = lambda p: (-torch.log(p) + torch.log(1 - p)).mean()
l1 = lambda a, b: (a - b).abs().mean()
output = dict(shared, **{f"input.{name}": value for name, value in given.items()})


class Model:
    def __init__(self, section, stored):
        self.section = section
        self.w = {name: value.double().requires_grad_() for name, value in stored.items()}
        # What differs from the shared weights, so that nothing is stored twice.
        output.update({f"{section}.{name}": value for name, value in stored.items() if value is not shared.get(name)})

    def E(self, x):
        if "encoder.joint.weight" not in self.w:
            return n.downward(self.w, "encoder", SIZE, x)
        both = torch.cat([n.features(self.w, "encoder", SIZE, x), epsilon], 1)
        hidden = n.rectify(F.linear(both, self.w["encoder.joint.weight"], self.w["encoder.joint.bias"]), 0.2)
        return F.linear(hidden, self.w["encoder.head.weight"], self.w["encoder.head.bias"])

    def G(self, z):
        return n.upward(self.w, "generator", SIZE, z)

    def critic(self, x):
        return n.downward(self.w, "discriminator", SIZE, x).squeeze(1)

    def code_critic(self, z):
        return n.judge_code(self.w, "codeDiscriminator", z)

    def D(self, x):
        return torch.sigmoid(self.critic(x))

    def C(self, z):
        return torch.sigmoid(self.code_critic(z))

    def store(self, part, owner, loss, slope=True):
        output[f"{self.section}.loss.{part}"] = loss.detach()
        if not slope:
            return
        for name, gradient in n.gradients(loss, self.w, owner).items():
            output[f"{self.section}.gradient.{name}"] = gradient.float()

    def encoder_loss(self):
        code = self.E(x)
        return LAMBDA_E * l1(x, self.G(code)) + R(self.C(code))

    def generator_loss(self):
        rebuilt = self.G(self.E(x).detach())
        return LAMBDA_G * l1(x, rebuilt) + R(self.D(rebuilt)) + R(self.D(self.G(z)))


for section, distance in (("cycle_l1", l1), ("cycle_l2", lambda a, b: ((a - b) ** 2).mean())):
    m = Model(section, shared)
    slope = section == "cycle_l2"  # one of them is enough
    m.store("E", "encoder", m.encoder_loss() + LAMBDA_CODE * distance(z, m.E(m.G(z).detach())), slope)
    m.store("G", "generator", m.generator_loss() + LAMBDA_CODE * distance(z, m.E(m.G(z))), slope)

m = Model("stochastic", stochastic)
m.store("E", "encoder", m.encoder_loss())
m.store("C", "codeDiscriminator", -torch.log(m.C(z)).mean() - torch.log(1 - m.C(m.E(x).detach())).mean())

m = Model("wasserstein", critics)


def penalty(critic, real, made, share):
    """Of each pair on its own: a critic without batch norm does not see its neighbours."""
    total = 0.0
    for a, b, t in zip(real, made, share.double()):
        point = (a + t * (b - a)).detach().unsqueeze(0).requires_grad_()
        (slope,) = torch.autograd.grad(critic(point).sum(), point, create_graph=True)
        total = total + (torch.sqrt((slope ** 2).sum() + 1e-12) - 1) ** 2
    return total / len(real)


code = m.E(x).detach()
rebuilt, sampled = m.G(code).detach(), m.G(z).detach()
mixed = torch.cat([rebuilt[:BATCH // 2], sampled[BATCH // 2:]])
m.store("D", "discriminator",
        (m.critic(rebuilt).mean() + m.critic(sampled).mean()) / 2 - m.critic(x).mean()
        + PENALTY * penalty(m.critic, x, mixed, given["share_pictures"]))
m.store("C", "codeDiscriminator", m.code_critic(code).mean() - m.code_critic(z).mean()
        + PENALTY * penalty(m.code_critic, z, code, given["share_codes"]))
save_file({k: v.contiguous() for k, v in output.items()},
          pathlib.Path(__file__).parent / "alpha_gan_options.safetensors")
