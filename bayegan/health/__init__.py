"""Is an agency healthy? Its last run is measured, compared with its own past, and judged; values in, values out."""
