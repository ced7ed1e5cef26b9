"""Which weights this release of Onrecord reads with. Written by `training.release` with the package's own."""

RELEASED = {  # reader → the SHA-256 of its reader.json, which has those of its other files
    "full": "864c0d7858d29b09da2ae8ab568a4e8a819d840888f2d71a27f5cc0f9ea1b452",
    "small": "758ce0ad21e6fc4b0da6e4543d75942c6921cbdb0a18a7c3fd88ef8a2919eaee",
}
