"""The tests: a package, so that a library that installs one of the same name does not win over it."""
