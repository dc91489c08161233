"""Who is crawled: one agency a file."""
