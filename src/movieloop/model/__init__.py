"""The model: where the movies stand, and what follows from it; no I/O."""
