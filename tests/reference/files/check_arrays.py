"""Opens our checkpoints and .npy files with safetensors and NumPy, and lets our readers open theirs.

Usage: check_arrays.py SAMPLE_FILES_PROGRAM FOLDER (filled by it)."""

import subprocess
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


def ramp(shape, dtype, factor=0.25, offset=-3.0):
    return (np.arange(int(np.prod(shape))) * factor + offset).astype(dtype).reshape(shape)


def check_ours(folder):
    path = folder + "/step-000000012000.safetensors"
    tensors = load_file(path)
    expected = {
        "G.conv.weight": ramp((4, 3, 2, 2), np.float32),
        "bytes": ramp((5,), np.uint8, 1, 0),
        "scalar": ramp((), np.float64),
        "step": ramp((3,), np.int64, 1, 0),
        "empty": np.zeros((0, 3), np.float32),
    }
    assert set(tensors) == set(expected), sorted(tensors)
    for name, array in expected.items():
        assert tensors[name].dtype == array.dtype and tensors[name].shape == array.shape, name
        assert np.array_equal(tensors[name], array), name
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    assert metadata["method"] == "alpha-gan" and metadata["step"] == "12000"
    assert metadata["data"] == '色 "glyphs"', metadata["data"]
    save_file(tensors, folder + "/again.safetensors", metadata)  # another order of tensors, the same checksums

    codes = np.load(folder + "/codes.npy", allow_pickle=False)
    assert codes.dtype == np.float32 and np.array_equal(codes, ramp((5, 7), np.float32))
    labels = np.load(folder + "/labels.npy", allow_pickle=False)
    assert labels.dtype == np.int32 and labels.tolist() == [3, -1, 999], labels
    for channels in (1, 3):
        images = np.load(f"{folder}/images{channels}.npy", allow_pickle=False)
        assert images.dtype == np.uint8 and images.shape == (4, 5, 6, channels), images.shape
        assert np.array_equal(images.ravel(), (np.arange(images.size) % 256).astype(np.uint8))


def check_theirs(program, folder):
    np.save(folder + "/codes.npy", ramp((3, 4), np.float32))
    np.save(folder + "/images.npy", np.arange(2 * 5 * 6 * 3, dtype=np.uint8).reshape(2, 5, 6, 3))
    save_file(
        {"a": ramp((2, 3), np.float32), "b": ramp((), np.float64), "c": np.zeros((0,), np.int32),
         "h": ramp((3,), np.float16)},
        folder + "/python.safetensors", {"made": "by Python"})
    done = subprocess.run([program, "read", folder], check=True, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "codes 3 4 -0.25", lines
    assert lines[1] == "images 2 5 6 3 179", lines
    assert lines[2] == "metadata by Python", lines
    assert sorted(line for line in lines if line.startswith("tensor")) == [
        "tensor a F32 24", "tensor b F64 8", "tensor c I32 0", "tensor h F16 6"], lines
    assert lines[-1] == "again 12000", lines


if __name__ == "__main__":
    check_ours(sys.argv[2])
    check_theirs(sys.argv[1], sys.argv[2])
    print("checkpoints and arrays: safetensors and NumPy agree")
