import torch

import networks
from workload import Workload


class WganGp(Workload):
    networks = {"G": (networks.Generator, "generator"), "D": (networks.Judge, "critic")}

    def penalty(self, x, made, share):
        between = torch.lerp(x, made, share.view(-1, 1, 1, 1)).requires_grad_()
        (slope,) = torch.autograd.grad(self.D(between).sum(), between, create_graph=True)
        return (slope.flatten(1).norm(dim=1) - 1).square().mean()

    def update(self):
        x, z, share = self.pictures, self.draws("prior"), self.draws("interpolation")
        for _ in range(int(self.settings["criticUpdates"])):
            with torch.no_grad():
                made = self.G(next(z))
            with self.training("D"):
                loss_D = (self.D(made).mean() - self.D(x).mean()
                          + self.settings["penaltyWeight"] * self.penalty(x, made, next(share)))
                loss_D.backward()
        with self.training("G"):
            loss_G = -self.D(self.G(next(z))).mean()
            loss_G.backward()
        return {"loss/D": loss_D, "loss/G": loss_G}
