"""Proves the main job end to end with real processes, tokens and link faults."""
