from crawler.families import Pangea


class RadioFarda(Pangea):
    """Nine different feed addresses are told of it: ask before relying on this one."""

    name = "radiofarda"
    title = "رادیو فردا"
    home = "https://www.radiofarda.com"
    feeds = ("/api/zrttpol-vomx-tpeoogpi",)
    proven = ("address",)
