"""Proofs of the room desktop/dossier."""
