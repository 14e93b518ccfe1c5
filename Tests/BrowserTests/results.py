"""Audit results that are made for the browser, from the shape of the small one that the Swift tests keep."""

import copy
import hashlib
import json
import re

SEVERITIES = ["critical", "high", "medium", "low", "info"]
TIERS = ["privileged", "sensitive", "standard"]

# Each tries to leave the place where a name stands; `pwned` is what the tests look for.
HOSTILE_NAMES = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</style></title></textarea><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x dur=1s>',
    "'\" onmouseover=window.pwned=1 autofocus onfocus=window.pwned=1 x='",
    # A quote with a combining mark is one character to a careless escape, and a quote to the browser.
    '"\u0301 autofocus tabindex=0 onfocus=window.pwned=1 y="\u0301',
    "<\u0338img src=https://browser-tests.invalid/x onerror=window.pwned=1>",
    "<iframe srcdoc='<script>top.pwned=1</script>'></iframe>",
    "<style>*{display:none}</style><link rel=stylesheet href=https://browser-tests.invalid/x>",
    "<base href=https://browser-tests.invalid/><meta http-equiv=refresh content=0;url=https://browser-tests.invalid/>",
    "javascript:window.pwned=1",
    "{{styles}} {{{script}}} ${window.pwned=1}",
    "<!-- --><![CDATA[ ]]>&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "<template><script>window.pwned=1</script></template><form id=filter><input name=hidden>",
]


def empty(small):
    """The same account with nothing in it and nothing to say."""
    result = copy.deepcopy(small)
    result["findings"] = []
    result["applications"] = []
    result["waivers"] = []
    result["rules"] = []
    result.pop("baseline", None)
    _count(result)
    return result


def sample(demo, rules=3):
    """The demo account with one finding of each of a few rules per severity, and everything that is no finding."""
    result = copy.deepcopy(demo)
    taken = {}
    for finding in result["findings"]:
        one = taken.setdefault((finding["severity"], finding["state"], finding["verdict"]), {})
        if len(one) < rules:
            one.setdefault(finding["rule_id"], finding["fingerprint"])
    kept = {fingerprint for one in taken.values() for fingerprint in one.values()}
    result["findings"] = [finding for finding in result["findings"] if finding["fingerprint"] in kept]
    _count(result)
    return result


def hostile(small):
    """A result in which everything that people name is an attempt to run something."""
    return _named(small, lambda number: HOSTILE_NAMES[number % len(HOSTILE_NAMES)])


def harmless(small):
    """The same result with plain names: its page has the same elements."""
    return _named(small, lambda number: f"name {number % len(HOSTILE_NAMES)}")


def _named(small, name_of):
    result = copy.deepcopy(small)
    numbers = iter(range(100_000))

    def name(_=None):
        return name_of(next(numbers))

    for account in result["accounts"]:
        account["name"] = name()
    base = result["findings"][0]
    result["findings"] = []
    for number in range(3 * len(HOSTILE_NAMES)):
        finding = copy.deepcopy(base)
        finding["fingerprint"] = _hash("hostile", number)
        finding["resource"] = {"type": "access_policy", "id": name(), "name": name()}
        finding["message"] = name()
        finding["detail_key"] = name()
        finding["evidence"] = {"first": name(), "second": name()}
        finding["severity"] = SEVERITIES[number % 5]
        result["findings"].append(finding)
    result["findings"].sort(key=lambda finding: SEVERITIES.index(finding["severity"]))
    for application in result["applications"]:
        application["name"] = name()
        application["domain"] = name()
        application["doubts"] = [name()] if application["doubts"] else []
        if application.get("weakest"):
            application["weakest"]["conditions"] = name()
            application["weakest"]["policy_name"] = name()
    for finding, application in zip(result["findings"], result["applications"]):
        application["policies"] = [finding["resource"]["id"]]
    for outcome in result["waivers"]:
        for key in ["owner", "reason", "place", "resource"]:
            if isinstance(outcome["waiver"].get(key), str):
                outcome["waiver"][key] = name()
    for rule in result["rules"]:
        for key in ["title", "rationale"]:
            rule["metadata"][key] = name()
    _count(result)
    return result


