"""Prints the median seconds of a PyTorch training step of the deep network, one thread.

Run as a script by an interpreter that has PyTorch: torch_step.py depth width batch rounds. It
imports nothing of the project, so that this interpreter needs nothing else.
"""

import sys
from statistics import median
from time import perf_counter
from typing import Any

import torch  # type: ignore[import-not-found,unused-ignore]


def main(depth: int, width: int, batch: int, rounds: int) -> float:
    torch.set_num_threads(1)
    layers: list[Any] = []
    for n_inputs in [64] + [width] * (depth - 1):
        layers += [
            torch.nn.Linear(n_inputs, width, bias=False),
            torch.nn.BatchNorm1d(width),
            torch.nn.ReLU(),
        ]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(width, 10))
    descent = torch.optim.SGD(network.parameters(), lr=0.1)
    images, labels = torch.randn(batch, 64), torch.randint(10, (batch,))
    times = []
    for _ in range(rounds):
        start = perf_counter()
        descent.zero_grad()
        torch.nn.functional.cross_entropy(network(images), labels).backward()
        descent.step()
        times.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
