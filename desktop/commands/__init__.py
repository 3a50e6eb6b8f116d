"""The commands behind `vungxa`, one file a group: the headless composition root beside cli.py."""
