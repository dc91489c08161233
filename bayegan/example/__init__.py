"""A small news agency in Nastooh's markup, served over loopback: what demo, tests and benchmarks crawl.

All of its stories are invented. ``python -m bayegan.example`` serves it until Ctrl-C.
"""

from bayegan.example.app import Example
from bayegan.example.corpus import default_site, stories
from bayegan.example.serving import PortTakenError, serve, serve_example
from bayegan.example.story import Site, Story

__all__ = ["Example", "PortTakenError", "Site", "Story", "default_site", "serve", "serve_example", "stories"]
