"""Proofs of the room desktop/exchange."""
