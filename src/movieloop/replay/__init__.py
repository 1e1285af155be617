"""Predict, then learn: histories replayed event by event, and how well that went."""
