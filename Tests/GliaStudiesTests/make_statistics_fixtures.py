"""Makes Fixtures/statistics.json: tables of scores and what SciPy, statsmodels and scikit-posthocs say about them.

Needs: pip install numpy scipy statsmodels scikit-posthocs (made with SciPy 1.17.1, statsmodels 0.15.0, scikit-posthocs 0.17.1)
Usage: python3 make_statistics_fixtures.py
"""

import json
import math
import pathlib

import numpy as np
import scikit_posthocs
from scipy import special, stats
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(7)


def plain(value):
    """Returns numbers as JSON has them, infinity as a text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else "inf"
    return value


def signed_ranks(first, second):
    """The exact p-values over all choices of signs for up to 13 differences or without ties, and the normal ones."""
    first, second = np.array(first, float), np.array(second, float)
    kept = first != second
    differences = first[kept] - second[kept]
    sizes = np.abs(differences)
    has_ties = len(np.unique(sizes)) < len(sizes)
    # Only the ranks count, and SciPy does not take infinity.
    values = np.zeros(len(kept))
    values[kept] = np.sign(differences) * stats.rankdata(sizes)
    result = {"statistic": stats.wilcoxon(values, method="asymptotic", correction=False).statistic}
    for name in ["two-sided", "less", "greater"]:
        key = name.replace("-sided", "Sided")
        normal = stats.wilcoxon(values, method="asymptotic", correction=False, alternative=name).pvalue
        result.setdefault("normal", {})[key] = normal
        if len(differences) <= 13:
            method = stats.PermutationMethod(n_resamples=10**6)
        elif not has_ties:
            method = "exact"
        else:
            continue
        # Differences of zero only double the number of choices.
        exact = stats.wilcoxon(values[kept], method=method, alternative=name).pvalue
        result.setdefault("exact", {})[key] = exact
    return result


def pairs():
    cases = []
    for n in [5, 8, 12, 20, 25, 26, 60, 200]:
        first = random.normal(size=n).round(4)
        cases.append((first, (first - random.normal(0.2, 1, size=n)).round(4)))
    for n in [6, 10, 13, 22, 40]:
        cases.append((random.integers(0, 5, size=n), random.integers(0, 4, size=n)))
    cases.append(([1, 2, 3, 4, 9, 7], [1, 2, 3, 4, 8, 9]))
    cases.append(([0.5, 0.25, math.inf, 0.75, math.inf, 1, 0.125], [0.25, 0.5, 1, 0.5, math.inf, math.inf, 0]))
    return [
        {"first": list(map(float, a)), "second": list(map(float, b)), **signed_ranks(a, b)} for a, b in cases
    ]


def friedman(rows):
    """SciPy's test needs three methods; for two, its formula."""
    table = np.array(rows, float)
    n, k = table.shape
    ranks = stats.rankdata(table, axis=1)
    if k > 2:
        statistic, p = stats.friedmanchisquare(*ranks.T)
    else:
        ties = sum(t**3 - t for row in ranks for t in np.unique(row, return_counts=True)[1])
        sums = ranks.sum(axis=0)
        statistic = (12 / (k * n * (k + 1)) * (sums**2).sum() - 3 * n * (k + 1)) / (1 - ties / (k * (k * k - 1) * n))
        p = stats.chi2.sf(statistic, k - 1)
    f = (n - 1) * statistic / (n * (k - 1) - statistic)
    conover = {
        name: scikit_posthocs.posthoc_conover_friedman(ranks, p_adjust=adjust).to_numpy()
        for name, adjust in [("none", None), ("holm", "holm")]
    }
    return {
        "rows": rows, "averageRanks": ranks.mean(axis=0), "statistic": statistic, "pValue": p, "imanDavenport": f,
        "imanDavenportPValue": stats.f.sf(f, k - 1, (k - 1) * (n - 1)),
        "nemenyi": scikit_posthocs.posthoc_nemenyi_friedman(ranks).to_numpy(), "conover": conover,
    }


def tables():
    cases = []
    for k in range(2, 13):
        n = int(random.integers(4, 20))
        cases.append((random.normal(size=(n, k)) + 0.3 * np.arange(k)).round(3))
    for k, n, most in [(2, 9, 3), (3, 5, 3), (4, 12, 2), (6, 30, 4), (12, 8, 5)]:
        cases.append(random.integers(0, most, size=(n, k)))
    cases.append((random.normal(size=(60, 5)) + 0.5 * np.arange(5)).round(3))
    diverged = random.normal(size=(10, 4)).round(3)
    diverged[random.random((10, 4)) < 0.3] = math.inf
    cases.append(diverged)
    return [friedman([list(map(float, row)) for row in case]) for case in cases]


def quantiles():
    cases = [random.normal(size=n).round(3) for n in [1, 2, 5, 10, 31]]
    levels = [0, 0.025, 0.1, 0.25, 0.5, 0.9, 1]
    return [{"scores": list(case), "levels": levels, "values": np.quantile(case, levels)} for case in cases]


def bootstrap():
    """The exact bootstrap distribution of the median of an odd number of scores, by order statistics."""
    cases = []
    for n in [7, 17, 19, 39]:
        scores = np.sort(random.normal(size=n).round(3))
        # The median is at most the i-th score if at least (n + 1) / 2 of the n draws are.
        below = stats.binom.sf((n + 1) // 2 - 1, n, np.arange(1, n + 1) / n)
        cases.append({"scores": scores, "low": scores[(below < 0.025).sum()], "high": scores[(below < 0.975).sum()]})
    return cases


def functions():
    gamma = [[a, x, special.gammaincc(a, x)] for a in [0.5, 1, 3, 20.5, 1000] for x in [0, 0.01, 1, 5, 30, 990, 1100]]
    beta = [
        [x, a, b, special.betainc(a, b, x)]
        for x in [0, 1e-6, 0.1, 0.5, 0.9, 1] for a, b in [(0.5, 0.5), (1, 3), (5, 0.5), (40, 60), (500, 2)]
    ]
    normal = [[z, stats.norm.cdf(z)] for z in [-30, -8, -1.96, 0, 0.5, 3, 9]]
    ranges = [[q, k, stats.studentized_range.sf(q, k, np.inf)] for q in [0.01, 0.5, 2, 3.5, 6] for k in [2, 3, 7, 12, 40]]
    critical = [[a, k, stats.studentized_range.isf(a, k, np.inf)] for a in [0.01, 0.05, 0.1] for k in [2, 3, 5, 10, 12]]
    return {"gamma": gamma, "beta": beta, "normal": normal, "ranges": ranges, "critical": critical}


def holm():
    cases = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.01, 0, 1], list(random.random(12).round(4) ** 3)]
    return [{"pValues": case, "corrected": multipletests(case, method="holm")[1]} for case in cases]


fixture = {
    "pairs": pairs(), "tables": tables(), "quantiles": quantiles(), "bootstrap": bootstrap(),
    "functions": functions(), "holm": holm(),
}
path = pathlib.Path(__file__).parent / "Fixtures" / "statistics.json"
path.parent.mkdir(exist_ok=True)
entries = [f'"{key}": {json.dumps(plain(value))}' for key, value in fixture.items()]
path.write_text("{\n" + ",\n".join(entries) + "\n}\n")
