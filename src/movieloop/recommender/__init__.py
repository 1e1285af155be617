"""MovieLoop, the service: recommend, learn, explain, retrain."""
