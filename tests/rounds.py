"""How often a test of chance is repeated: a short form in the ordinary run, the long one by `make soak`."""

import os


def rounds(short: int, long: int) -> int:
    """Give the number of rounds of this run."""
    return long if os.environ.get("VUNGXA_SOAK") == "1" else short
