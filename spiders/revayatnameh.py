from crawler.families import Asam


class RevayatNameh(Asam):
    name = "revayatnameh"
    title = "revayatnameh.com"
    home = "https://revayatnameh.com"
