"""The WSGI entry of the web server: `granian --interface wsgi backend.wsgi:app`."""

import os

from backend.app import create_app
from backend.core.settings import load_settings

app = create_app(load_settings(os.environ))
