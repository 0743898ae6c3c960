import torch
import torch.nn.functional as F

import networks
from workload import Workload


def energy(rebuilt, x):
    """Root mean square of each picture."""
    return ((rebuilt - x).square().mean((1, 2, 3)) + 1e-12).sqrt()


def repelling(codes):
    """Mean squared cosine between the codes of different pictures."""
    directions = F.normalize(codes)
    squares = (directions @ directions.T).square()
    count = len(codes)
    return (squares.sum() - squares.diagonal().sum()) / (count * (count - 1))


class Ebgan(Workload):
    networks = {"G": (networks.Generator, "generator"), "D": (networks.AutoEncoder, "discriminator")}

    def judge(self, x):
        codes = self.D.encoder(x)
        return energy(self.D.decoder(codes), x), codes

    def update(self):
        z = self.draws("prior")
        with torch.no_grad():
            made = self.G(next(z))
        with self.training("D"):
            of_real, of_made = self.judge(self.pictures)[0], self.judge(made)[0]
            loss_D = of_real.mean() + F.relu(self.settings["margin"] - of_made).mean()
            loss_D.backward()
        with self.training("G"):
            of_made, codes = self.judge(self.G(next(z)))
            loss_G = of_made.mean() + self.settings["repellingWeight"] * repelling(codes)
            loss_G.backward()
        return {"loss/D": loss_D, "loss/G": loss_G}
