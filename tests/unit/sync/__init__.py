"""Proofs of the room desktop/sync."""
