#!/usr/bin/env python3
"""Times one training iteration of each method in C++ and in PyTorch, in rounds, and prints ratios.

    compare.py BENCH_TRAINING [--workloads alpha-gan,vae] [--styles idiomatic,tuned,compile] [--preset standard]
               [--threads 2] [--rounds 5] [--seconds 4] [--output FILE.md]
    compare.py BENCH_TRAINING --check [--workloads alpha-gan,vae] [--preset standard]

Without --workloads all methods take part; tuned and compiled peers are there for alpha-gan and dcgan only. Every
peer first reproduces the losses that C++ exported; --check does only that and prints a line for each method.

Every round times every contender once, in turn, so that a machine whose speed drifts drifts for all. Quoted
are medians over the rounds, and the median of the ratios taken within each round. bfloat16 takes part where the
processor does not have to emulate it. C++ draws its codes in every iteration and averages its weights for show;
the peers do neither.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from methods import WORKLOADS


def answer(command, what):
    """What a program prints; when it fails it has said why, and there is nothing to compare."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"compare.py: {what} failed.")
    return done.stdout


def export(program, workloads, preset, folder):
    """{workload: file} of the iterations that the peers must reproduce."""
    files = {workload: f"{folder}/{workload}.safetensors" for workload in workloads}
    answer([program, f"--preset={preset}", *(f"--export={name}:{path}" for name, path in files.items())],
           "the export of iterations")
    return files


def native(program, workload, precisions, threads, preset, seconds):
    """{"vae/float32": ms, ...} from one run of the C++ program."""
    out = answer([program, f"--threads={threads}", f"--preset={preset}", "--benchmark_format=json",
                  f"--benchmark_min_time={seconds}", f"--benchmark_filter=^{workload}/({'|'.join(precisions)})/"],
                 f"the benchmark of {workload}")
    return {b["name"].removesuffix("/real_time"): b["real_time"] for b in json.loads(out)["benchmarks"]}


def peer(style, workload, path, threads, seconds):
    """Milliseconds of one iteration; runs in a process of its own, as the C++ side does."""
    out = answer([sys.executable, __file__, "--peer", style, workload, path, str(threads), str(seconds)],
                 f"the {style} peer of {workload}")
    return float(out.split()[-1])


def prepare(threads):
    import torch

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)


def run_peer(style, workload, path, threads, seconds):
    prepare(threads)
    contender = WORKLOADS[workload](style, path)
    if complaint := contender.check():
        sys.exit(f"{workload}, {style}: not the same work as in C++: {complaint}")
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds or count < 3:
        contender.update()
        count += 1
    print(1000.0 * (time.perf_counter() - start) / count)


def check(files, threads):
    """A line for each method; whether all agree."""
    prepare(threads)
    complaints = {workload: WORKLOADS[workload]("idiomatic", path).check() for workload, path in files.items()}
    for workload, complaint in complaints.items():
        print(f"{workload}: {complaint or 'the same losses'}")
    return not any(complaints.values())


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def cpu_multiplies_bfloat16():
    flags = pathlib.Path("/proc/cpuinfo").read_text().split()
    return "amx_bf16" in flags or "avx512_bf16" in flags


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--styles", default="idiomatic,tuned,compile")
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output")
    options = parser.parse_args()
    options.workloads = options.workloads.split(",")
    options.styles = options.styles.split(",")
    if unknown := [name for name in options.workloads if name not in WORKLOADS]:
        parser.error(f"there is no method '{unknown[0]}'; known are {', '.join(WORKLOADS)}")
    if unknown := [name for name in options.styles if name not in ("idiomatic", "tuned", "compile")]:
        parser.error(f"there is no style '{unknown[0]}'; known are idiomatic, tuned and compile")
    return options


def measure(options, files, contenders):
    """For every round {"vae/float32": ms, "vae/idiomatic": ms, ...}."""
    rounds = []
    for index in range(options.rounds):
        row = {}
        for workload, path in files.items():
            precisions = ["float32", *(c for c in contenders[workload] if c == "bfloat16")]
            row |= native(options.program, workload, precisions, options.threads, options.preset, options.seconds)
            for style in contenders[workload]:
                if style != "bfloat16":
                    row[f"{workload}/{style}"] = peer(style, workload, path, options.threads, options.seconds)
        rounds.append(row)
        print(f"round {index + 1}: " + "  ".join(f"{k} {v:.1f}" for k, v in row.items()), file=sys.stderr)
    return rounds


def table(options, contenders, rounds):
    lines = [f"{cpu_name()}, {options.threads} threads, {options.rounds} rounds of {options.seconds:g} s each", "",
             "| work | C++ float32, ms | contender | its ms | C++ float32 is faster by |",
             "|---|---|---|---|---|"]
    for workload, names in contenders.items():
        base = f"{workload}/float32"
        for name in names:
            key = f"{workload}/{name}"
            ratio = statistics.median(row[key] / row[base] for row in rounds)
            title = "C++ bfloat16" if name == "bfloat16" else f"PyTorch {name}"
            lines.append(f"| {workload} | {statistics.median(row[base] for row in rounds):.1f} | {title} "
                         f"| {statistics.median(row[key] for row in rounds):.1f} | {ratio:.2f} |")
    return "\n".join(lines) + "\n"


def main():
    options = arguments()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        files = export(options.program, options.workloads, options.preset, folder)
        if options.check:
            sys.exit(0 if check(files, options.threads) else 1)
        contenders = {}
        for workload in options.workloads:
            styles = [style for style in WORKLOADS[workload].styles if style in options.styles]
            reduced = workload in ("alpha-gan", "dcgan") and cpu_multiplies_bfloat16()
            contenders[workload] = [*(["bfloat16"] if reduced else []), *styles]
        rounds = measure(options, files, contenders)
    text = table(options, contenders, rounds)
    print(text)
    if options.output:
        pathlib.Path(options.output).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--peer":
        run_peer(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), float(sys.argv[6]))
    else:
        main()
