#!/usr/bin/env python3
"""Compares the speed of Glia with other libraries on this machine.

Installs the peers from PyPI into a virtual environment (.build/peers, some gigabytes for PyTorch), builds the benchmark
in release mode, and runs each workload with each program in turn over several rounds. Ratios compare consecutive runs, so
that changes in clock speed have little effect. Run nothing else at the same time.

    python3 Tests/Benchmarks/Peers/compare.py
    python3 Tests/Benchmarks/Peers/compare.py tiny spiral --peers jax,pytorch --rounds 5
    python3 Tests/Benchmarks/Peers/compare.py gemm --peers onednn     # after apt-get install libdnnl-dev
    python3 Tests/Benchmarks/Peers/compare.py --isa avx2              # all programs held to AVX2
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
VENV = ROOT / ".build" / "peers"
WORKLOADS = ["tiny", "spiral", "mnist", "wide", "grid", "one", "adam"]
PRODUCTS = [f"gemm_{kind}_{size}" for size in (32, 64, 128, 256, 512, 1024, 2048) for kind in ("nt", "nn", "tn")]
PACKAGES = {"jax": ["jax", "optax"], "pytorch": ["torch"], "keras": ["keras", "jax"], "scikit-learn": ["scikit-learn"]}
OTHERS = {"onednn": []}
# What holds each program to an instruction set, on a processor that has more.
INSTRUCTIONS = {
    "avx2": {
        "GLIA_KERNELS": "avx2",
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    }
}


def prepare(peers):
    """The virtual environment's Python and the benchmark's path."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    packages = sorted({package for peer in peers for package in {**PACKAGES, **OTHERS}[peer]})
    subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy", *packages], check=True)
    build = ["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "glia-benchmark"]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    folder = subprocess.run([*build, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return python, Path(folder) / "glia-benchmark"


def measure(command, settings):
    """The measurement, or None if the program does not support the workload."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **settings})
    if done.returncode != 0:
        print(f"{' '.join(map(str, command))} failed:\n{done.stderr}", file=sys.stderr)
        return None
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else None


def processor():
    try:
        names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        return names[0].split(":")[1].strip()
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def shown(us):
    """Formats a time with three digits in a suitable unit."""
    value, unit = (us, "µs") if us < 1000 else (us / 1000, "ms")
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def row(work, times, peers):
    """The medians, and the ratio of the fastest peer's time to Glia's in every round."""
    middle = {name: statistics.median(values) for name, values in times.items() if values}
    cells = [shown(middle[name]) if name in middle else "–" for name in ["glia", *peers]]
    rivals = [name for name in peers if name in middle]
    if "glia" not in middle or not rivals:
        return [work, *cells, "–"]
    ratios = sorted(min(rival) / own for own, *rival in zip(times["glia"], *(times[name] for name in rivals)))
    spread = f" ({ratios[0]:.2g} – {ratios[-1]:.2g})" if len(ratios) > 1 else ""
    return [work, *cells, f"{statistics.median(ratios):.2g}{spread}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", nargs="*", metavar="WORKLOAD", help=f"{', '.join(WORKLOADS)}, gemm; default: all but gemm")
    parser.add_argument("--peers", default=",".join(PACKAGES), help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is run, default: %(default)s")
    parser.add_argument("--isa", choices=INSTRUCTIONS, help="hold all programs to this instruction set")
    options = parser.parse_args()
    settings = INSTRUCTIONS.get(options.isa, {})
    peers = options.peers.split(",")
    wanted = [name for work in options.work or WORKLOADS for name in (PRODUCTS if work == "gemm" else [work])]
    unknown = [name for name in wanted if name not in WORKLOADS + PRODUCTS]
    unknown += [name for name in peers if name not in {**PACKAGES, **OTHERS}]
    if unknown or options.rounds < 1:
        parser.error(f"unknown: {', '.join(unknown)}" if unknown else "at least one round is needed")
    python, benchmark = prepare(peers)
    kernels = measure([benchmark, "--json", "one"], settings)["kernels"]
    print(f"{processor()}, {os.cpu_count()} processors, {kernels}; time a step, and best peer / Glia "
          f"(of {options.rounds} rounds)\n")
    print("| workload |", " | ".join(["Glia", *peers]), "| best / Glia |\n|---|" + "---|" * (len(peers) + 2))
    for work in wanted:
        times = {name: [] for name in ["glia", *peers]}
        for _ in range(options.rounds):
            for name in times:
                command = [benchmark, "--json", work] if name == "glia" else [python, HERE / "peers.py", name, work]
                measured = measure(command, settings)
                if measured is not None:
                    times[name].append(measured["us"])
        print("|", " | ".join(row(work, times, peers)), "|", flush=True)


if __name__ == "__main__":
    main()
