"""The commands by theme: what is read, asked, told, ruled, checked. Each is a thin line over the package's functions."""
