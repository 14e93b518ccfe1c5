"""A page asks for nothing, runs nothing but its own script, and no name gets out of its place."""

import re

import pytest
from conftest import shown

# The names of the elements of a page and of their attributes, in order.
STRUCTURE = """[...document.querySelectorAll("*")].map((element) =>
  [element.localName, ...element.getAttributeNames().sort()].join(" "))"""


def test_says_and_asks_for_nothing(open_page, document):
    page = open_page(document.address)
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    for _ in range(3):
        page.mouse.wheel(0, 4000)
    page.wait_for_timeout(200)  # time for what would happen late


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_runs_nothing_that_a_name_brings(open_page, request, name):
    page = open_page(request.getfixturevalue(name).address)
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    for menu in page.locator("#filter select").all():
        if menu.is_visible():
            menu.select_option(index=menu.locator("option").count() - 1)
    page.locator("#filter-search").fill("<script>window.pwned=1</script>")
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())")
    assert not [attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"]
    links = page.evaluate("[...document.links].map((link) => link.getAttribute('href'))")
    assert all(re.match("#|https://", link) for link in links)


def test_has_the_same_elements_whatever_the_names_are(open_page, hostile, harmless):
    pages = [open_page(document.address) for document in (harmless, hostile)]
    plain, strange = [page.evaluate(STRUCTURE) for page in pages]
    assert len(plain) > 500
    assert strange == plain


def test_shows_hostile_names_as_text(open_page, hostile):
    text = " ".join(open_page(hostile.address).locator("#findings").text_content().split())
    for finding in hostile.expected.findings:
        assert " ".join(finding["resource"]["name"].split()) in text


def test_keeps_a_quote_with_a_combining_mark_in_its_attribute(open_page, hostile):
    page = open_page(hostile.address)
    labels = page.evaluate("[...document.querySelectorAll('.finding')].map((finding) => finding.dataset.application)")
    marked = [label for label in labels if '"\u0301' in label]
    assert marked and all("onfocus" in label for label in marked)


ADDITIONS = {
    "script": "<script>window.pwned = 1</script>",
    "handler": "<details open ontoggle='window.pwned = 1'>x</details>",
    "image": "<img src='https://browser-tests.invalid/x.png' alt=''>",
    "frame": "<iframe srcdoc='<p>x' title='x' onload='window.pwned = 1'></iframe>",
    "style": "<style>h1 { color: rgb(1, 2, 3) }</style>",
    "style attribute": "<p id='styled' style='color: rgb(1, 2, 3)'>x</p>",
    "data script": "<script src='data:text/javascript,window.pwned=1'></script>",
}


@pytest.mark.parametrize("kind", ADDITIONS)
@pytest.mark.parametrize("has_policy", [True, False], ids=["policy", "control"])
def test_policy_stops_what_is_added(open_page, small, folder, kind, has_policy):
    """The copy without the policy shows that the addition would work: a test of the test."""
    text = small.path.read_text().replace("</main>", f"{ADDITIONS[kind]}</main>")
    if not has_policy:
        text = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = folder / f"added-{kind.replace(' ', '-')}-{has_policy}.html"
    copy.write_text(text)
    page = open_page("about:blank", is_watched=False)
    arrived = []
    page.route("https://browser-tests.invalid/**", lambda route: (arrived.append(route), route.fulfill(body="")))
    page.goto(copy.as_uri())
    page.wait_for_timeout(200)
    happened = (
        page.evaluate("window.pwned === 1")
        or page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"
        or page.evaluate("document.getElementById('styled') && getComputedStyle(styled).color") == "rgb(1, 2, 3)"
        or bool(arrived)
    )
    assert happened == (not has_policy)
    assert any("Content Security Policy" in message for message in page.opened.messages) == has_policy
    assert shown(page), "the page's own script and style still work"


def test_policy_stops_a_changed_script(open_page, small, folder):
    text = small.path.read_text()
    copy = folder / "changed-script.html"
    copy.write_text(text.replace('"use strict";', '"use strict"; window.pwned = 1;'))
    page = open_page(copy.as_uri(), is_watched=False)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#filter").is_hidden()
