"""One alpha-GAN iteration and one DCGAN-shaped update, in three styles.

idiomatic  eager, as PyTorch's own DCGAN example is written: contiguous layout, default Adam, nothing frozen
tuned      eager, channels-last, fused Adam, networks frozen that a sub-step does not train
compile    the tuned one with torch.compile on each loss
"""
import contextlib

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import networks

STYLES = ("idiomatic", "tuned", "compile")


class Workload:
    """Networks, optimisers and the style's manners; subclasses say what one update is."""

    def __init__(self, style, path):
        self.tuned = style != "idiomatic"
        self.state = load_file(path)
        self.expected = {k[len("output."):]: v.item() for k, v in self.state.items()
                         if k.startswith("output.loss/")}
        self.pictures = self._laid_out(self.state["input.pictures"])
        self.codes = [self.state[f"input.z{i}"] for i in range(sum(k.startswith("input.z") for k in self.state))]
        self.networks = self.build()
        if self.tuned:
            for network in self.networks.values():
                network.to(memory_format=torch.channels_last)
        betas = self.betas
        self.optimisers = {name: torch.optim.Adam(network.parameters(), lr=2e-4, betas=betas,
                                                  **({"fused": True} if self.tuned else {}))
                           for name, network in self.networks.items()}
        if style == "compile":
            for name in ("loss_" + n for n in self.networks):
                setattr(self, name, torch.compile(getattr(self, name)))

    def _laid_out(self, x):
        return x.contiguous(memory_format=torch.channels_last) if self.tuned else x

    @contextlib.contextmanager
    def training(self, name):
        """Inside, only `name` takes part in autograd when the style freezes."""
        if self.tuned:
            for other, network in self.networks.items():
                network.requires_grad_(other == name)
        self.optimisers[name].zero_grad()
        yield
        self.optimisers[name].step()

    def check(self):
        """The first update must give the losses of the exported one."""
        for tag, value in self.update().items():
            expected = self.expected[tag]
            if abs(value.item() - expected) > 1e-3 * max(1.0, abs(expected)):
                raise SystemExit(f"{tag}: {value.item():.6f} here, {expected:.6f} in C++: not the same work")


class AlphaGan(Workload):
    betas = (0.5, 0.9)
    size = 28

    def build(self):
        s = self.state
        filters, channels = s["encoder.trunk.level0_weight"].shape[:2]
        latent = s["encoder.head.bias"].numel()
        self.lambda_l1 = 20.0
        built = {"E": networks.Judge(28, channels, filters, latent),
                 "G": networks.Generator(28, channels, filters, latent),
                 "D": networks.Judge(28, channels, filters, 1),
                 "C": networks.CodeDiscriminator(latent, s["codeDiscriminator.first.bias"].numel())}
        networks.load_downward(built["E"].trunk, built["E"].head, s, "encoder", 28)
        networks.load_downward(built["D"].trunk, built["D"].head, s, "discriminator", 28)
        networks.load_generator(built["G"], s, "generator")
        networks.load_code_discriminator(built["C"], s, "codeDiscriminator")
        self.E, self.G, self.D, self.C = built.values()
        return built

    def loss_E(self, x):
        code = self.E(x)
        return self.lambda_l1 * F.l1_loss(self.G(code), x) - self.C(code).mean()

    def loss_G(self, x, code, z):
        rebuilt, sampled = self.G(code), self.G(z)
        return self.lambda_l1 * F.l1_loss(rebuilt, x) - self.D(rebuilt).mean() - self.D(sampled).mean()

    def loss_D(self, x, code, z):
        with torch.no_grad():
            rebuilt, sampled = self.G(code), self.G(z)
        return (2.0 * F.softplus(-self.D(x)).mean() + F.softplus(self.D(rebuilt)).mean()
                + F.softplus(self.D(sampled)).mean())

    def loss_C(self, code, z):
        return F.softplus(-self.C(z)).mean() + F.softplus(self.C(code)).mean()

    def update(self):
        x, losses = self.pictures, {}
        for z in self.codes[:2]:
            with self.training("E"):
                losses["loss/E"] = self.loss_E(x)
                losses["loss/E"].backward()
            with torch.no_grad():
                code = self.E(x)
            with self.training("G"):
                losses["loss/G"] = self.loss_G(x, code, z)
                losses["loss/G"].backward()
        with self.training("D"):
            losses["loss/D"] = self.loss_D(x, code, self.codes[2])
            losses["loss/D"].backward()
        with self.training("C"):
            losses["loss/C"] = self.loss_C(code, self.codes[3])
            losses["loss/C"].backward()
        return losses


class Dcgan(Workload):
    betas = (0.5, 0.999)
    size = 32

    def build(self):
        s = self.state
        filters, channels = s["discriminator.trunk.level0_weight"].shape[:2]
        latent = s["input.z0"].shape[1]
        built = {"G": networks.Generator(32, channels, filters, latent),
                 "D": networks.Judge(32, channels, filters, 1)}
        networks.load_generator(built["G"], s, "generator")
        networks.load_downward(built["D"].trunk, built["D"].head, s, "discriminator", 32)
        self.G, self.D = built.values()
        return built

    def loss_D(self, x, z):
        made = self.G(z)
        return F.softplus(-self.D(x)).mean() + F.softplus(self.D(made.detach())).mean()

    def loss_G(self, z):
        return F.softplus(-self.D(self.G(z))).mean()

    def update(self):
        losses = {}
        with self.training("D"):
            losses["loss/D"] = self.loss_D(self.pictures, self.codes[0])
            losses["loss/D"].backward()
        with self.training("G"):
            losses["loss/G"] = self.loss_G(self.codes[1])
            losses["loss/G"].backward()
        return losses


WORKLOADS = {"alpha-gan": AlphaGan, "dcgan": Dcgan}
