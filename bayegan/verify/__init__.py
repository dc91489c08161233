"""The checks that `bayegan verify` makes, one room for each part of the archive; `table` has them all in order."""
