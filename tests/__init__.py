"""The tests. A package in its own right: a library that the tests need installs one of the same name, which would win."""
