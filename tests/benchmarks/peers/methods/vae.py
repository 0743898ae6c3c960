import math

import torch.nn.functional as F

import networks
from objectives import gaussian_code, gaussian_kl
from workload import Workload


class Vae(Workload):
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator")}

    def update(self):
        x, scale = self.pictures, self.settings["scale"]
        with self.training("E", "G"):
            mean, log_variance = self.E(x).chunk(2, dim=1)
            rebuilt = self.G(gaussian_code(mean, log_variance, next(self.draws("posterior"))))
            reconstruction = x[0].numel() * (F.l1_loss(rebuilt, x) / scale + math.log(2 * scale))
            divergence = gaussian_kl(mean, log_variance)
            total = reconstruction + self.settings["beta"] * divergence
            total.backward()
        return {"loss/total": total, "loss/reconstruction": reconstruction, "loss/KL": divergence}
