"""Search over everything, against the same index in a file without a key; the slowest twentieth counts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence

from desktop.store.database import Database
from desktop.store.find import Find
from tests.bench.measure import Line

ASKED = (
    "tien dien", "tiền điện tháng 3", "0443", "15.400.000", "nha van hoa xi lo", "điện lực", "2026", "6501", "lương",
    "ban muong", "t", "th", "khong co gi nhu the", "công tác phí bản nàng", "9523", "12", "a b c d", "sua chua 10",
)  # fmt: skip
"""From one letter, which half of all words begin with, to what stands nowhere."""
AGAINST = "the same, file without a key"


def lines(ours: Database, plain: Database, many: int) -> Iterator[Line]:
    """Every text is asked five times in both files, in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    finds = (Find(ours), Find(plain))
    assert [hit.ref for hit in finds[0].search("tien dien")] == [hit.ref for hit in finds[1].search("tien dien")]
    for _ in range(5):
        for text in ASKED:
            for find, times in zip(finds, taken, strict=True):
                start = time.perf_counter()
                find.search(text)
                times.append((time.perf_counter() - start) * 1000)
    yield Line(f"search over everything among {many:,}, median", *map(statistics.median, taken), "ms", AGAINST)
    yield Line("search over everything, slowest twentieth (p95)", *map(_p95, taken), "ms", AGAINST)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
