"""How hypothesis searches: no deadlines on a shared machine, and the same examples at every run of CI."""

import os

from hypothesis import settings

settings.register_profile("bayegan", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("bayegan")
