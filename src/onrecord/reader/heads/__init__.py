"""Text → `Annotated`: words, windows, one run of the encoder a window, and what its heads say put together."""
