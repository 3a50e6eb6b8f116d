"""Proofs that the program keeps its promises."""
