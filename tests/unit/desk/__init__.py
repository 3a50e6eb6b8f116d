"""Proofs of the room desktop/desk."""
