"""The rank by measuring everything."""

import numpy as np

from movieloop.taste import manhattan_distance


def brute_rank(profile, points, row, allowed):
    distances = manhattan_distance(profile, points)
    others = np.flatnonzero(allowed)
    nearer = distances[others] < distances[row]
    tied = (distances[others] == distances[row]) & (others < row)
    return 1 + int((nearer | tied).sum())
