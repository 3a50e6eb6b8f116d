"""Tokens, signatures and containers, so that a package verifies without this program."""
