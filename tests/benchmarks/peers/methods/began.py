import math

import torch
import torch.nn.functional as F

import elu_networks
import networks
from workload import Workload


class Began(Workload):
    @property
    def networks(self):
        elu = self.settings["networks"] == "elu"
        return {"G": (elu_networks.Decoder if elu else networks.Generator, "generator"),
                "D": (elu_networks.AutoEncoder if elu else networks.AutoEncoder, "discriminator")}

    def __init__(self, style, path):
        super().__init__(style, path)
        self.k = 0.0

    def update(self):
        x = self.pictures
        z = torch.erf(next(self.draws("prior")) / math.sqrt(2))  # uniform in the cube
        with self.training("G", "D"):
            made = self.G(z)
            of_made, of_real = F.l1_loss(self.D(made), made), F.l1_loss(self.D(x), x)
            loss_D = of_real - self.k * of_made
            loss_D.backward(inputs=self.weights("D"), retain_graph=True)
            of_made.backward(inputs=self.weights("G"))
        balance = self.settings["diversity"] * of_real.item() - of_made.item()
        self.k = min(max(self.k + self.settings["balanceGain"] * balance, 0.0), 1.0)
        return {"loss/D": loss_D, "loss/G": of_made}
