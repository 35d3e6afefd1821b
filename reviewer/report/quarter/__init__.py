"""Write a quarter's review out: HTML, XLSX, CSV, Markdown, JSON, SARIF, terminal; entries may pass as a stream."""

from reviewer.report.quarter.csv import render_csv
from reviewer.report.quarter.html import render_html
from reviewer.report.quarter.json import render_json
from reviewer.report.quarter.markdown import render_markdown
from reviewer.report.quarter.sarif import render_sarif
from reviewer.report.quarter.terminal import print_quarter
from reviewer.report.quarter.workbook import write_workbook

__all__ = ["print_quarter", "render_csv", "render_html", "render_json", "render_markdown", "render_sarif", "write_workbook"]
