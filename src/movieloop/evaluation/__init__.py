"""How good is it? Replays, metrics, peers, reports."""
