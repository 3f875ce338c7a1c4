#!/usr/bin/env python3
"""The benchmark's Elman problem in NumPy or PyTorch, for bench_engine to run beside the engine.

    train.py numpy|torch H INPUTS K1 K2 UPDATES SECONDS

Prints the summed loss of the first UPDATES updates and the time steps trained per second of processor time.
Ends with 3 where the library is not installed. The problem is that of yardstick/problem.cpp.
"""
import math
import sys
import time

STEPS = 2000  # then the series starts again, with the state carried on
MOMENTUM = 0.9


class Numbers:
    """Park and Miller's generator; its products are exact in doubles."""

    def __init__(self, seed):
        self.state = float(seed)

    def symmetric(self):
        self.state = math.fmod(16807.0 * self.state, 2147483647.0)
        return 2.0 * (self.state / 2147483647.0) - 1.0

    def matrix(self, rows, columns, scale):
        return [[self.symmetric() * scale for _ in range(columns)] for _ in range(rows)]


class Problem:
    def __init__(self, np, units, inputs, k1, k2):
        self.units, self.inputs, self.k1, self.k2 = units, inputs, k1, k2
        self.rate = 0.1 / (k1 * units)
        weights = Numbers(12345)
        scale = 1.0 / math.sqrt(units)
        self.w_x = np.array(weights.matrix(units, inputs, 0.5))
        self.w_h = np.array(weights.matrix(units, units, scale))
        self.w_y = np.array(weights.matrix(inputs, units, scale))
        self.x = np.array(Numbers(6789).matrix(STEPS, inputs, 1.0))
        self.y = 0.5 * np.roll(self.x, 2, 0) + 0.25 * np.roll(np.roll(self.x, 1, 0), -1, 1)


class NumpyLoop:
    """Written with care: no allocation in the loop over time that could be avoided, the gradient of a window
    as one product, input and output of the new steps as products."""

    def __init__(self, problem):
        import numpy as np

        self.np, self.p = np, problem
        p = problem
        # Bias as one more input that is 1. Rows are time steps.
        self.w_x = np.hstack([p.w_x, np.zeros((p.units, 1))])
        self.w_h, self.w_y = p.w_h.copy(), np.hstack([p.w_y, np.zeros((p.inputs, 1))])
        self.velocity = [np.zeros_like(w) for w in (self.w_x, self.w_h, self.w_y)]
        self.x = np.hstack([p.x, np.ones((STEPS, 1))])
        self.h = np.zeros((STEPS + 1, p.units + 1))  # row t + 1 is the state after step t; the last column is 1
        self.delta = np.zeros((p.k2 + 1, p.units))
        self.t = 0

    def update(self):
        np, p = self.np, self.p
        first, last = self.t, self.t + p.k1
        h, w_h = self.h, self.w_h
        state = h[:, : p.units]
        h[first + 1 : last + 1, p.units] = 1.0
        net = self.x[first:last] @ self.w_x.T
        for i in range(p.k1):
            net[i] += w_h @ state[first + i]
            np.tanh(net[i], out=state[first + i + 1])
        error = h[first + 1 : last + 1] @ self.w_y.T - p.y[first:last]
        cut = max(0, last - p.k2)
        length = last - cut
        arriving = error @ self.w_y[:, : p.units]
        slope = 1.0 - state[cut + 1 : last + 1] ** 2
        delta = self.delta
        delta[length] = 0.0
        back = w_h.T
        new = length - p.k1
        for s in range(length - 1, -1, -1):
            arrives = back @ delta[s + 1]
            if s >= new:
                arrives += arriving[s - new]
            np.multiply(arrives, slope[s], out=delta[s])
        window = delta[:length]
        gradients = (
            window.T @ self.x[cut:last],
            window.T @ state[cut:last],
            error.T @ h[first + 1 : last + 1],
        )
        for w, v, g in zip((self.w_x, self.w_h, self.w_y), self.velocity, gradients):
            v *= MOMENTUM
            v -= p.rate * g
            w += v
        self.t = last
        if last + p.k1 > STEPS:
            h[0] = h[last]
            self.t = 0
        return 0.5 * float(np.vdot(error, error))


class TorchLoop:
    """nn.RNN on the window. For k1 < k2 autograd has to run the old steps again from the state at the cut,
    with the weights of now; then the losses are not those of a stored history."""

    def __init__(self, problem):
        import torch

        torch.set_num_threads(1)
        torch.set_default_dtype(torch.float64)
        self.torch, self.p = torch, problem
        p = problem
        self.rnn = torch.nn.RNN(p.inputs, p.units)
        self.output = torch.nn.Linear(p.units, p.inputs)
        with torch.no_grad():
            self.rnn.weight_ih_l0.copy_(torch.from_numpy(p.w_x))
            self.rnn.weight_hh_l0.copy_(torch.from_numpy(p.w_h))
            self.output.weight.copy_(torch.from_numpy(p.w_y))
            for bias in (self.rnn.bias_ih_l0, self.rnn.bias_hh_l0, self.output.bias):
                bias.zero_()
        self.rnn.bias_hh_l0.requires_grad_(False)  # one bias is enough
        parameters = [w for m in (self.rnn, self.output) for w in m.parameters() if w.requires_grad]
        self.optimizer = torch.optim.SGD(parameters, lr=p.rate, momentum=MOMENTUM)
        self.x, self.y = torch.from_numpy(p.x), torch.from_numpy(p.y)
        self.states = [torch.zeros(1, p.units)]  # after step t
        self.t = 0

    def update(self):
        p = self.p
        last = self.t + p.k1
        cut = max(0, last - p.k2)
        out, _ = self.rnn(self.x[cut:last], self.states[cut])
        error = self.output(out[-p.k1 :]) - self.y[self.t : last]
        loss = 0.5 * (error * error).sum()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.states.extend(out.detach()[-p.k1 :].unsqueeze(1))
        self.t = last
        if last + p.k1 > STEPS:
            self.states = [self.states[-1]]
            self.t = 0
        return loss.item()


def main():
    library = sys.argv[1]
    units, inputs, k1, k2, updates = map(int, sys.argv[2:7])
    seconds = float(sys.argv[7])
    try:
        import numpy

        if library == "torch":
            import torch  # noqa: F401
    except ImportError:
        return 3
    problem = Problem(numpy, units, inputs, k1, k2)
    loop = (TorchLoop if library == "torch" else NumpyLoop)(problem)
    loss = sum(loop.update() for _ in range(updates))
    done, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        for _ in range(10):
            loop.update()
        done += 10 * k1
    print(f"{loss!r} {done / (time.process_time() - start)!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
