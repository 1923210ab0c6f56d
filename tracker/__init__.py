"""tracker: the funding radar of a city's Europe office."""

__version__ = "0.1.0"
