"""Write a `Review` out: for the terminal, as Markdown, HTML or JSON; pure functions of it."""

from reviewer.report.html import render_html
from reviewer.report.json import render_json
from reviewer.report.markdown import render_markdown
from reviewer.report.terminal import print_review

__all__ = ["print_review", "render_html", "render_json", "render_markdown"]
