#!/usr/bin/env python3
"""Trains every method on one set after another for the same computing time, and judges what came of it.

    compare_methods.py ALPHASCOPE_CLI --mnist FOLDER --work FOLDER [--methods a,b] [--sets grey,coloured,...]
                       [--preset standard] [--seconds 1200] [--jobs 2] [--set METHOD:NAME=VALUE]...

Computing time is that of all threads of the process, so that a shared machine does not shorten a training:
1,200 s are ten minutes of two cores. Trainings take one thread each, --jobs at once. What is finished lies in
WORK/SET/METHOD (run, sheets, result.json) and is not done again; the table of all that is there ends the output.
Ctrl+C or SIGTERM saves what is in training, and the same command goes on with it.
"""
import argparse
import concurrent.futures
import dataclasses
import functools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

# PyTorch's threads would wait for each other by spinning, beside trainings for most of their time.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np

import judges

SETS = ("grey", "coloured", "ring", "grid", "stacked-glyphs")
DIGITS_JUDGED, LED_JUDGED, SURE, MODES_DRAWN, POINTS_DRAWN = 10_000, 100, 0.9, 25_600, 2_500


@dataclasses.dataclass
class Study:
    program: str
    mnist: pathlib.Path
    work: pathlib.Path
    preset: str
    seconds: float
    settings: dict
    stopping: threading.Event = dataclasses.field(default_factory=threading.Event)

    def cli(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done

    def data(self, name):
        return {"grey": [self.mnist], "coloured": [self.mnist, "--transform", "color"]}.get(name, [name])

    @functools.cached_property
    def capabilities(self):
        """By method, in the program's order."""
        lines = self.cli("methods", "--json").stdout.splitlines()
        return {m["name"]: m["capabilities"] for m in map(json.loads, lines)}

    def drawn(self, name, count, split="train"):
        """Pictures (or points) and labels of a built-in set."""
        base = self.work / f"{name}-{split}"
        if not base.with_suffix(".npy").exists():
            self.cli("data", name, "--split", split, "--count", count, "--labels", f"{base}-labels.npy",
                     "--output", base.with_suffix(".npy"))
        return np.load(base.with_suffix(".npy")), np.load(f"{base}-labels.npy")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def train(study, method, name, folder):
    """Steps and computing seconds. Goes on with what an interrupted call saved; raises InterruptedError when this
    one is."""
    progress = folder / "progress.json"
    used = json.loads(progress.read_text())["seconds"] if progress.exists() else 0.0
    if used < study.seconds:
        used = train_further(study, method, name, folder, used)
        progress.write_text(json.dumps({"seconds": used}))
    if used < study.seconds:
        raise InterruptedError(f"interrupted after {used:.0f} s of computing; the same command goes on")
    last = json.loads((folder / "train.jsonl").read_text().splitlines()[-1])
    return last["done"]["step"], used


def train_further(study, method, name, folder, before):
    """Trains until the time is used up or the study stops, and saves. The computing seconds with those `before`."""
    run = folder / "run"
    command = [study.program, "train", "--threads", 1, "--checkpoint-every", 0, "--run", run, "--json"]
    if before:
        command.append("--resume")
    else:
        shutil.rmtree(run, ignore_errors=True)
        command += ["--method", method, "--preset", study.preset, "--seed", 1, "--data", *study.data(name)]
        for setting in study.settings.get(method, ()):
            command += ["--set", setting]
    with open(folder / "train.jsonl", "a" if before else "w") as lines, open(folder / "train.log", "w") as log:
        process = subprocess.Popen(list(map(str, command)), stdout=lines, stderr=log)
        used = before
        while process.poll() is None:
            try:
                used = before + cpu_seconds(process.pid)
            except (FileNotFoundError, ProcessLookupError):
                break
            if used >= study.seconds or study.stopping.is_set():
                process.send_signal(signal.SIGTERM)  # saves a checkpoint
                break
            time.sleep(0.5)
    if process.wait() not in (0, 130):
        if study.stopping.is_set():
            raise InterruptedError("interrupted before it could save anything; the same command trains it")
        raise RuntimeError(f"exit code {process.returncode}: {(folder / 'train.log').read_text().strip()}")
    return used


def led_to_class(study, judge, folder, model):
    """Share of samples led to a class that the judge surely takes for it."""
    shares = []
    for digit in range(10):
        study.cli("sample", *model, "--class", digit, "--count", LED_JUDGED, "--seed", digit + 1,
                  "--output", folder / "samples.npy")
        shares.append((judge.probabilities(np.load(folder / "samples.npy"))[:, digit] > SURE).mean())
    return np.mean(shares)


def judge_digits(study, judge, method, name, folder, model):
    study.cli("sample", *model, "--count", DIGITS_JUDGED, "--output", folder / "samples.npy")
    probabilities = judge.probabilities(np.load(folder / "samples.npy"))
    shares = judges.histogram(probabilities.argmax(1))
    result = {"sure": float((probabilities.max(1) > SURE).mean()), "least": shares.min(), "most": shares.max(),
              "histogram": shares.tolist()}
    if "encode" in study.capabilities[method]:
        held = ["--images", study.mnist, "--split", "test"]
        study.cli("reconstruct", *model, *held, "--count", 48, "--output", folder / "pairs.png")
        done = study.cli("reconstruct", *model, *held, "--count", DIGITS_JUDGED, "--output", folder / "rebuilt.npy")
        labels = judges.read_idx(study.mnist, "t10k-labels-idx1-ubyte")
        right = (judge.answers(np.load(folder / "rebuilt.npy")) == labels[:DIGITS_JUDGED]).mean()
        result |= {"l1": float(re.search(r"mean L1 ([0-9.]+)", done.stderr)[1]), "recognised": right / judge.held_out}
        (folder / "rebuilt.npy").unlink()
    if "conditional" in study.capabilities[method]:
        result["led"] = led_to_class(study, judge, folder, model)
    (folder / "samples.npy").unlink()
    return {key: value if isinstance(value, list) else float(value) for key, value in result.items()}


def judge_modes(study, judge, method, name, folder, model):
    if name == "stacked-glyphs":
        study.cli("sample", *model, "--count", MODES_DRAWN, "--output", folder / "samples.npy")
        pictures = np.load(folder / "samples.npy")
        digits = [judge.answers(pictures[..., channel:channel + 1]) for channel in range(3)]
        shares = judges.histogram(digits[0] * 100 + digits[1] * 10 + digits[2], 1000)
        result = {"hit": int((shares > 0).sum()), "modes": 1000, "kl": judges.from_uniform(shares)}
    else:
        study.cli("sample", *model, "--count", POINTS_DRAWN, "--output", folder / "samples.npy")
        hit, modes, near = judges.point_modes(np.load(folder / "samples.npy"), *judge)
        result = {"hit": hit, "modes": modes, "near": near}
    (folder / "samples.npy").unlink()
    return result


def make_judge(study, name):
    """What judges models of a set: a classifier of digits, or, for points, points of the set with their modes."""
    if name in ("ring", "grid"):
        return study.drawn(name, 20_000)
    weights = study.work / f"judge-{name}.pt"
    if name == "stacked-glyphs":
        pictures, labels = study.drawn("glyphs", 30_000)
        judge = judges.DigitJudge(pictures[..., 0], labels, judges.grey, weights)
        pictures, labels = study.drawn("glyphs", 5_000, "test")
        judge.held_out = judge.accuracy(pictures[..., 0], labels)
    else:
        judge, judge.held_out = judges.DigitJudge.of_mnist(study.mnist, getattr(judges, name), weights)
    print(f"{name}: judge is right on {judge.held_out:.2%} of held-out originals", file=sys.stderr)
    return judge


def run_one(study, judge, method, name):
    folder = study.work / name / method
    if study.stopping.is_set() or (folder / "result.json").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    try:
        steps, seconds = train(study, method, name, folder)
        model = ["--checkpoint", folder / "run", "--threads", 1]
        if name not in ("ring", "grid"):
            study.cli("sample", *model, "--output", folder / "samples.png")
        judged = (judge_digits if name in ("grey", "coloured") else judge_modes)(study, judge, method, name, folder, model)
    except (RuntimeError, KeyError, ValueError, OSError) as fault:
        print(f"{name}, {method}: {fault}", file=sys.stderr)
        return
    (folder / "result.json").write_text(json.dumps({"steps": steps, "seconds": seconds, **judged}, indent=1))
    print(f"{name}, {method}: {steps} steps in {seconds:.0f} s, {judged}", file=sys.stderr, flush=True)


def table(study, name):
    rows = [(m, json.loads(path.read_text())) for m in study.capabilities
            if (path := study.work / name / m / "result.json").exists()]
    if not rows:
        return []
    if name in ("grey", "coloured"):
        lines = [f"| {name} | steps | steps a second of one core | L1 held out | reconstructions recognised | samples > 0.9 sure "
                 "| rarest and most frequent digit |", "|---|---|---|---|---|---|---|"]
        shown = lambda r: [f"{r['l1']:.3f}" if "l1" in r else "", f"{r['recognised']:.1%}" if "l1" in r else "",
                           f"{r['sure']:.1%}" + (f", led to a class {r['led']:.1%}" if "led" in r else ""),
                           f"{r['least']:.1%}, {r['most']:.1%}"]
    else:
        last = "KL to uniform" if name == "stacked-glyphs" else "samples near a mode"
        lines = [f"| {name} | steps | steps a second of one core | modes hit | {last} |", "|---|---|---|---|---|"]
        shown = lambda r: [f"{r['hit']} of {r['modes']}", f"{r['kl']:.2f}" if "kl" in r else f"{r['near']:.1%}"]
    for method, r in rows:
        lines.append(f"| {method} | {r['steps']} | {r['steps'] / r['seconds']:.1f} | " + " | ".join(shown(r)) + " |")
    return lines + [""]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--mnist", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--methods", help="of the program's list, with commas between them; all unless given")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--seconds", type=float, default=1200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--set", action="append", default=[], metavar="METHOD:NAME=VALUE")
    options = parser.parse_args()
    settings = {}
    for text in options.set:
        method, setting = text.split(":", 1)
        settings.setdefault(method, []).append(setting)
    options.work.mkdir(parents=True, exist_ok=True)
    study = Study(options.program, options.mnist, options.work, options.preset, options.seconds, settings)
    methods = options.methods.split(",") if options.methods else list(study.capabilities)
    for kind, given, known in (("method", methods, study.capabilities), ("set", options.sets.split(","), SETS)):
        if unknown := [name for name in given if name not in known]:
            parser.error(f"there is no {kind} '{unknown[0]}'; known are {', '.join(known)}")
    for reason in (signal.SIGINT, signal.SIGTERM):
        signal.signal(reason, lambda *_: study.stopping.set())
    for name in options.sets.split(","):
        if study.stopping.is_set():
            break
        wanted = [m for m in methods if not (study.work / name / m / "result.json").exists()]
        judge = make_judge(study, name) if wanted else None
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(lambda method: run_one(study, judge, method, name), wanted))
    print("\n".join(line for name in SETS for line in table(study, name)))


if __name__ == "__main__":
    main()
