"""Crawls side by side in one process: how they begin, how far they may go, how they end, and their bars."""
