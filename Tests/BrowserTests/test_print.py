"""On paper: everything is there, closed parts too, with numbers on the pages and heads over the tables."""

import re
import subprocess
import unicodedata

import pytest
from results import visible


def squeeze(text):
    """Text without its spaces, for lines break elsewhere on paper, and without pictures, for which a font may lack."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "So")


def parts(name):
    """What of a name stands together on paper: right-to-left letters come out of a PDF in another order."""
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name):
        return [name]
    return [part for part in name.split() if part.isascii() or len(part) == 1]


def print_pages(page, folder, name):
    """Text of each page on paper."""
    path = folder / f"{name}.pdf"
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


@pytest.fixture(scope="session")
def demo_pages(browser, demo, folder):
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.address)
    pages = print_pages(page, folder, "demo")
    yield pages
    context.close()


FOOTER = re.compile(r"^(?:Access configuration report ?)?(?:\d+ / \d+)?$", re.MULTILINE)


def test_numbers_its_pages(demo_pages):
    count = len(demo_pages)
    assert count > 10
    for number, text in enumerate(demo_pages, 1):
        assert re.findall(r"^\d+ / \d+$", text, re.MULTILINE) == [f"{number} / {count}"]


def test_prints_every_finding_whole(demo_pages, demo):
    text = squeeze("".join(FOOTER.sub("", page) for page in demo_pages))
    for finding in demo.expected.findings:
        assert all(squeeze(part) in text for part in parts(visible(finding["message"]))), finding["message"]
        name = visible(finding["resource"]["name"], keeps_lines=False) or "unnamed"
        assert all(squeeze(part) in text for part in parts(name)), name
        assert squeeze(finding["resource"]["id"]) in text
        if finding["evidence"]:
            assert finding["evidence_digest"] in text, "evidence, which is closed on screen"


def test_prints_hostile_names_as_they_are(open_page, small, folder):
    text = squeeze("".join(print_pages(open_page(small.address), folder, "small")))
    for name in ["<script>alert(1)</script>", "{{heading}}{{{styles}}}"]:
        assert squeeze(name) in text


def test_repeats_the_heads_of_tables(open_page, demo, demo_pages):
    page = open_page(demo.address)
    tables = page.evaluate(
        """[...document.querySelectorAll("main table")].filter((table) => table.tHead).map((table) => ({
          head: [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim()).join(""),
          rows: [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => row.textContent.trim()),
        }))"""
    )
    pages = [squeeze(text) for text in demo_pages]
    broken = 0
    for table in tables:
        rows = [squeeze(row) for row in table["rows"] if len(squeeze(row)) > 40]
        places = {number for row in rows for number, text in enumerate(pages) if row in text}
        if len(rows) < 10 or len(places) < 2:
            continue
        broken += 1
        for number in places:
            assert squeeze(table["head"]) in pages[number], f"page {number + 1}: {table['head']}"
    assert broken > 0


def test_prints_no_controls(demo_pages):
    text = "\n".join(demo_pages)
    for word in ["Search in findings", "Show all", "Skip to the report", "Contents"]:
        assert word not in text


def test_says_on_paper_what_is_filtered(open_page, demo, folder):
    page = open_page(demo.address, fragment="#f?severity=critical")
    text = squeeze("".join(print_pages(page, folder, "filtered")))
    assert squeeze("Only findings with severity critical.") in text
    digests = {"critical": set(), "low": set()}
    for finding in demo.expected.findings:
        digests.setdefault(finding["severity"], set()).add(finding["evidence_digest"])
    assert digests["critical"] and all(digest in text for digest in digests["critical"])
    assert not any(digest in text for digest in digests["low"] - digests["critical"])


def test_closes_again_what_it_opened(open_page, demo):
    page = open_page(demo.address)
    closed = page.locator("details:not([open])").count()
    assert closed > 10
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == closed
