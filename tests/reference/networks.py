"""The picture networks as PyTorch modules, independent of the C++ ones but for the names of their weights."""
import numpy as np
import torch
import torch.nn.functional as F

LEVELS = {28: (7, 2), 32: (4, 3), 64: (4, 4)}
KINK = 5e-6  # float32 kernels of different libraries differ by a tenth of this before an activation


def draw(rng, shape, deviation=0.1, mean=0.0):
    return torch.tensor((rng.standard_normal(shape) * deviation + mean).astype(np.float32))


def norm_weights(rng, weights, prefix, channels):
    weights[prefix + ".weight"] = draw(rng, channels, mean=1.0)
    weights[prefix + ".bias"] = draw(rng, channels)


def downward_weights(rng, name, size, channels, filters, outputs, norm=True):
    base, levels = LEVELS[size]
    weights, inputs = {}, channels
    for level in range(levels):
        weights[f"{name}.trunk.level{level}_weight"] = draw(rng, (filters << level, inputs, 4, 4))
        inputs = filters << level
        if level == 0 or not norm:
            weights[f"{name}.trunk.level{level}_bias"] = draw(rng, inputs)
        else:
            norm_weights(rng, weights, f"{name}.trunk.level{level}_norm", inputs)
    weights[f"{name}.head.weight"] = draw(rng, (outputs, inputs * base * base))
    bias = draw(rng, outputs)
    if norm:  # a critic, which has no norm, has no last bias either
        weights[f"{name}.head.bias"] = bias
    return weights


def upward_weights(rng, name, size, channels, filters, latent):
    base, levels = LEVELS[size]
    weights, inputs = {}, filters << (levels - 1)
    weights[f"{name}.trunk.base.weight"] = draw(rng, (inputs * base * base, latent))
    weights[f"{name}.trunk.base.bias"] = draw(rng, inputs * base * base)
    norm_weights(rng, weights, f"{name}.trunk.base_norm", inputs)
    for level in reversed(range(levels)):
        outputs = channels if level == 0 else filters << (level - 1)
        weights[f"{name}.trunk.level{level}_weight"] = draw(rng, (inputs, outputs, 4, 4))
        if level == 0:
            weights[f"{name}.trunk.level0_bias"] = draw(rng, outputs)
        else:
            norm_weights(rng, weights, f"{name}.trunk.level{level}_norm", outputs)
        inputs = outputs
    return weights


def code_weights(rng, name, latent, width):
    weights = {}
    for layer, inputs, outputs in (("first", latent, width), ("second", width, width), ("head", width, 1)):
        weights[f"{name}.{layer}.weight"] = draw(rng, (outputs, inputs))
        weights[f"{name}.{layer}.bias"] = draw(rng, outputs)
    return weights


def batch_norm(w, name, y):
    return F.batch_norm(y, None, None, w[name + ".weight"], w[name + ".bias"], training=True, eps=1e-5)


def rectify(y, slope=0.0):
    """Leaky ReLU. A value so near the kink that float32 may fall on the other side than float64 is refused: its
    gradient would be right on one machine and wrong on the next."""
    nearest = y.detach().abs().min().item()
    if nearest < KINK:
        raise SystemExit(f"An activation is only {nearest:.1e} from its kink: take another seed.")
    return F.leaky_relu(y, slope)


def features(w, name, size, x):
    """The input of the last layer."""
    y = x
    for level in range(LEVELS[size][1]):
        y = F.conv2d(y, w[f"{name}.trunk.level{level}_weight"], w.get(f"{name}.trunk.level{level}_bias"), 2, 1)
        if f"{name}.trunk.level{level}_norm.weight" in w:
            y = batch_norm(w, f"{name}.trunk.level{level}_norm", y)
        y = rectify(y, 0.2)
    return y.permute(0, 2, 3, 1).flatten(1)  # row, column, channel


def downward(w, name, size, x):
    return F.linear(features(w, name, size, x), w[name + ".head.weight"], w.get(name + ".head.bias"))


def upward(w, name, size, z):
    base, levels = LEVELS[size]
    y = F.linear(z, w[name + ".trunk.base.weight"], w[name + ".trunk.base.bias"])
    y = y.view(z.shape[0], base, base, -1).permute(0, 3, 1, 2)
    y = rectify(batch_norm(w, name + ".trunk.base_norm", y))
    for level in reversed(range(levels)):
        y = F.conv_transpose2d(y, w[f"{name}.trunk.level{level}_weight"], w.get(f"{name}.trunk.level{level}_bias"), 2, 1)
        y = torch.tanh(y) if level == 0 else rectify(batch_norm(w, f"{name}.trunk.level{level}_norm", y))
    return y


def judge_code(w, name, z):
    y = rectify(F.linear(z, w[name + ".first.weight"], w[name + ".first.bias"]), 0.2)
    y = rectify(F.linear(y, w[name + ".second.weight"], w[name + ".second.bias"]), 0.2)
    return F.linear(y, w[name + ".head.weight"], w[name + ".head.bias"]).squeeze(1)


def gradients(loss, weights, owner):
    """d loss / d weight for every weight of network `owner`."""
    names = [n for n in weights if n.startswith(owner + ".")]
    return dict(zip(names, torch.autograd.grad(loss, [weights[n] for n in names], retain_graph=True)))


def collect(stored, losses, weights):
    """What a fixture holds: `stored`, and for every part in losses (part -> network, loss) its loss as "loss.part"
    and the gradient of that network's weights as "gradient.name"."""
    output = dict(stored)
    for part, (owner, loss) in losses.items():
        output[f"loss.{part}"] = loss.detach()
        output |= {f"gradient.{name}": value.float() for name, value in gradients(loss, weights, owner).items()}
    return {name: value.contiguous() for name, value in output.items()}
