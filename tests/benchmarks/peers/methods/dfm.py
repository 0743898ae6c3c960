import torch
import torch.nn.functional as F

import networks
from objectives import fake_loss, real_loss
from workload import Workload


class Dfm(Workload):
    networks = {"G": (networks.Generator, "generator"), "D": (networks.Judge, "discriminator"),
                "R": (networks.Denoiser, "denoiser")}

    def __init__(self, style, path):
        super().__init__(style, path)
        self.noise = networks.channels_first(next(self.draws("features")), self.D.trunk.side)
        self.updates = 0

    def update(self):
        x, z = self.pictures, self.draws("prior")
        with torch.no_grad():
            made = self.G(next(z))
        with self.training("D"):
            loss_D = real_loss(self.D(x)) + fake_loss(self.D(made))
            loss_D.backward()

        with torch.no_grad():
            clean = self.D.trunk(x)
        scale = self.settings["noise"] * 0.5 ** (self.updates / self.settings["noiseHalfLife"])
        self.updates += 1
        with self.training("R"):
            loss_R = F.mse_loss(self.R(clean + scale * self.noise), clean)
            loss_R.backward()

        with self.training("G"):
            features = self.D.trunk(self.G(next(z)))
            with torch.no_grad():
                target = self.R(features)
            distance = F.mse_loss(features, target)
            loss_G = (self.settings["lambdaAdversarial"] * real_loss(self.D.head(features))
                      + self.settings["lambdaDenoise"] * distance)
            loss_G.backward()
        return {"loss/D": loss_D, "loss/R": loss_R, "loss/G": loss_G, "loss/features": distance}
