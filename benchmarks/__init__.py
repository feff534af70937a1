"""What a summary costs and how long our own part takes, beside what people would use instead. `make bench` runs it.

meter.py     a model's server that counts calls and tokens and answers like a cooperative model
material.py  the articles: given ones, the project's example, edited copies, made-up editions
ours.py      a request of ours against that server
peers.py     the same articles through LangChain and LlamaIndex
own_part.py  time and memory of our own part, room by room, in a process of its own
served.py    a cached answer over HTTP beside a bare route, and who waits while a large request runs
report.py    the page and the plots
"""
