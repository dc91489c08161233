"""What `scrapyd-deploy` makes an egg from: the four packages, and the settings' name, by which Scrapyd finds them."""

from setuptools import setup

setup(
    name="bayegan",
    packages=[],
    entry_points={"scrapy": ["settings = crawler.settings"]},
)
