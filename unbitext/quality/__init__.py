"""Quality: what the corpus scores against gold made by people, and checks that need none."""
