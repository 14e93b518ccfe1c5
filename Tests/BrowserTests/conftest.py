"""The documents that the tests open, and the browser that opens them."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import results
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / ".build/debug/ztaudit"
SMALL = ROOT / "Tests/RenderingTests/Golden/small.json"


@dataclass
class Document:
    """A report page and the result that it shows."""

    path: Path
    result: dict

    @property
    def address(self):
        return self.path.as_uri()

    @property
    def expected(self):
        return results.Expected(self.result)


@dataclass
class Opened:
    """What a page does beside showing itself."""

    page: object
    messages: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    dialogs: list = field(default_factory=list)

    def watch(self):
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("popup", lambda popup: self.dialogs.append(popup.url))
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, or what `CHROMIUM` names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.exit("No chromium was found. Install it, or say in CHROMIUM where it is.", 2)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens an address in a fresh context; whatever a page says or asks for beside itself fails the test."""
    opened = []
    contexts = []

    def open_page(address, width=1280, height=900, fragment="", is_watched=True, **options):
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": height}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(20_000)
        one = Opened(context.new_page())
        one.watch()
        if is_watched:
            opened.append((one, address))
        one.page.goto(address + fragment)
        one.page.opened = one
        return one.page

    yield open_page
    for context in contexts:
        context.close()
    for one, address in opened:
        assert one.messages == [], "messages in the console"
        assert {request.split("#")[0] for request in one.requests} == {address}, "requests"
        assert one.dialogs == [], "dialogs and windows"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="session")
def small_result():
    return json.loads(SMALL.read_text())


def render(folder, name, result):
    """Renders a result with the built program."""
    source = folder / f"{name}.json"
    page = folder / f"{name}.html"
    source.write_text(json.dumps(result))
    _run("report", source, "--report", f"html={page}")
    return Document(page, result)


def _run(*arguments):
    run = subprocess.run([BINARY, *arguments], capture_output=True, text=True)
    assert run.returncode == 0, f"ztaudit {arguments[0]} ended with {run.returncode}: {run.stderr}"


@pytest.fixture(scope="session")
def demo(folder):
    """The demo account: 400 findings in two accounts."""
    _run("demo", "--output", folder / "demo")
    result = json.loads((folder / "demo/report.json").read_text())
    return Document(folder / "demo/report.html", result)


@pytest.fixture(scope="session")
def sample(folder, demo):
    """Some findings of the demo account: axe-core takes long for all of them."""
    return render(folder, "sample", results.sample(demo.result))


@pytest.fixture(scope="session")
def small(folder, small_result):
    """The result that the Swift tests keep: every part of the page, hostile names."""
    return render(folder, "small", small_result)


@pytest.fixture(scope="session")
def hostile(folder, small_result):
    return render(folder, "hostile", results.hostile(small_result))


@pytest.fixture(scope="session")
def harmless(folder, small_result):
    return render(folder, "harmless", results.harmless(small_result))


@pytest.fixture(scope="session")
def empty(folder, small_result):
    return render(folder, "empty", results.empty(small_result))


@pytest.fixture(scope="session")
def large(folder, small_result):
    """50,000 findings."""
    return render(folder, "large", results.large(small_result))


@pytest.fixture(params=["demo", "small", "hostile", "empty"])
def document(request):
    """Each document that is quick to open."""
    return request.getfixturevalue(request.param)


def shown(page):
    """Anchors of the findings that can be seen."""
    return set(
        page.evaluate(
            "[...document.querySelectorAll('.finding[data-severity]')]"
            ".filter((finding) => finding.checkVisibility()).map((finding) => finding.id)"
        )
    )


def wait_for_status(page, text):
    """Waits until the page says how many findings it shows."""
    page.wait_for_function("(text) => document.getElementById('filter-status').textContent.startsWith(text)", arg=text)
