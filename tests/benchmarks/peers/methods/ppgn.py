import torch
import torch.nn.functional as F

import networks
from objectives import fake_loss, real_loss
from workload import Workload


def mean_square_covariance(codes):
    """Of the entries off the diagonal."""
    size = codes.shape[1]
    covariance = torch.cov(codes.T, correction=0)
    return (covariance.square().sum() - covariance.diagonal().square().sum()) / (size * (size - 1))


class Ppgn(Workload):
    networks = {"K": (networks.FeatureClassifier, "classifier"), "G": (networks.Generator, "generator"),
                "D": (networks.Judge, "discriminator")}

    def update(self):
        x = self.pictures
        with self.training("K"):
            code = self.K.codes(x)
            loss_K = (F.cross_entropy(self.K.head(code), self.labels)
                      + self.settings["decorrelation"] * mean_square_covariance(code))
            loss_K.backward()
        with torch.no_grad():
            code = self.K.codes(x)
            noisy = code + self.settings["codeNoise"] * next(self.draws("codeNoise"), 0.0)
        with self.training("G"):
            rebuilt = self.G(noisy)
            image, feature = F.mse_loss(rebuilt, x), F.mse_loss(self.K.codes(rebuilt), code)
            adversarial = real_loss(self.D(rebuilt))
            loss_G = (self.settings["lambdaImage"] * image + self.settings["lambdaFeature"] * feature
                      + self.settings["lambdaAdversarial"] * adversarial)
            loss_G.backward()
        with torch.no_grad():
            made = self.G(noisy)
        with self.training("D"):
            loss_D = real_loss(self.D(x)) + fake_loss(self.D(made))
            loss_D.backward()
        return {"loss/K": loss_K, "loss/G": loss_G, "loss/D": loss_D, "loss/image": image, "loss/feature": feature,
                "loss/adversarial": adversarial}
