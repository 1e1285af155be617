"""From everybody's ratings to new points."""
