"""Proofs of the room desktop/store."""
