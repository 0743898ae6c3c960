"""The networks of BEGAN (models/networks/elu_pyramid.h): convolutions with kernel 3, ELU, no norm."""
from torch import nn

import networks


def sides(size):
    """Of the pyramid, from the picture's until 8 pixels or fewer are left."""
    result = [size]
    while result[-1] > 8 and result[-1] % 2 == 0:
        result.append(result[-1] // 2)
    return result


def convolution(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1)


class Encoder(nn.Module):
    def __init__(self, size, channels, filters, outputs):
        super().__init__()
        steps = sides(size)
        self.side = steps[-1]
        named = {"entry": convolution(channels, filters)}
        inputs = filters
        for i in range(len(steps)):
            width = filters * (i + 1)
            named[f"side{i}_first"] = convolution(inputs, width)
            named[f"side{i}_second"] = convolution(width, width)
            if i < len(steps) - 1:
                named[f"side{i}_halving"] = convolution(width, width, stride=2)
            inputs = width
        self.names = list(named)
        self.layers = nn.Sequential(*(nn.Sequential(layer, nn.ELU(inplace=True)) for layer in named.values()))
        self.head = nn.Linear(inputs * self.side**2, outputs)

    def forward(self, x):
        return self.head(self.layers(x).flatten(1))

    @classmethod
    def of(cls, state, name, size):
        filters, channels = state[name + ".entry.weight"].shape[:2]
        return cls(size, channels, filters, state[name + ".head.weight"].shape[0])

    def load(self, state, name):
        for key, (layer, _) in zip(self.names, self.layers):
            networks.take(layer, state, f"{name}.{key}.")
        networks.take(self.head, state, name + ".head.")
        self.head.weight.copy_(networks.channels_first(self.head.weight, self.side))


class Decoder(nn.Module):
    def __init__(self, size, channels, filters, inputs):
        super().__init__()
        steps = sides(size)
        self.side = steps[-1]
        self.base = nn.Linear(inputs, filters * self.side**2)
        layers = []
        for i in range(len(steps)):
            layers += [nn.Upsample(scale_factor=2)] if i else []
            layers += [convolution(filters, filters), nn.ELU(inplace=True),
                       convolution(filters, filters), nn.ELU(inplace=True)]
        self.layers = nn.Sequential(*layers, convolution(filters, channels))

    def forward(self, z):
        return self.layers(self.base(z).view(z.shape[0], -1, self.side, self.side))

    @classmethod
    def of(cls, state, name, size):
        channels, filters = state[name + ".exit.weight"].shape[:2]
        return cls(size, channels, filters, state[name + ".base.weight"].shape[1])

    def load(self, state, name):
        networks.take(self.base, state, name + ".base.")
        for parameter in self.base.parameters():
            parameter.copy_(networks.channels_first(parameter.t(), self.side).t())
        convolutions = [layer for layer in self.layers if isinstance(layer, nn.Conv2d)]
        keys = [f"side{i}_{layer}" for i in range(len(convolutions) // 2) for layer in ("first", "second")]
        for layer, key in zip(convolutions, [*keys, "exit"]):
            networks.take(layer, state, f"{name}.{key}.")


class AutoEncoder(networks.AutoEncoder):
    @classmethod
    def of(cls, state, name, size):
        return cls(Encoder.of(state, name + ".encoder", size), Decoder.of(state, name + ".decoder", size))
