"""The newcomer's tour: read the files in the order of their numbers. One idea per test; the docstring says it."""
