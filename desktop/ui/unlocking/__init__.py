"""Parts of the unlock screen."""
