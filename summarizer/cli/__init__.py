"""The command line: `summarizer summarize | check | diff | serve | worker | batch | doctor`.

Results go to stdout, talk to stderr. Exit codes: 0 done; 1 failed, or `diff` found a difference; 2 wrong use; 3 input that cannot be read or used;
4 the model failed; 5 `check` found a sentence that is not supported; 130 interrupted. An error is one line, never a
traceback. Answers are kept between runs in the user's cache folder (or in Redis at REDIS_URL), so the same request is
answered at once.

commands   all commands, and `main`               inputs      files, folders, URLs, stdin -> articles
doctor     what is configured and reachable       talk        stdout, stderr, files, width and colour
batch      many requests, a line each             progress    how far a run is, on a terminal
                                                  difference  what `diff` compares
"""

from summarizer.cli.commands import app, main

__all__ = ["app", "main"]
