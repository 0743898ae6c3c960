"""Judges of samples that know nothing of the model: a digit classifier trained apart, and counts of modes."""
import gzip

import numpy as np
import torch
from torch import nn


def read_idx(folder, name):
    path = next(p for p in (folder / f"{name}.gz", folder / name) if p.exists())
    raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    shape = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def grey(digits, generator):
    """uint8 [N,28,28] -> float [N,1,28,28] in [-1,1]."""
    return torch.from_numpy(digits.copy()).float().div(127.5).sub(1)[:, None]


def coloured(digits, generator):
    """ColorMNIST (Metz et al. 2016): y = I*c + (I-1) + noise, c ~ N(0, 0.5^2) per channel, noise ~ N(0, 0.2^2)."""
    intensity = torch.from_numpy(digits.copy()).float().div(255)[:, None]
    tint = 0.5 * torch.randn(len(digits), 3, 1, 1, generator=generator)
    noise = 0.2 * torch.randn(len(digits), 3, 28, 28, generator=generator)
    return (intensity * tint + (intensity - 1) + noise).clamp(-1, 1)


class DigitJudge:
    """Says which of ten digits a picture of 28 pixels shows. `paint` makes the networks' pictures of digits. What was
    learnt is kept in the file `weights`, if one is named, and taken from there when it exists."""

    def __init__(self, digits, labels, paint, weights=None, epochs=4):
        self.generator = torch.Generator().manual_seed(0)
        self.paint = paint
        torch.manual_seed(0)
        channels = paint(digits[:1], self.generator).shape[1]
        self.net = nn.Sequential(
            nn.Conv2d(channels, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.Flatten(),
            nn.Dropout(0.3), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Linear(128, 10))
        if weights and weights.exists():
            self.net.load_state_dict(torch.load(weights, weights_only=True))
        else:
            self._train(digits, torch.from_numpy(labels.astype(np.int64)), epochs)
            if weights:
                torch.save(self.net.state_dict(), weights)
        self.net.eval()

    @classmethod
    def of_mnist(cls, folder, paint, weights=None):
        """Of the digits of MNIST, and its share of right answers on the held-out ones."""
        judge = cls(read_idx(folder, "train-images-idx3-ubyte"), read_idx(folder, "train-labels-idx1-ubyte"), paint,
                    weights)
        return judge, judge.accuracy(read_idx(folder, "t10k-images-idx3-ubyte"),
                                     read_idx(folder, "t10k-labels-idx1-ubyte"))

    def _train(self, digits, labels, epochs, batch=128):
        optimiser = torch.optim.Adam(self.net.parameters(), lr=1e-3)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=epochs * (len(digits) // batch))
        for _ in range(epochs):
            order = torch.randperm(len(digits), generator=self.generator)
            for rows in order[:len(digits) // batch * batch].view(-1, batch):
                optimiser.zero_grad()
                pictures = self.paint(digits[rows.numpy()], self.generator)
                nn.functional.cross_entropy(self.net(pictures), labels[rows]).backward()
                optimiser.step()
                schedule.step()

    @torch.no_grad()
    def _judged(self, x):
        return torch.cat([self.net(part).softmax(1) for part in x.split(1000)]).numpy()

    def probabilities(self, pictures):
        """uint8 [N,28,28,C] -> [N,10]."""
        x = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float().div(127.5).sub(1)
        return self._judged(x)

    def answers(self, pictures):
        return self.probabilities(pictures).argmax(1)

    def accuracy(self, digits, labels):
        """On originals that it was not trained on."""
        found = self._judged(self.paint(digits, self.generator)).argmax(1)
        return float((found == labels).mean())


def histogram(answers, classes=10):
    return np.bincount(answers, minlength=classes) / len(answers)


def from_uniform(shares):
    """KL(shares || uniform) in nats."""
    seen = shares[shares > 0]
    return float((seen * np.log(seen * len(shares))).sum())


def point_modes(samples, points, labels):
    """(modes hit, modes, share of samples near one): near is within three standard deviations of the centre, as the
    literature counts; a mode is hit by one such sample."""
    modes = labels.max() + 1
    centres = np.stack([points[labels == mode].mean(0) for mode in range(modes)])
    deviation = np.sqrt(((points - centres[labels]) ** 2).mean())
    distance = np.linalg.norm(samples[:, None] - centres[None], axis=2)
    near = distance.min(1) < 3 * deviation
    return len(np.unique(distance.argmin(1)[near])), int(modes), float(near.mean())
