"""Whose the texts are, as every release says it."""

LICENCE_URL = "https://www.un.org/en/about-us/terms-of-use"

TERMS = """\
The texts are the United Nations'. Documents issued under a symbol are in general not under copyright by its
administrative instruction ST/AI/189/Add.9/Rev.2; what is taken from its websites is subject to their
[terms of use](https://www.un.org/en/about-us/terms-of-use). Name the United Nations as the source. The United Nations
has not reviewed, and does not endorse, this corpus: the documents as it publishes them are the only authentic ones.

Whoever made this release adds structure, links and scores, and claims no right in the texts. unbitext, the program, is
under the Apache License 2.0.
"""
