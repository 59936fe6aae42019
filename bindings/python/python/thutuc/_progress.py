"""What shows how far long work is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO, TypeAlias

Report: TypeAlias = Callable[[int, "int | None"], object]
"""Takes how many cases are decided, and of how many if that is known."""

WAIT = 1.0
"""Work that is over in so many seconds shows nothing."""

EVERY = 0.1
"""Seconds between two pictures."""

WIDTH = 30


class Bar:
    """A line on standard error that is written over and over, and wiped off at the end."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.begun = time.monotonic()
        self.next = self.begun + WAIT
        self.shown = 0

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + EVERY
        rate = done / (now - self.begun)
        if total:
            share = min(done / total, 1.0)
            filled = round(share * WIDTH)
            left = (total - done) / rate if rate else 0.0
            line = f"{'█' * filled}{'░' * (WIDTH - filled)} {share:4.0%}  {done:,} / {total:,}  {rate / 1e6:.1f} M/s  {left:.0f} s"
        else:
            line = f"{done:,}  {rate / 1e6:.1f} M/s"
        self.out.write("\r" + line.ljust(self.shown))
        self.out.flush()
        self.shown = len(line)

    def close(self) -> None:
        """Wipes the line off."""
        if self.shown:
            self.out.write("\r" + " " * self.shown + "\r")
            self.out.flush()
            self.shown = 0


def reporter(progress: bool | Report | None) -> Report | None:
    """A callable as it is; a bar if wanted, or if nothing is said and somebody looks at standard error."""
    if callable(progress):
        return progress
    if progress is None:
        progress = sys.stderr is not None and sys.stderr.isatty()
    return Bar(sys.stderr) if progress else None
