import torch
import torch.nn.functional as F

import networks
from objectives import fake_loss, real_loss
from workload import Workload


class AlphaGan(Workload):
    styles = ("idiomatic", "tuned", "compile")
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator"),
                "D": (networks.Judge, "discriminator"), "C": (networks.CodeDiscriminator, "codeDiscriminator")}

    def loss_E(self, x):
        code = self.E(x)
        return self.settings["lambdaEncoder"] * F.l1_loss(self.G(code), x) - self.C(code).mean()

    def loss_G(self, x, code, z):
        rebuilt, sampled = self.G(code), self.G(z)
        return (self.settings["lambdaGenerator"] * F.l1_loss(rebuilt, x)
                - self.D(rebuilt).mean() - self.D(sampled).mean())

    def loss_D(self, x, code, z):
        with torch.no_grad():
            rebuilt, sampled = self.G(code), self.G(z)
        return (self.settings["realWeight"] * real_loss(self.D(x)) + fake_loss(self.D(rebuilt))
                + fake_loss(self.D(sampled)))

    def loss_C(self, code, z):
        return real_loss(self.C(z)) + fake_loss(self.C(code))

    def update(self):
        x, z = self.pictures, self.draws("prior")
        for _ in range(int(self.settings["generatorUpdates"])):
            with self.training("E"):
                loss_E = self.loss_E(x)
                loss_E.backward()
            with torch.no_grad():
                code = self.E(x)
            with self.training("G"):
                loss_G = self.loss_G(x, code, next(z))
                loss_G.backward()
        with self.training("D"):
            loss_D = self.loss_D(x, code, next(z))
            loss_D.backward()
        with self.training("C"):
            loss_C = self.loss_C(code, next(z))
            loss_C.backward()
        return {"loss/E": loss_E, "loss/G": loss_G, "loss/D": loss_D, "loss/C": loss_C}
