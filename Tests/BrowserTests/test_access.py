"""For everybody: axe-core, keyboard, phone width, no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import shown, wait_for_status
from results import visible

OPEN_ALL = "document.querySelectorAll('details').forEach((details) => (details.open = true))"


def violations(page, rules=None):
    """What axe-core has against a page: rule, element and reason."""
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}} | (rules or {})}
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page, options=options).response["violations"]
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["sample", "small", "hostile", "empty"])
def test_has_no_violation_of_axe_core(open_page, request, name, theme, width):
    page = open_page(request.getfixturevalue(name).address, width=width, color_scheme=theme)
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


def test_has_no_violation_with_all_that_the_demo_account_has(open_page, demo):
    page = open_page(demo.address)
    page.evaluate(OPEN_ALL)
    # Contrast takes longest, and every class of text is in the samples.
    assert violations(page, {"color-contrast": {"enabled": False}}) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_has_no_violation_while_it_is_filtered_and_sorted(open_page, sample, theme):
    page = open_page(sample.address, color_scheme=theme)
    page.locator("#filter input[value=high]").check()
    page.locator("table[data-sortable] button").first.click()
    assert page.locator("th[aria-sort]").count() == 1 and len(shown(page)) > 0
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 320])
def test_never_scrolls_sideways(open_page, document, width):
    page = open_page(document.address, width=width, height=740)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nor is something cut off outside what can be scrolled.
    outside = page.evaluate(
        """(width) => [...document.querySelectorAll("main *")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && box.right > width + 1 && !element.closest(".scroll, pre") && element.checkVisibility();
        }).map((element) => element.outerHTML.slice(0, 120))""",
        width,
    )
    assert outside == []


def focused(page):
    """Where the focus is, and whether one sees it."""
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          return {
            id: element.id, value: element.value ?? "", name: element.localName,
            ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
          };
        }"""
    )


def tab_to(page, is_there, limit=150):
    """Presses Tab until the focus is there; every stop on the way must be seen."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        place = focused(page)
        assert place["ring"] and place["inView"], place
        if is_there(place):
            return place
    raise AssertionError("Tab never came there")


@pytest.mark.parametrize("width", [1280, 360])
def test_works_with_the_keyboard_alone(open_page, demo, width):
    page = open_page(demo.address, width=width)
    total = len(demo.expected.findings)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, lambda place: place["id"] == "filter-search")
    page.keyboard.type("policy")
    expected = demo.expected
    wait_for_status(page, f"{len(expected.anchors(lambda finding: expected.has_words(finding, 'policy')))} of {total}")
    tab_to(page, lambda place: place["value"] == "high")
    page.keyboard.press("Space")
    anchors = expected.anchors(
        lambda finding: expected.has_words(finding, "policy") and finding["severity"] == "high"
    )
    wait_for_status(page, f"{len(anchors)} of {total}")
    assert shown(page) == anchors
    tab_to(page, lambda place: place["id"] == "filter-account")
    page.keyboard.press("ArrowDown")
    wait_for_status(page, "")
    assert "account=" in page.evaluate("location.hash")
    tab_to(page, lambda place: place["id"] == "filter-reset")
    page.keyboard.press("Enter")
    wait_for_status(page, f"{total} findings shown.")
    assert focused(page)["id"] == "filter-reset"


def test_sorts_with_the_keyboard(open_page, demo):
    page = open_page(demo.address, fragment="#access")
    tab_to(page, lambda place: place["name"] == "button" and not place["id"])
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").count() == 1
    assert page.evaluate("document.activeElement.closest('th').getAttribute('aria-sort')") == "ascending"


def test_tells_numbers_to_screen_readers(open_page, demo):
    page = open_page(demo.address)
    status = page.get_by_role("status")
    assert status.count() == 1 and status.text_content() == f"{len(demo.expected.findings)} findings shown."
    assert page.get_by_role("search").is_visible()
    for control in page.locator("#filter input, #filter select, #filter button").all():
        names = control.evaluate("(one) => [...(one.labels ?? []), one].map((part) => part.textContent.trim()).join('')")
        assert names


@pytest.mark.parametrize("width", [1280, 360])
def test_has_controls_that_a_finger_can_hit(open_page, demo, width):
    page = open_page(demo.address, width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, nav a, .finding h5 a")].filter((control) => {
          const box = (control.closest("label") ?? control).getBoundingClientRect();
          return control.checkVisibility() && (box.width < 24 || box.height < 24);
        }).map((control) => control.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_moves_nothing_for_those_who_want_no_motion(open_page, demo):
    page = open_page(demo.address)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((element) =>
          getComputedStyle(element).transitionDuration.split(", ").some((time) => parseFloat(time) > 0)).length"""
    )
    assert moving == 0


def test_is_complete_without_script(open_page, demo):
    page = open_page(demo.address, java_script_enabled=False)
    assert page.locator("#filter").is_hidden()
    assert page.locator("input:visible, select:visible, button:visible").count() == 0
    expected = demo.expected
    assert shown(page) == expected.anchors(lambda finding: True)
    text = " ".join(page.locator("#findings").inner_text().split())
    for finding in expected.findings:
        assert " ".join(visible(finding["message"]).split()) in text
    evidence = page.locator(".finding details").first
    evidence.locator("summary").click()
    assert evidence.locator("dd, td").first.is_visible()
