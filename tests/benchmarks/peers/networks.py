"""The same networks as models/networks, written as one writes them in PyTorch: NCHW modules.

Each is made from an exported iteration: of() reads the sizes off the shapes of its weights and load() copies
those, both by the name that the network has in the file.
"""
import torch
from torch import nn

LEAK = 0.2


def pyramid(size):
    """(side at the narrow end, how often it doubles)."""
    return {28: (7, 2), 32: (4, 3), 64: (4, 4)}[size]


def channels_first(x, side):
    """The last dimension of x from (row, column, channel), as in the file, to PyTorch's (channel, row, column)."""
    return x.unflatten(-1, (side, side, -1)).movedim(-1, -3).flatten(-3)


def take(layer, state, prefix):
    """Copies the weights of one layer, whose names in the file are `prefix` and PyTorch's."""
    for name, parameter in layer.named_parameters(recurse=False):
        parameter.copy_(state[prefix + name])


class Downward(nn.Module):
    """Halving convolutions, from a picture to flat features."""

    def __init__(self, size, channels, filters, norm=True):
        super().__init__()
        self.side, levels = pyramid(size)
        layers = []
        inputs = channels
        for level in range(levels):
            outputs = filters << level
            normed = norm and level > 0
            layers.append(nn.Conv2d(inputs, outputs, 4, 2, 1, bias=not normed))
            if normed:
                layers.append(nn.BatchNorm2d(outputs))
            layers.append(nn.LeakyReLU(LEAK, inplace=True))
            inputs = outputs
        self.layers = nn.Sequential(*layers)
        self.features = inputs * self.side**2

    def forward(self, x):
        return self.layers(x).flatten(1)

    @classmethod
    def of(cls, state, name, size):
        filters, channels = state[f"{name}.level0_weight"].shape[:2]
        return cls(size, channels, filters, norm=f"{name}.level1_norm.weight" in state)

    def load(self, state, name):
        level = -1
        for layer in self.layers:
            if isinstance(layer, nn.Conv2d):
                level += 1
                take(layer, state, f"{name}.level{level}_")
            elif isinstance(layer, nn.BatchNorm2d):
                take(layer, state, f"{name}.level{level}_norm.")


class Judge(nn.Module):
    """Encoder (outputs = size of its answer), discriminator of pictures (outputs = 1) or, without norm, critic."""

    def __init__(self, trunk, outputs, bias=True):
        super().__init__()
        self.trunk = trunk
        self.head = nn.Linear(trunk.features, outputs, bias=bias)

    def forward(self, x):
        return self.head(self.trunk(x))

    @classmethod
    def of(cls, state, name, size):
        return cls(Downward.of(state, name + ".trunk", size), state[name + ".head.weight"].shape[0],
                   bias=name + ".head.bias" in state)

    def load(self, state, name):
        self.trunk.load(state, name + ".trunk")
        take(self.head, state, name + ".head.")
        self.head.weight.copy_(channels_first(self.head.weight, self.trunk.side))


