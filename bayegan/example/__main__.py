"""``python -m bayegan.example [--port 8765] [--stories 40] [--published 3]``: serve the example site until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from threading import Event

from bayegan.example import PortTakenError, default_site, serve_example


def main(arguments: list[str] | None = None) -> int:
    """Serve and print the address on one line; 1 where the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m bayegan.example", description="Serve the built-in example site.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8765, help="0 takes any free port")
    parser.add_argument("--stories", type=int, default=40, help="how many stories the site has")
    parser.add_argument("--published", type=int, default=0, help="how many later stories are out already")
    given = parser.parse_args(arguments)
    try:
        with serve_example(default_site(given.stories), port=given.port, host=given.host) as site:
            site.publish(given.published)
            sys.stdout.write(f"{site.url}\n")
            sys.stdout.flush()
            Event().wait()
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
