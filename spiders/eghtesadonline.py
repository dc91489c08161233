from crawler.families import IranSamaneh


class EghtesadOnline(IranSamaneh):
    """Its pages of 2023 are Asam's, those of 2026 Iran Samaneh's; whether codes live on is not known."""

    name = "eghtesadonline"
    title = "اقتصادآنلاین"
    home = "https://www.eghtesadonline.com"
    home_names_feeds = True
    proven = ("feed",)
