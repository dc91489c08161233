from crawler.families import Asam


class DonyaEEqtesad(Asam):
    """Sources contradict each other on its feeds."""

    name = "donya"
    title = "دنیای اقتصاد"
    home = "https://www.donya-e-eqtesad.com"
    proven = ("address", "archive")
