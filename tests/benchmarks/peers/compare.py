#!/usr/bin/env python3
"""Times the C++ program and the three PyTorch styles side by side, in rounds, and prints ratios.

    compare.py BENCH_TRAINING [--threads 2] [--rounds 5] [--seconds 4] [--preset standard] [--output FILE.md]

Every round times every contender once, in turn, so that a machine whose speed drifts drifts for all. Quoted
are medians over the rounds, and the median of the ratios taken within each round.
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


def native(program, threads, preset, seconds):
    """{"alpha-gan/float32": ms, ...} from one run of the C++ program."""
    out = subprocess.run([program, f"--threads={threads}", f"--preset={preset}", "--benchmark_format=json",
                          f"--benchmark_min_time={seconds}"], check=True, capture_output=True, text=True)
    return {b["name"].removesuffix("/real_time"): b["real_time"] for b in json.loads(out.stdout)["benchmarks"]}


def peer(style, workload, path, threads, seconds):
    """Milliseconds of one update; runs in a process of its own, as the C++ side does."""
    out = subprocess.run([sys.executable, __file__, "--peer", style, workload, path, str(threads), str(seconds)],
                         check=True, capture_output=True, text=True)
    return float(out.stdout.split()[-1])


def run_peer(style, workload, path, threads, seconds):
    import torch

    import workloads

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    contender = workloads.WORKLOADS[workload](style, path)
    contender.check()
    contender.update()
    count, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds or count < 3:
        contender.update()
        count += 1
    elapsed = time.perf_counter() - start
    print(1000.0 * elapsed / count)


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def cpu_can(flag):
    return f" {flag}" in pathlib.Path("/proc/cpuinfo").read_text()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--styles", default="idiomatic,tuned,compile")
    parser.add_argument("--output")
    options = parser.parse_args()
    styles = options.styles.split(",")
    os.environ["OMP_NUM_THREADS"] = str(options.threads)

    with tempfile.TemporaryDirectory() as folder:
        files = {"alpha-gan": f"{folder}/alpha.safetensors", "dcgan": f"{folder}/dcgan.safetensors"}
        subprocess.run([options.program, f"--preset={options.preset}",
                        f"--export-alpha-gan={files['alpha-gan']}", f"--export-dcgan={files['dcgan']}"], check=True)
        rounds = []
        for index in range(options.rounds):
            row = native(options.program, options.threads, options.preset, options.seconds)
            for workload, path in files.items():
                for style in styles:
                    row[f"{workload}/{style}"] = peer(style, workload, path, options.threads, options.seconds)
            rounds.append(row)
            print(f"round {index + 1}: " + "  ".join(f"{k} {v:.1f}" for k, v in row.items()), file=sys.stderr)

    lines = [f"{cpu_name()}, {options.threads} threads, {options.rounds} rounds of {options.seconds:g} s each"
             f"{', AMX' if cpu_can('amx_bf16') else ', no AMX'}", "",
             "| work | contender | ms (median) | C++ float32 is faster by | C++ bfloat16 is faster by |",
             "|---|---|---|---|---|"]
    for workload in files:
        for contender in ("float32", "bfloat16", *styles):
            key = f"{workload}/{contender}"
            ratio = [statistics.median(r[key] / r[f"{workload}/{precision}"] for r in rounds)
                     for precision in ("float32", "bfloat16")]
            name = f"C++ {contender}" if contender in ("float32", "bfloat16") else f"PyTorch {contender}"
            lines.append(f"| {workload} | {name} | {statistics.median(r[key] for r in rounds):.1f} "
                         f"| {ratio[0]:.2f} | {ratio[1]:.2f} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output:
        pathlib.Path(options.output).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--peer":
        run_peer(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), float(sys.argv[6]))
    else:
        main()
