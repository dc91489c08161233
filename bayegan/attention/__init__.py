"""How much was written of something, and in which words: trends, comparisons, and pictures of both."""
