"""A small HTTPS gateway for tests: speaks docs/protocol.md rightly, and wrongly on demand."""
