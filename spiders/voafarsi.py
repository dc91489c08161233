from crawler.families import Pangea


class VoaFarsi(Pangea):
    name = "voafarsi"
    title = "صدای آمریکا فارسی"
    home = "https://ir.voanews.com"
    feeds = ("/api/zmgqoe$mvi",)
    proven = ("feed",)
