"""What the package is made of and stands on: its locks, the licences of others, the bill of materials."""
