from crawler.families import IranSamaneh


class NesfeJahan(IranSamaneh):
    name = "nesfejahan"
    title = "nesfejahan.net"
    home = "https://nesfejahan.net"
