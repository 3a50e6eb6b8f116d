"""Proofs of the gateway."""
