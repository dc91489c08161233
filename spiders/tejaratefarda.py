from crawler.families import Asam


class TejarateFarda(Asam):
    name = "tejaratefarda"
    title = "tejaratefarda.com"
    home = "https://tejaratefarda.com"
