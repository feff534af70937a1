"""The command line: `summarizer summarize | check | serve | doctor`.

Results go to stdout, talk to stderr. Exit codes: 0 done; 1 failed; 2 wrong use; 3 input that cannot be read or used;
4 the model failed; 5 `check` found a sentence that is not supported; 130 interrupted. An error is one line, never a
traceback. Answers are kept between runs in the user's cache folder (or in Redis at REDIS_URL), so the same request is
answered at once.

commands   the four commands, and `main`          inputs   files, folders, stdin -> articles
doctor     what is configured and reachable       talk     stdout, stderr, files, width and colour
"""

from summarizer.cli.commands import app, main

__all__ = ["app", "main"]
