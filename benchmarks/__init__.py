"""How fast and how right: `make bench` prints the figures."""
