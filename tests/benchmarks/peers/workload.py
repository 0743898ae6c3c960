"""What the peers of all methods have in common: reading an exported iteration, and the manners of each style.

idiomatic  eager, as PyTorch's own DCGAN example is written: contiguous layout, default Adam, nothing frozen
tuned      eager, channels-last, fused Adam, networks frozen that a sub-step does not train
compile    the tuned one with torch.compile on each loss
"""
import contextlib

import torch
from safetensors import safe_open

TOLERANCE = 1e-3  # of a loss
# Of a loss's change from one iteration to the next. Adam's first steps are as long whatever the size of a gradient,
# so that rounding counts where gradients nearly vanish; a wrong gradient misses by far more.
TOLERANCE_OF_CHANGE = 0.1


def number(text):
    """The value of a setting; words stay text."""
    try:
        return float(text)
    except ValueError:
        return text


class Workload:
    """One method. A subclass names its networks and says what one iteration is; it draws nothing, but takes the
    draws of the exported iteration, each time the same."""

    styles = ("idiomatic",)
    networks = {}  # attribute -> (class, name in the file); each gets a rate of its own, "rate" and that name

    def __init__(self, style, path):
        self.tuned = style != "idiomatic"
        with safe_open(path, framework="pt") as file:
            self.settings = {name: number(text) for name, text in file.metadata().items()}
            self.state = {name: file.get_tensor(name) for name in file.keys()}
        self.pictures = self._laid_out(self.state["input.pictures"])
        self.labels = self.state["input.labels"]
        self.trained, self.optimisers = {}, {}
        for attribute, (kind, name) in self.networks.items():
            network = kind.of(self.state, name, self.pictures.shape[-1])
            with torch.no_grad():
                network.load(self.state, name)
            if self.tuned:
                network.to(memory_format=torch.channels_last)
            setattr(self, attribute, network)
            self.add_optimiser(attribute, network, "rate" + name[0].upper() + name[1:])
        if style == "compile":
            for name in [n for n in dir(self) if n.startswith("loss_")]:
                setattr(self, name, torch.compile(getattr(self, name)))

    def _laid_out(self, x):
        return x.contiguous(memory_format=torch.channels_last) if self.tuned else x

    def draws(self, stream):
        """The tensors that an iteration drew from `stream`, one after the other."""
        count = sum(name.startswith(f"draw.{stream}.") for name in self.state)
        return iter([self.state[f"draw.{stream}.{i}"] for i in range(count)])

    def add_optimiser(self, name, network, rate):
        self.trained[name] = network
        betas = (self.settings["adamBeta1"], self.settings["adamBeta2"])
        self.optimisers[name] = torch.optim.Adam(network.parameters(), lr=self.settings[rate], betas=betas,
                                                 **({"fused": True} if self.tuned else {}))

    @contextlib.contextmanager
    def training(self, *names):
        """One step of these optimisers, by the gradients that are found inside."""
        if self.tuned:
            for other, network in self.trained.items():
                network.requires_grad_(other in names)
        for name in names:
            self.optimisers[name].zero_grad()
        yield
        for name in names:
            self.optimisers[name].step()

    def weights(self, *names):
        """For backward(inputs=...), where losses that share one forward pass are to reach different networks."""
        return [parameter for name in names for parameter in self.trained[name].parameters()]

    def update(self):
        """One iteration; gives every loss under the tag that C++ reports it by."""
        raise NotImplementedError

    def check(self):
        """Repeats the exported iterations, of which the second has felt the gradients of the first; says in what
        the losses differ, or ""."""
        before = {}
        for iteration in range(2):
            prefix = f"output.{iteration}."
            expected = {name.removeprefix(prefix): value.item() for name, value in self.state.items()
                        if name.startswith(prefix + "loss/")}
            found = {tag: loss.item() for tag, loss in self.update().items()}
            if found.keys() != expected.keys():
                return f"the losses {', '.join(sorted(found))} instead of {', '.join(sorted(expected))}"
            for tag, value in expected.items():
                allowed = TOLERANCE_OF_CHANGE * abs(value - before[tag]) if before else TOLERANCE * abs(value)
                if abs(found[tag] - value) > allowed:
                    return f"{tag} is {found[tag]:.6f} instead of {value:.6f} in iteration {iteration + 1}"
            before = expected
        return ""
