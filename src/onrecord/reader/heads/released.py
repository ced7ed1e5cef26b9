"""Which weights this release of Onrecord reads with. Written by `training.release` with the package's own."""

RELEASED = (
    "864c0d7858d29b09da2ae8ab568a4e8a819d840888f2d71a27f5cc0f9ea1b452"  # SHA-256 of reader.json, which has the others'
)
