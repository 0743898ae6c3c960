"""Terms that several methods share; logits carry no sigmoid."""
import torch.nn.functional as F


def real_loss(logit):
    return F.softplus(-logit).mean()


def fake_loss(logit):
    return F.softplus(logit).mean()


def gaussian_code(mean, log_variance, noise):
    return mean + (0.5 * log_variance).exp() * noise


def gaussian_kl(mean, log_variance):
    """From N(0, I), in nats per picture."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
