"""One measured line of the benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`value` in `unit`; `limit` is what it may be at most (None: for comparison); `ratio` compares within the run."""

    group: str
    name: str
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """True or False against the limit (the ratio counts where there is one); None without a limit."""
        if self.limit is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.limit
