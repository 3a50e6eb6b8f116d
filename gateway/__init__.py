"""The Treasury's side of the protocol: receives, verifies, decides and publishes the feed."""
