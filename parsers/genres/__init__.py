"""One module a genre: from lines to blocks."""
