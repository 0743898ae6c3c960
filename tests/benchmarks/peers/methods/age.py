import torch
import torch.nn.functional as F

import networks
from workload import Workload


def kl(codes):
    """Of a batch of codes from N(0, I), by its moments in each number."""
    mean, variance = codes.mean(0), codes.var(0, unbiased=False)
    return 0.5 * (variance + mean.square() - variance.log() - 1).mean()


def cosine_distance(a, b):
    return 2 - (a * b).mean()


class Age(Workload):
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator")}

    def update(self):
        x, z = self.pictures, self.draws("prior")
        u = F.normalize(next(z))
        with torch.no_grad():
            made = self.G(u)
        with self.training("E"):
            code, made_code = F.normalize(self.E(x)), F.normalize(self.E(made))
            kl_real, kl_made = kl(code), kl(made_code)
            loss_E = (kl_real - kl_made + self.settings["pictureWeight"] * F.l1_loss(self.G(code), x)
                      + self.settings["codeWeightEncoder"] * cosine_distance(made_code, u))
            loss_E.backward()
        for _ in range(int(self.settings["generatorUpdates"])):
            u = F.normalize(next(z))
            with self.training("G"):
                made_code = F.normalize(self.E(self.G(u)))
                loss_G = kl(made_code) + self.settings["codeWeight"] * cosine_distance(made_code, u)
                loss_G.backward()
        return {"loss/E": loss_E, "loss/KL_real": kl_real, "loss/KL_made": kl_made, "loss/G": loss_G}
