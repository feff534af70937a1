"""How a server behaves when it is asked for more than it can do: `make load`. Not part of the tests; needs a quiet machine."""
