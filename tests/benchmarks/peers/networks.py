"""The same networks as models/networks, written as one writes them in PyTorch: NCHW modules."""
import torch
from torch import nn

LEAK = 0.2


def pyramid(size):
    """(side at the narrow end, how often it doubles)."""
    return {28: (7, 2), 32: (4, 3), 64: (4, 4)}[size]


class Downward(nn.Module):
    def __init__(self, size, channels, filters):
        super().__init__()
        base, levels = pyramid(size)
        layers = []
        inputs = channels
        for level in range(levels):
            outputs = filters << level
            layers.append(nn.Conv2d(inputs, outputs, 4, 2, 1, bias=level == 0))
            if level > 0:
                layers.append(nn.BatchNorm2d(outputs))
            layers.append(nn.LeakyReLU(LEAK, inplace=True))
            inputs = outputs
        self.layers = nn.Sequential(*layers)
        self.features = inputs * base * base

    def forward(self, x):
        return self.layers(x).flatten(1)


class Judge(nn.Module):
    """Encoder (outputs = latent size) or discriminator of pictures (outputs = 1)."""

    def __init__(self, size, channels, filters, outputs):
        super().__init__()
        self.trunk = Downward(size, channels, filters)
        self.head = nn.Linear(self.trunk.features, outputs)

    def forward(self, x):
        return self.head(self.trunk(x))


class Generator(nn.Module):
    def __init__(self, size, channels, filters, latent):
        super().__init__()
        self.base_size, levels = pyramid(size)
        self.base_channels = filters << (levels - 1)
        self.base = nn.Linear(latent, self.base_channels * self.base_size**2)
        layers = [nn.BatchNorm2d(self.base_channels), nn.ReLU(inplace=True)]
        inputs = self.base_channels
        for level in reversed(range(levels)):
            outputs = channels if level == 0 else filters << (level - 1)
            layers.append(nn.ConvTranspose2d(inputs, outputs, 4, 2, 1, bias=level == 0))
            layers += [nn.Tanh()] if level == 0 else [nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            inputs = outputs
        self.layers = nn.Sequential(*layers)

    def forward(self, z):
        return self.layers(self.base(z).view(-1, self.base_channels, self.base_size, self.base_size))


class CodeDiscriminator(nn.Sequential):
    def __init__(self, latent, width):
        super().__init__(
            nn.Linear(latent, width), nn.LeakyReLU(LEAK, inplace=True),
            nn.Linear(width, width), nn.LeakyReLU(LEAK, inplace=True),
            nn.Linear(width, 1))


# ---- weights of an exported iteration ------------------------------------------------------------------

def _rows_to_channels(weight, channels, side):
    """Columns in (row, column, channel) order -> (channel, row, column) order."""
    return weight.view(-1, side, side, channels).permute(0, 3, 1, 2).reshape(weight.shape)


@torch.no_grad()
def load_downward(trunk, head, state, prefix, size):
    side, _ = pyramid(size)
    convolutions = [m for m in trunk.layers if isinstance(m, nn.Conv2d)]
    norms = [m for m in trunk.layers if isinstance(m, nn.BatchNorm2d)]
    for level, convolution in enumerate(convolutions):
        convolution.weight.copy_(state[f"{prefix}.trunk.level{level}_weight"])
        if level == 0:
            convolution.bias.copy_(state[f"{prefix}.trunk.level0_bias"])
        else:
            norms[level - 1].weight.copy_(state[f"{prefix}.trunk.level{level}_norm.weight"])
            norms[level - 1].bias.copy_(state[f"{prefix}.trunk.level{level}_norm.bias"])
    channels = convolutions[-1].out_channels
    head.weight.copy_(_rows_to_channels(state[f"{prefix}.head.weight"], channels, side))
    head.bias.copy_(state[f"{prefix}.head.bias"])


@torch.no_grad()
def load_generator(generator, state, prefix):
    side, channels = generator.base_size, generator.base_channels
    weight = state[f"{prefix}.trunk.base.weight"]
    generator.base.weight.copy_(
        weight.view(side, side, channels, -1).permute(2, 0, 1, 3).reshape(weight.shape))
    generator.base.bias.copy_(
        state[f"{prefix}.trunk.base.bias"].view(side, side, channels).permute(2, 0, 1).reshape(-1))
    norms = [m for m in generator.layers if isinstance(m, nn.BatchNorm2d)]
    norms[0].weight.copy_(state[f"{prefix}.trunk.base_norm.weight"])
    norms[0].bias.copy_(state[f"{prefix}.trunk.base_norm.bias"])
    transposed = [m for m in generator.layers if isinstance(m, nn.ConvTranspose2d)]
    for index, convolution in enumerate(transposed):
        level = len(transposed) - 1 - index
        convolution.weight.copy_(state[f"{prefix}.trunk.level{level}_weight"])
        if level == 0:
            convolution.bias.copy_(state[f"{prefix}.trunk.level0_bias"])
        else:
            norms[index + 1].weight.copy_(state[f"{prefix}.trunk.level{level}_norm.weight"])
            norms[index + 1].bias.copy_(state[f"{prefix}.trunk.level{level}_norm.bias"])


@torch.no_grad()
def load_code_discriminator(network, state, prefix):
    for index, name in ((0, "first"), (2, "second"), (4, "head")):
        network[index].weight.copy_(state[f"{prefix}.{name}.weight"])
        network[index].bias.copy_(state[f"{prefix}.{name}.bias"])
