"""Speed and size of the program, each number beside a simple baseline of the same run: python -m tests.bench."""