def large(small, count=50_000, rules=40, applications=500):
    """A result with `count` findings, as an account with thousands of applications has them."""
    result = copy.deepcopy(small)
    result["waivers"] = []
    result.pop("baseline", None)
    accounts = [{"id": f"{number:032x}", "name": f"Account {number}"} for number in (1, 2)]
    result["accounts"] = accounts
    for entry in result["coverage"]:
        entry["account_id"] = accounts[0]["id"]
    application = copy.deepcopy(small["applications"][0])
    result["applications"] = [
        application
        | {
            "account_id": accounts[number % 2]["id"],
            "application_id": f"application-{number}",
            "name": f"Application {number}",
            "domain": f"app-{number}.example.com",
            "tier": TIERS[number % 3],
            "policies": [],
        }
        for number in range(applications)
    ]
    rule = small["rules"][0]
    result["rules"] = []
    for number in range(rules):
        outcome = copy.deepcopy(rule)
        outcome["passed"] = []
        outcome["gaps"] = []
        outcome["counts"] = {"fail": count // rules, "pass": 0, "unknown": 0}
        outcome["metadata"]["id"] = f"rule-{number:02}"
        outcome["metadata"]["title"] = f"Rule number {number}"
        outcome["metadata"]["severity"] = SEVERITIES[number % 5]
        outcome["metadata"]["resource"] = "access_application"
        outcome["metadata"]["frameworks"] = {"nist-800-53-r5": [f"AC-{number % 7 + 1}"]}
        result["rules"].append(outcome)
    result["findings"] = []
    for number in range(count):
        about = result["applications"][number // rules % applications]
        rule = result["rules"][number % rules]["metadata"]
        result["findings"].append(
            {
                "account_id": about["account_id"],
                "detail_key": f"detail {number // rules // applications}",
                "evidence": {"session_duration": "730h", "session_hours": 730.5, "number": number, "mfa": None},
                "evidence_digest": _hash("evidence", number),
                "fingerprint": _hash("finding", number),
                "message": f"Application {number // rules % applications} keeps a session for 730 hours, finding {number}.",
                "resource": {"id": about["application_id"], "name": about["name"], "type": "access_application"},
                "rule_id": rule["id"],
                "severity": rule["severity"],
                "state": "open",
                "verdict": "fail",
            }
        )
    result["findings"].sort(key=lambda finding: (SEVERITIES.index(finding["severity"]), finding["rule_id"]))
    _count(result)
    return result


def _count(result):
    fails = [finding for finding in result["findings"] if finding["verdict"] == "fail"]
    unknown = len(result["findings"]) - len(fails)
    summary = result["summary"]
    for state in summary["fails_by_state"]:
        summary["fails_by_state"][state] = sum(finding["state"] == state for finding in fails)
    summary["open_by_severity"] = {
        severity: sum(finding["state"] == "open" and finding["severity"] == severity for finding in fails)
        for severity in SEVERITIES
    }
    summary["verdicts"] = summary["verdicts"] | {"fail": len(fails), "unknown": unknown}


def _hash(kind, number):
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()


def visible(text, keeps_lines=True):
    """Characters that nobody sees, written as the reports write them: ⟨U+0001⟩."""
    if not keeps_lines:
        text = re.sub("[\t\n]", lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
    hidden = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
    return re.sub(
        f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{hidden}]", lambda found: f"⟨U+{ord(found[0]):04X}⟩", text
    )


class Expected:
    """What a result says of its open findings, worked out apart from the page."""

    def __init__(self, result):
        self.result = result
        self.accounts = {account["id"]: account.get("name") or account["id"] for account in result["accounts"]}
        self.rules = {rule["metadata"]["id"]: rule["metadata"] for rule in result["rules"]}
        self.findings = [
            finding for finding in result["findings"] if finding["verdict"] == "fail" and finding["state"] == "open"
        ]

    def anchors(self, test):
        """Anchors of the findings that `test` takes."""
        return {finding["fingerprint"][:16] for finding in self.findings if test(finding)}

    def applications(self, finding):
        """Applications that a finding is about: itself, those that use the policy, the one that its evidence names."""
        about = [finding["resource"]["id"], finding["evidence"].get("application_id")]
        return [
            application
            for application in self.result["applications"]
            if application["account_id"] == finding["account_id"]
            and (application["application_id"] in about or finding["resource"]["id"] in application["policies"])
        ]

    def tier(self, finding):
        """The highest tier of those applications."""
        tiers = [application["tier"] for application in self.applications(finding)]
        return min(tiers, key=TIERS.index) if tiers else ""

    def controls(self, finding):
        """Framework controls that its rule names."""
        frameworks = self.rules[finding["rule_id"]]["frameworks"]
        return {f"{framework}:{control}" for framework, controls in frameworks.items() for control in controls}

    def has_words(self, finding, *words):
        """Whether what the page shows of a finding has all these words, which must be rare enough."""
        rule = self.rules[finding["rule_id"]]
        text = json.dumps(
            [finding["message"], finding["resource"], finding["evidence"], rule["title"], rule["id"]],
            ensure_ascii=False,
        ).lower()
        return all(word.lower() in visible(text) for word in words)
