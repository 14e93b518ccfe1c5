"""Search, filter, sort, and their state in the address: compared with what the result itself says."""

import re

import pytest
from conftest import shown, wait_for_status


def expect_shown(page, anchors, total):
    """Exactly these findings are seen, and the page says so."""
    count = len(anchors)
    number = f"{count or 'None'} of {total} findings shown." if count < total else f"{total} findings shown."
    wait_for_status(page, number)
    assert shown(page) == anchors
    empty = page.evaluate(
        """[...document.querySelectorAll(".rule[data-rule], section.severity")].filter((card) => card.checkVisibility()
          && ![...card.querySelectorAll(".finding")].some((finding) => finding.checkVisibility())).length"""
    )
    assert empty == 0, "cards without findings are seen"


def test_shows_all_at_first(open_page, demo):
    page = open_page(demo.address)
    expect_shown(page, demo.expected.anchors(lambda finding: True), len(demo.expected.findings))


@pytest.mark.parametrize("severities", [["critical"], ["high", "low"], ["critical", "high", "medium", "low", "info"]])
def test_filters_by_severity(open_page, demo, severities):
    page = open_page(demo.address)
    for severity in severities:
        page.locator(f"#filter input[value={severity}]").check()
    expected = demo.expected.anchors(lambda finding: finding["severity"] in severities)
    if len(severities) < 5:
        expect_shown(page, expected, len(demo.expected.findings))
    else:
        assert shown(page) == expected
    assert f"severity={','.join(severities)}" in page.evaluate("location.hash")


def test_filters_by_account(open_page, demo):
    page = open_page(demo.address)
    for id, name in demo.expected.accounts.items():
        page.locator("#filter-account").select_option(name)
        expected = demo.expected.anchors(lambda finding: finding["account_id"] == id)
        expect_shown(page, expected, len(demo.expected.findings))


