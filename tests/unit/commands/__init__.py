"""Proofs of the room desktop/commands."""
