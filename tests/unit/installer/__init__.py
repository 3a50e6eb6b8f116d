"""Proofs of what set-up and packaging collect."""
