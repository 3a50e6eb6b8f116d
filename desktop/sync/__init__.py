"""Delivers each package exactly once over a link that keeps dying."""
