from crawler.families import Generic


class IranNewspaper(Generic):
    """Whole issues as PDF; of articles of its own nothing is known."""

    name = "iran_newspaper"
    title = "روزنامه ایران"
    home = "https://irannewspaper.ir"
