"""Copies: texts signed as they come in, compared with who shares their keys, and told."""
