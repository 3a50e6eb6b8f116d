"""Builds what is shipped: fonts and icons collected, the frozen folder, its smoke run."""
