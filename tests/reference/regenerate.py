#!/usr/bin/env python3
"""Writes the fixtures of this folder anew with PyTorch.

    regenerate.py           replaces the fixtures
    regenerate.py --check   compares with the fixtures in the tree, puts those back, and exits with 1 when a
                            number differs by more than 1e-6 of its size: then the fixtures or PyTorch changed
"""
import pathlib
import subprocess
import sys

import numpy as np
from safetensors.numpy import load_file

FOLDER = pathlib.Path(__file__).parent
TOLERANCE = 1e-6


def differences(old, new):
    """One sentence for every tensor that is not the same in both."""
    for name in sorted(old.keys() ^ new.keys()):
        yield f"{name} is only in the {'old' if name in old else 'new'} fixture"
    for name in sorted(old.keys() & new.keys()):
        if old[name].shape != new[name].shape:
            yield f"{name} has shape {new[name].shape} instead of {old[name].shape}"
        elif not np.allclose(old[name], new[name], rtol=TOLERANCE, atol=TOLERANCE):
            yield f"{name} differs by up to {np.abs(old[name] - new[name]).max():.3g}"


def main():
    check = sys.argv[1:] == ["--check"]
    failures = []
    for script in sorted(FOLDER.glob("make_*.py")):
        fixture = FOLDER / (script.stem.removeprefix("make_") + ".safetensors")
        before = fixture.read_bytes() if fixture.exists() else None
        old = load_file(fixture) if before is not None else {}
        subprocess.run([sys.executable, str(script)], check=True)
        found = list(differences(old, load_file(fixture)))
        print(f"{fixture.name}: {'the same numbers' if not found else f'{len(found)} differences'}")
        if check:
            failures += [f"{fixture.name}: {line}" for line in found]
            if before is not None:
                fixture.write_bytes(before)
    print("\n".join(failures), end="\n" if failures else "")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
