"""Optuna's median regret on five test functions, beside which Glia's strategies are compared.

    pip install optuna scipy torch
    python3 Tests/Peers/optuna_search.py [SEEDS]
    GLIA_REGRET_SEEDS=20 swift test -c release -Xswiftc -enable-testing --filter RegretTable

Prints, for each function, the median regret after 20, 30, 40, 50, 70 and 100 trials, and the time per trial.
"""

import math
import statistics
import sys
import time
import warnings

import optuna

COUNTS = [20, 30, 40, 50, 70, 100]

SCALES = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
CENTERS = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def branin(x):
    valley = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


def hartmann6(x):
    return -sum(
        weight * math.exp(-sum(a * (u - c) ** 2 for a, u, c in zip(scale, x, center)))
        for weight, scale, center in zip([1, 1.2, 3, 3.2], SCALES, CENTERS)
    )


def ackley5(x):
    square, wave = sum(u * u for u in x) / 5, sum(math.cos(2 * math.pi * u) for u in x) / 5
    return 20 - 20 * math.exp(-0.2 * math.sqrt(square)) + math.e - math.exp(wave)


def rosenbrock4(x):
    return sum(100 * (v - u * u) ** 2 + (1 - u) ** 2 for u, v in zip(x, x[1:]))


def levy4(x):
    w = [1 + (u - 1) / 4 for u in x]
    middle = sum((u - 1) ** 2 * (1 + 10 * math.sin(math.pi * u + 1) ** 2) for u in w[:-1])
    end = (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)
    return math.sin(math.pi * w[0]) ** 2 + middle + end


FUNCTIONS = [
    (branin, [(-5, 10), (0, 15)], 0.3978873577297382),
    (hartmann6, [(0, 1)] * 6, -3.322368011415515),
    (ackley5, [(-32.768, 32.768)] * 5, 0),
    (rosenbrock4, [(-5, 10)] * 4, 0),
    (levy4, [(-10, 10)] * 4, 0),
]
SAMPLERS = [
    ("random", optuna.samplers.RandomSampler),
    ("tpe", optuna.samplers.TPESampler),
    ("gp", optuna.samplers.GPSampler),
]


def regrets(function, bounds, minimum, sampler):
    study = optuna.create_study(sampler=sampler)
    study.optimize(
        lambda trial: function([trial.suggest_float(f"x{i}", *ends) for i, ends in enumerate(bounds)]),
        n_trials=COUNTS[-1],
    )
    best, found = [], math.inf
    for trial in study.trials:
        found = min(found, trial.value - minimum)
        best.append(found)
    return best


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for function, bounds, minimum in FUNCTIONS:
        for name, sampler in SAMPLERS:
            start = time.time()
            runs = [regrets(function, bounds, minimum, sampler(seed=seed)) for seed in range(seeds)]
            seconds = (time.time() - start) / seeds
            medians = [f"{statistics.median(run[count - 1] for run in runs):.4g}" for count in COUNTS]
            print(function.__name__, name, *medians, f"{seconds * 1000 / COUNTS[-1]:.3g} ms per trial", flush=True)


if __name__ == "__main__":
    main()
