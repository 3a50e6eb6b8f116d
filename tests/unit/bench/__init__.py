"""The benchmark itself works; what it measures is judged by people, not by tests."""
