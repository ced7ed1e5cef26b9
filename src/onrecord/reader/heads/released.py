"""Which weights this release of Onrecord reads with. Written by `training.export` when it writes the package's own."""

RELEASED = (
    "32c3d95ded19cc9aae0dcf01106b263b11a3243bb29ca642a464827f04ce8e64"  # SHA-256 of reader.json, which has the others'
)
