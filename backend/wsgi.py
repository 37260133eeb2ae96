"""The WSGI entry of the web server: `granian --interface wsgi backend.wsgi:app`."""

import gc
import multiprocessing
import os
import signal

if multiprocessing.current_process().name == "granian-worker":
    # until a worker serves it has its parent's handlers, which take the word to stop for the parent's, and forget it
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, signal.SIG_DFL)

from backend.app import create_app
from backend.core.settings import load_settings

app = create_app(load_settings(os.environ))
gc.collect()
gc.freeze()  # what the start has made lives as long as the process: the collector need not look at it again and again
