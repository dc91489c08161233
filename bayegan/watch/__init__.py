"""Who is told of crawls that nobody looks at: alerts, figures, a watch that is pinged."""
