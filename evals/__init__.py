"""`make eval`: what the product's judgements are worth, on labelled data that stands outside the project.

run         the command: picks rows, runs them, prints and writes the table
data        the folder in SUMMARIZER_EVAL_DATA, read; nothing of it is copied into the project
split       which half an item belongs to, by `splits.json`, written once
rooms       the product's own rooms, called in the pipeline's order
measure     shares, intervals, F1
table       figures with floors and aims, as text, Markdown and JSON
row_*       one row of the table each: `run(data, options) -> Result`
changes     the changes of one thing that row 1 makes; `rewordings` the faithful ones
"""
