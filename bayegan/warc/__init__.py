"""WARC, the field's file of captures: how pages come in and go out."""
