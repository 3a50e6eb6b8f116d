"""Proofs of the promises between rooms."""
