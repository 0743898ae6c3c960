import torch
import torch.nn.functional as F

import networks
from objectives import fake_loss, real_loss
from workload import Workload


class Aae(Workload):
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator"),
                "C": (networks.CodeDiscriminator, "codeDiscriminator")}

    def __init__(self, style, path):
        super().__init__(style, path)
        self.add_optimiser("E in the game", self.E, "rateEncoderGame")

    def update(self):
        x = self.pictures
        with self.training("E", "G"):
            loss_R = self.settings["reconstructionWeight"] * F.mse_loss(self.G(self.E(x)), x)
            loss_R.backward()
        with torch.no_grad():
            code = self.E(x)
        with self.training("C"):
            loss_C = real_loss(self.C(next(self.draws("prior")))) + fake_loss(self.C(code))
            loss_C.backward()
        with self.training("E in the game"):
            loss_E = real_loss(self.C(self.E(x)))
            loss_E.backward()
        return {"loss/R": loss_R, "loss/C": loss_C, "loss/E": loss_E}
