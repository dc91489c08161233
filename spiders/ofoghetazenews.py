from crawler.families import IranSamaneh


class OfogheTazeNews(IranSamaneh):
    name = "ofoghetazenews"
    title = "ofoghetazenews.ir"
    home = "https://ofoghetazenews.ir"
