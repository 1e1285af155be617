"""The page's first paint and its files."""