def test_filters_by_application(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    names = {application["name"] for finding in expected.findings for application in expected.applications(finding)}
    offered = page.locator("#filter-application option").evaluate_all("(all) => all.slice(1).map((one) => one.value)")
    assert len(names) > 20 and set(offered) == names
    for name in sorted(names)[::5]:
        page.locator("#filter-application").select_option(name)
        anchors = expected.anchors(
            lambda finding: name in [application["name"] for application in expected.applications(finding)]
        )
        expect_shown(page, anchors, len(expected.findings))


def test_filters_by_tier(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    tiers = {expected.tier(finding) for finding in expected.findings} - {""}
    assert len(tiers) > 1
    for tier in tiers:
        page.locator("#filter-tier").select_option(tier)
        expect_shown(page, expected.anchors(lambda finding: expected.tier(finding) == tier), len(expected.findings))


def test_filters_by_framework_control(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    controls = {control for finding in expected.findings for control in expected.controls(finding)}
    offered = page.locator("#filter-control option").evaluate_all("(all) => all.slice(1).map((one) => one.value)")
    assert len(controls) > 10 and set(offered) == controls
    assert page.locator("#filter-control optgroup").count() == len({control.split(":")[0] for control in controls})
    for control in sorted(controls)[::6]:
        page.locator("#filter-control").select_option(control)
        anchors = expected.anchors(lambda finding: control in expected.controls(finding))
        expect_shown(page, anchors, len(expected.findings))


def test_searches(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    some = expected.findings[len(expected.findings) // 2]
    for words in [[some["resource"]["id"]], ["cold", "chain"], ["COLD", "chain"], [some["rule_id"]], ["no such thing"]]:
        page.locator("#filter-search").fill("  ".join(words))
        anchors = expected.anchors(lambda finding: expected.has_words(finding, *words))
        assert bool(anchors) == (words != ["no such thing"])
        expect_shown(page, anchors, len(expected.findings))


def test_joins_all_controls(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    account, name = list(expected.accounts.items())[0]
    page.locator("#filter input[value=medium]").check()
    page.locator("#filter input[value=high]").check()
    page.locator("#filter-account").select_option(name)
    page.locator("#filter-search").fill("mfa")
    anchors = expected.anchors(
        lambda finding: finding["severity"] in ("high", "medium")
        and finding["account_id"] == account
        and expected.has_words(finding, "mfa")
    )
    assert 0 < len(anchors) < 100
    expect_shown(page, anchors, len(expected.findings))


def test_offers_no_account_where_there_is_one(open_page, small):
    page = open_page(small.address)
    assert page.locator("#filter").is_visible()
    assert page.locator("#filter-account").is_hidden()


def test_offers_nothing_where_there_is_no_finding(open_page, empty):
    page = open_page(empty.address)
    assert page.locator("#filter").count() == 0 or page.locator("#filter").is_hidden()
    assert page.locator("button:visible").count() == 0 or page.locator("table[data-sortable]:visible").count() > 0


def test_finds_names_with_marks_and_strange_letters(open_page, small):
    page = open_page(small.address)
    page.locator("#filter-search").fill('x"\u0301 onmouseover')
    anchors = small.expected.anchors(lambda finding: '"\u0301 onmouseover' in finding["message"])
    assert anchors
    expect_shown(page, anchors, len(small.expected.findings))


def test_keeps_its_state_in_the_address(open_page, demo):
    page = open_page(demo.address)
    expected = demo.expected
    name = list(expected.accounts.values())[0]
    page.locator("#filter input[value=medium]").check()
    page.locator("#filter-account").select_option(name)
    page.locator("#filter-search").fill("policy")
    wait_for_status(page, "")
    page.wait_for_function("() => location.hash.includes('q=policy')")
    before = shown(page)
    assert 0 < len(before) < len(expected.findings)
    page.reload()
    assert shown(page) == before
    assert page.locator("#filter-search").input_value() == "policy"
    # Somebody else opens the link.
    other = open_page(demo.address, fragment=page.evaluate("location.hash"))
    assert shown(other) == before
    assert other.locator("#filter-account").input_value() == name
    other.locator("#filter-reset").click()
    expect_shown(other, expected.anchors(lambda finding: True), len(expected.findings))
    assert "#" not in other.url


def test_follows_an_address_that_is_typed_in(open_page, demo):
    page = open_page(demo.address)
    page.evaluate("location.hash = '#f?severity=critical'")
    expected = demo.expected.anchors(lambda finding: finding["severity"] == "critical")
    expect_shown(page, expected, len(demo.expected.findings))


@pytest.mark.parametrize(
    "fragment",
    ["#f?severity=x&sort=0:length:ascending&sort=0:0:toString&sort=99", "#f?", "#f?%E0%A4%A", "#%E0%A4%A", "#f?q=%00"],
)
def test_survives_strange_addresses(open_page, demo, fragment):
    page = open_page(demo.address, fragment=fragment)
    assert page.locator("#filter").is_visible()
    assert page.locator("th[aria-sort]").count() == 0


def test_shows_nothing_for_what_the_report_does_not_have(open_page, demo):
    page = open_page(demo.address, fragment="#f?application=No+such+application")
    expect_shown(page, set(), len(demo.expected.findings))
    assert page.locator("#filter-application").input_value() == "No such application"


def test_anchor_shows_its_finding_even_when_filtered(open_page, demo):
    target = [finding for finding in demo.expected.findings if finding["severity"] == "low"][-1]["fingerprint"][:16]
    page = open_page(demo.address, fragment="#f?severity=critical")
    assert not page.locator(f'[id="{target}"]').is_visible()
    page.evaluate("(id) => (location.hash = id)", target)
    finding = page.locator(f'[id="{target}"]')
    finding.wait_for(state="visible")
    page.wait_for_function("(id) => { const box = document.getElementById(id).getBoundingClientRect();"
                           " return box.top >= 0 && box.top < innerHeight }", arg=target)
    assert finding.locator("details:not([open])").count() == 0
    assert shown(page) == demo.expected.anchors(lambda finding: True)
    other = open_page(demo.address, fragment="#" + target)
    assert other.evaluate("(id) => { const box = document.getElementById(id).getBoundingClientRect();"
                          " return box.top >= 0 && box.top < innerHeight }", target)


def test_says_when_the_finding_of_a_link_is_not_there(open_page, demo):
    page = open_page(demo.address, fragment="#0123456789abcdef")
    assert "not in this page" in page.locator("#filter-status").text_content()


def test_every_finding_has_an_anchor_of_its_own(open_page, demo):
    ids = open_page(demo.address).evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    assert demo.expected.anchors(lambda finding: True) <= set(ids)


# Sorting


def column(table, number):
    """What the rows of a table are sorted by."""
    return table.locator("tbody tr").evaluate_all(
        "(rows, number) => rows.map((row) => (row.cells[number].dataset.sort ?? row.cells[number].textContent).trim())",
        number,
    )


def key(text):
    """Numbers by size, text as people order it."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return (0, float(text), [])
    return (1, 0, [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", text.lower())])


def test_sorts_every_table(open_page, demo):
    page = open_page(demo.address)
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    tables = page.locator("table[data-sortable]")
    assert tables.count() > 0
    changed = 0
    for table in tables.all():
        heads = table.locator("thead th")
        for number in range(heads.count()):
            head = heads.nth(number)
            if head.get_attribute("data-no-sort") is not None:
                assert head.locator("button").count() == 0
                continue
            before = column(table, number)
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == "ascending"
            ascending = column(table, number)
            assert sorted(ascending) == sorted(before)
            for one, next in zip(ascending, ascending[1:]):
                assert key(one) <= key(next) or not (one + next).isascii() or not re.search(r"\w", one + next), (one, next)
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == "descending"
            changed += column(table, number) != ascending
            head.locator("button").click()
            assert table.locator("[aria-sort]").count() == 0
            assert column(table, number) == before
    assert changed > 3


def test_keeps_the_order_of_tables_in_the_address(open_page, demo):
    page = open_page(demo.address)
    table = page.locator("table[data-sortable]").first
    head = table.locator("thead th").first
    page.locator("#filter input[value=low]").check()
    head.locator("button").click()
    head.locator("button").click()
    order = column(table, 0)
    page.reload()
    assert column(table, 0) == order
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("#filter input[value=low]").is_checked()
