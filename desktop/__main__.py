"""Lets `python -m desktop` and the frozen program start the same command line as `vungxa`."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
