"""What scrapyd-deploy makes an egg from: the four packages, and the settings' name, by which Scrapyd finds them."""

from setuptools import find_packages, setup

setup(
    name="bayegan",
    packages=find_packages(),
    package_data={"bayegan.example": ["pages/*", "texts/*"]},
    entry_points={"scrapy": ["settings = crawler.settings"]},
)
