import networks
from objectives import fake_loss, real_loss
from workload import Workload


class Dcgan(Workload):
    styles = ("idiomatic", "tuned", "compile")
    networks = {"G": (networks.Generator, "generator"), "D": (networks.Judge, "discriminator")}

    def loss_D(self, x, z):
        made = self.G(z)
        return real_loss(self.D(x)) + fake_loss(self.D(made.detach()))

    def loss_G(self, z):
        return real_loss(self.D(self.G(z)))

    def update(self):
        z = self.draws("prior")
        with self.training("D"):
            loss_D = self.loss_D(self.pictures, next(z))
            loss_D.backward()
        with self.training("G"):
            loss_G = self.loss_G(next(z))
            loss_G.backward()
        return {"loss/D": loss_D, "loss/G": loss_G}
