"""What is known of each document in each language; derived from the store and the corpus, and so can be made anew."""
