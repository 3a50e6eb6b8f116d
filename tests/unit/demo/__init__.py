"""Proofs of the room desktop/demo."""
