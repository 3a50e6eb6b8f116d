"""Proofs of the room desktop/ui."""
