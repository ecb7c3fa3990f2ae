"""Sources: discovering documents and fetching them. The only code of the project that touches the network."""
