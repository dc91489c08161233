from crawler.families import IranSamaneh


class FarazDaily(IranSamaneh):
    name = "farazdaily"
    title = "farazdaily.com"
    home = "https://farazdaily.com"
