"""The tests: a package, so that a library that installs a package of the same name does not stand in for them."""
