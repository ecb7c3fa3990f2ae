"""Looking up words in a corpus: both languages of each place, from an index that is derived and can be rebuilt."""
