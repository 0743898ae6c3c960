import networks
from objectives import fake_loss, gaussian_code, gaussian_kl, real_loss
from workload import Workload


class VaeGan(Workload):
    networks = {"E": (networks.Judge, "encoder"), "G": (networks.Generator, "generator"),
                "D": (networks.Judge, "discriminator")}

    def gate(self, real_cost, made_cost):
        """Whether G and D move, by the authors' rule."""
        costs = (real_cost.item(), made_cost.item())
        winning = min(costs) < self.settings["equilibrium"] - self.settings["margin"]
        losing = max(costs) > self.settings["equilibrium"] + self.settings["margin"]
        return not losing or winning, not winning or losing

    def update(self):
        x = self.pictures
        mean, log_variance = self.E(x).chunk(2, dim=1)
        rebuilt = self.G(gaussian_code(mean, log_variance, next(self.draws("posterior"))))
        sampled = self.G(next(self.draws("prior")))
        features = self.D.trunk(x)
        prior = gaussian_kl(mean, log_variance)
        likelihood = 0.5 * (self.D.trunk(rebuilt) - features.detach()).square().sum(1).mean()
        real_cost, made_cost = real_loss(self.D.head(features)), fake_loss(self.D(sampled))
        loss_E = prior + likelihood
        loss_G = self.settings["gamma"] * likelihood - made_cost
        loss_D = real_cost + made_cost

        move_generator, move_discriminator = self.gate(real_cost, made_cost)
        moved = [(loss_E, "E"), *[(loss_G, "G")] * move_generator, *[(loss_D, "D")] * move_discriminator]
        for loss, name in moved:
            self.optimisers[name].zero_grad()
            loss.backward(inputs=self.weights(name), retain_graph=name != moved[-1][1])
        for _, name in moved:
            self.optimisers[name].step()
        return {"loss/E": loss_E, "loss/G": loss_G, "loss/D": loss_D, "loss/prior": prior,
                "loss/likelihood": likelihood}
