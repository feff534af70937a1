"""Tests, one file per room or door. A package, so that what they share is imported as `tests.<name>`."""
