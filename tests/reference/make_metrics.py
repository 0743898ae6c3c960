#!/usr/bin/env python3
"""Figures of judges, by torch-fidelity 0.4 (Inception score, FID, KID, precision and recall, the features of
the Inception net) and by numpy and scipy (multi-scale structural similarity as TensorFlow's research models
compute it, msssim.py). Nothing large is stored: weights and pictures follow from counters by formulas that the
tests compute as well.
"""
import pathlib
import tempfile

import numpy as np
import torch
from pytorch_msssim import ms_ssim
from safetensors.numpy import save_file
from scipy import ndimage, signal
from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_isc import isc_features_to_metric
from torch_fidelity.metric_kid import kid_features_to_metric
from torch_fidelity.metric_prc import prc_features_to_metric

SHARES = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])


def mixed(numbers):
    """32 bits of each number that look random."""
    h = np.asarray(numbers, dtype=np.uint64) & 0xFFFFFFFF
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        h = ((h ^ (h >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return h ^ (h >> np.uint64(16))


def pictures(first, count, channels, height, width):
    """uint8 [N,C,H,W] of waves with noise."""
    n, c, y, x = np.meshgrid(np.arange(first, first + count), np.arange(channels), np.arange(height),
                             np.arange(width), indexing="ij")
    noise = mixed(((n * 3 + c) * 512 + y) * 512 + x) & np.uint64(31)
    return (noise.astype(np.int64) + (x * (n % 5 + 1) * 4 + y * (c + 1) * 3 + n * 40) % 224).astype(np.uint8)


def uniforms(name, shape):
    start = 2166136261
    for byte in name.encode():
        start = ((start ^ byte) * 16777619) & 0xFFFFFFFF
    index = np.arange(int(np.prod(shape)), dtype=np.uint64)
    return (mixed(np.uint64(start) + index * np.uint64(2654435761)) / 2.0**32).reshape(shape)


def weights(shapes):
    """A state_dict whose activations neither vanish nor explode."""
    state = {}
    for name, shape in shapes.items():
        if name.endswith("num_batches_tracked"):
            state[name] = torch.tensor(0)
            continue
        u = uniforms(name, shape)
        if name.endswith("running_var"):
            values = 0.5 + u
        elif name.endswith("bn.weight"):
            values = 0.8 + 0.4 * u
        elif len(shape) > 1:
            values = (2 * u - 1) * np.sqrt(6.0 / np.prod(shape[1:]))
        else:
            values = 0.1 * (2 * u - 1)
        state[name] = torch.tensor(values, dtype=torch.float32)
    return state


class Shapes(FeatureExtractorInceptionV3):
    """The net without weights, to learn what it is made of."""

    def load_state_dict(self, state):
        return None


def inception():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "weights.pth"
        torch.save({}, path)
        empty = Shapes("shapes", ["2048"], feature_extractor_weights_path=str(path))
        shapes = {name: tuple(tensor.shape) for name, tensor in empty.state_dict().items()}
        torch.save(weights(shapes), path)
        return FeatureExtractorInceptionV3("net", ["2048", "logits_unbiased"],
                                           feature_extractor_weights_path=str(path))


def figures(features_1, features_2, logits, subsets, size):
    f1, f2 = torch.tensor(features_1).double(), torch.tensor(features_2).double()
    score = isc_features_to_metric(torch.tensor(logits), splits=10, shuffle=True, rng_seed=2020)
    fid = fid_statistics_to_metric(fid_features_to_statistics(f1), fid_features_to_statistics(f2), False)
    kid = kid_features_to_metric(f1, f2, kid_subsets=subsets, kid_subset_size=size, rng_seed=2020, verbose=False)
    prc = prc_features_to_metric(f1, f2, prc_neighborhood=3, prc_batch_size=10000, save_cpu_ram=False,
                                 verbose=False)
    return np.array([score["inception_score_mean"], score["inception_score_std"],
                     fid["frechet_inception_distance"], kid["kernel_inception_distance_mean"],
                     kid["kernel_inception_distance_std"], prc["precision"], prc["recall"]])


def window(size):
    at = np.arange(size) - (size - 1) / 2
    values = np.exp(-(at[:, None] ** 2 + at[None, :] ** 2) / (2 * (size * 1.5 / 11) ** 2))
    return values / values.sum()


def similarity(a, b):
    """[C,H,W] each; the mean over all places and channels of SSIM and of its contrast and structure."""
    kernel = window(min(11, a.shape[1], a.shape[2]))[None]
    mean = lambda x: signal.fftconvolve(x, kernel, mode="valid")
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    ma, mb = mean(a), mean(b)
    va, vb, ab = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    structure = (2 * ab + c2) / (va + vb + c2)
    return ((2 * ma * mb + c1) / (ma * ma + mb * mb + c1) * structure).mean(), structure.mean()


def multi_scale(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    product = 1.0
    for scale, share in enumerate(SHARES):
        whole, structure = similarity(a, b)
        product *= max(0.0, whole if scale == 4 else structure) ** share
        box = np.full((1, 2, 2), 0.25)
        a, b = (ndimage.convolve(x, box, mode="reflect")[:, ::2, ::2] for x in (a, b))
    return product


def similarities():
    shapes = {"color": (3, 64, 64), "odd": (1, 67, 81), "large": (1, 192, 176)}
    found = {}
    for name, shape in shapes.items():
        a, b = pictures(0, 4, *shape), pictures(1, 4, *shape)
        b[:2] = a[:2] // 2 + b[:2] // 4  # alike, so that more than the floor is seen
        found[f"ms_ssim.{name}"] = np.array([multi_scale(x, y) for x, y in zip(a, b)])
        if name == "large":  # no window shrinks there, so that the two agree
            other = ms_ssim(*(torch.tensor(x).double() for x in (a, b)), data_range=255, size_average=False)
            assert np.allclose(found[f"ms_ssim.{name}"], other.numpy(), atol=1e-6)
    return found


class Hostile:
    """What a pickle may do to a reader that trusts it."""

    def __reduce__(self):
        return (print, ("this was run",))


def files(folder):
    """Small files of torch.save: both layouts, and what must be refused."""
    layer = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 2), torch.nn.BatchNorm2d(2))
    state = layer.state_dict()  # with the _metadata that hangs on it
    for i, (name, tensor) in enumerate(state.items()):
        state[name] = (torch.arange(tensor.numel()).reshape(tensor.shape) + 10 * i).to(tensor.dtype)
    state["turned"] = torch.arange(6.0).reshape(2, 3).t()
    state["part"] = torch.arange(9.0)[3:7]
    state["half"] = torch.tensor([0.5, -2.0], dtype=torch.float16)
    state["parameter"] = torch.nn.Parameter(torch.tensor([7.0, 8.0]))
    folder.mkdir(exist_ok=True)
    torch.save(state, folder / "state.pth")
    torch.save(state, folder / "state_old.pth", _use_new_zipfile_serialization=False)
    torch.save({"weight": torch.zeros(2), "name": "no tensor"}, folder / "text.pth")
    torch.save({"weight": Hostile()}, folder / "hostile.pth")
    torch.save({"weight": Hostile()}, folder / "hostile_old.pth", _use_new_zipfile_serialization=False)
    torch.save(layer, folder / "module.pth")


def main():
    files(pathlib.Path(__file__).with_name("torch_files"))
    random = np.random.default_rng(5)
    made = random.normal(size=(120, 24)).astype(np.float32) * 1.1 + 0.2
    real = random.normal(size=(150, 24)).astype(np.float32)
    logits = 2 * random.normal(size=(123, 10)).astype(np.float32)
    tensors = {"features.made": made, "features.real": real, "logits": logits,
               "figures": figures(made, real, logits, 10, 50)}
    tensors |= similarities()

    net = inception()
    shown = [pictures(0, 2, 3, 32, 32), pictures(7, 1, 3, 40, 28), pictures(9, 1, 3, 320, 310)]
    with torch.no_grad():
        for i, batch in enumerate(shown):
            features, unbiased = net(torch.tensor(batch))
            tensors[f"inception.{i}.features"] = features[:, ::64].numpy()
            tensors[f"inception.{i}.logits"] = unbiased[:, ::63].numpy()
        made, real = (net(torch.tensor(pictures(first, 14, 3, 32, 32))) for first in (0, 20))
    tensors["inception.figures"] = figures(made[0].numpy(), real[0].numpy(), made[1].numpy(), 5, 10)
    save_file({name: np.ascontiguousarray(array) for name, array in tensors.items()},
              pathlib.Path(__file__).with_name("metrics.safetensors"))


if __name__ == "__main__":
    main()
