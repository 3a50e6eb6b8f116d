"""Fast proofs, one folder a room."""
