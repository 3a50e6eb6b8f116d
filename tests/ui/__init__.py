"""Proofs of the window, run with real Qt."""
