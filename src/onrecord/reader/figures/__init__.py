"""Numbers → figures: intervals with bounds, units, what is counted and whose."""

from onrecord.reader.figures.decoder import FigureContext, read_figures

__all__ = ["FigureContext", "read_figures"]
