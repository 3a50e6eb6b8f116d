"""Proofs with real processes and real link faults."""
