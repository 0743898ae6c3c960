import networks
from objectives import fake_loss, gaussian_code, real_loss
from workload import Workload


class Ali(Workload):
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator"),
                "D": (networks.JointDiscriminator, "discriminator")}

    def update(self):
        x, z = self.pictures, next(self.draws("prior"))
        with self.training("E", "G", "D"):
            mean, log_variance = self.E(x).chunk(2, dim=1)
            code = gaussian_code(mean, log_variance, next(self.draws("posterior")))
            real, made = self.D(x, code), self.D(self.G(z), z)
            loss_D = real_loss(real) + fake_loss(made)
            loss_EG = fake_loss(real) + real_loss(made)
            loss_D.backward(inputs=self.weights("D"), retain_graph=True)
            loss_EG.backward(inputs=self.weights("E", "G"))
        return {"loss/D": loss_D, "loss/EG": loss_EG}
