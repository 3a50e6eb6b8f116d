"""Proofs of the room desktop/signing."""