class Generator(nn.Module):
    def __init__(self, size, channels, filters, latent):
        super().__init__()
        self.side, levels = pyramid(size)
        inputs = filters << (levels - 1)
        self.base = nn.Linear(latent, inputs * self.side**2)
        layers = [nn.BatchNorm2d(inputs), nn.ReLU(inplace=True)]
        for level in reversed(range(levels)):
            outputs = channels if level == 0 else filters << (level - 1)
            layers.append(nn.ConvTranspose2d(inputs, outputs, 4, 2, 1, bias=level == 0))
            layers += [nn.Tanh()] if level == 0 else [nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            inputs = outputs
        self.layers = nn.Sequential(*layers)

    def forward(self, z):
        return self.layers(self.base(z).view(z.shape[0], -1, self.side, self.side))

    @classmethod
    def of(cls, state, name, size):
        filters, channels = state[f"{name}.trunk.level0_weight"].shape[:2]
        return cls(size, channels, filters, state[f"{name}.trunk.base.weight"].shape[1])

    def load(self, state, name):
        take(self.base, state, f"{name}.trunk.base.")
        for parameter in self.base.parameters():
            parameter.copy_(channels_first(parameter.t(), self.side).t())
        level = pyramid_levels = sum(isinstance(layer, nn.ConvTranspose2d) for layer in self.layers)
        for layer in self.layers:
            if isinstance(layer, nn.ConvTranspose2d):
                level -= 1
                take(layer, state, f"{name}.trunk.level{level}_")
            elif isinstance(layer, nn.BatchNorm2d):
                norm = "base_norm" if level == pyramid_levels else f"level{level}_norm"
                take(layer, state, f"{name}.trunk.{norm}.")


class AutoEncoder(nn.Module):
    """The discriminator of EBGAN and BEGAN."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def forward(self, x):
        return self.decoder(self.encoder(x))

    @classmethod
    def of(cls, state, name, size):
        return cls(Judge.of(state, name + ".encoder", size), Generator.of(state, name + ".decoder", size))

    def load(self, state, name):
        self.encoder.load(state, name + ".encoder")
        self.decoder.load(state, name + ".decoder")


class CodeDiscriminator(nn.Sequential):
    def __init__(self, latent, width):
        super().__init__(
            nn.Linear(latent, width), nn.LeakyReLU(LEAK, inplace=True),
            nn.Linear(width, width), nn.LeakyReLU(LEAK, inplace=True),
            nn.Linear(width, 1))

    @classmethod
    def of(cls, state, name, size):
        width, latent = state[name + ".first.weight"].shape
        return cls(latent, width)

    def load(self, state, name):
        for index, layer in ((0, "first"), (2, "second"), (4, "head")):
            take(self[index], state, f"{name}.{layer}.")


class JointDiscriminator(nn.Module):
    """Judges a picture together with its code."""

    def __init__(self, trunk, latent, width):
        super().__init__()
        self.trunk = trunk
        self.code = nn.Sequential(nn.Linear(latent, width), nn.LeakyReLU(LEAK, inplace=True),
                                  nn.Linear(width, width), nn.LeakyReLU(LEAK, inplace=True))
        self.joint = nn.Sequential(nn.Linear(trunk.features + width, width), nn.LeakyReLU(LEAK, inplace=True),
                                   nn.Linear(width, width), nn.LeakyReLU(LEAK, inplace=True),
                                   nn.Linear(width, 1))

    def forward(self, x, z):
        return self.joint(torch.cat((self.trunk(x), self.code(z)), dim=1))

    @classmethod
    def of(cls, state, name, size):
        width, latent = state[name + ".code_first.weight"].shape
        return cls(Downward.of(state, name + ".trunk", size), latent, width)

    def load(self, state, name):
        self.trunk.load(state, name + ".trunk")
        for layer, key in ((self.code[0], "code_first"), (self.code[2], "code_second"), (self.joint[0], "joint_first"),
                           (self.joint[2], "joint_second"), (self.joint[4], "head")):
            take(layer, state, f"{name}.{key}.")
        of_picture = self.joint[0].weight[:, :self.trunk.features]
        of_picture.copy_(channels_first(of_picture, self.trunk.side))


class FeatureClassifier(nn.Module):
    """The classifier of PPGN: standardised codes, and logits from them."""

    def __init__(self, trunk, latent, classes):
        super().__init__()
        self.trunk = trunk
        self.features = nn.Linear(trunk.features, latent, bias=False)
        self.norm = nn.BatchNorm1d(latent, affine=False)
        self.head = nn.Sequential(nn.LeakyReLU(LEAK), nn.Linear(latent, classes))

    def codes(self, x):
        return self.norm(self.features(self.trunk(x)))

    @classmethod
    def of(cls, state, name, size):
        classes, latent = state[name + ".head.weight"].shape
        return cls(Downward.of(state, name + ".trunk", size), latent, classes)

    def load(self, state, name):
        self.trunk.load(state, name + ".trunk")
        take(self.features, state, name + ".features.")
        self.features.weight.copy_(channels_first(self.features.weight, self.trunk.side))
        take(self.head[1], state, name + ".head.")


class Denoiser(nn.Sequential):
    """Of the features of a picture, by denoising feature matching."""

    def __init__(self, features, layers, width, side):
        hidden = []
        for layer in range(layers):
            hidden += [nn.Linear(width if layer else features, width, bias=False), nn.BatchNorm1d(width),
                       nn.ReLU(inplace=True)]
        super().__init__(*hidden, nn.Linear(width, features))
        self.side = side

    @classmethod
    def of(cls, state, name, size):
        layers = sum(key.startswith(name + ".layer") and key.endswith("_norm.weight") for key in state)
        features, width = state[name + ".head.weight"].shape
        return cls(features, layers, width, pyramid(size)[0])

    def load(self, state, name):
        for layer in range(len(self) // 3):
            take(self[3 * layer], state, f"{name}.layer{layer}.")
            take(self[3 * layer + 1], state, f"{name}.layer{layer}_norm.")
        take(self[-1], state, name + ".head.")
        self[0].weight.copy_(channels_first(self[0].weight, self.side))
        for parameter in self[-1].parameters():
            parameter.copy_(channels_first(parameter.t(), self.side).t())
