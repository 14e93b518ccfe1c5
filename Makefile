# The few commands; README.md says what they show.
.PHONY: demo test browser lint release bench conformance interoperability packages

# What the build needs beside Swift itself: libxml2, SQLite, zlib and a C++ compiler's headers.
packages:
	@.ci/debian-packages g++ libsqlite3-dev libxml2-dev pkg-config zlib1g-dev

demo: packages
	swift build --product ztaudit
	.build/debug/ztaudit demo

# One after the other: many tests run servers and programs, and time-outs are part of what they test.
test: packages
	swift build --build-tests
	swift test --skip-build --no-parallel --skip '^ConformanceTests\.'

# Reports in a real browser: Debian's chromium, driven by Python.
browser: packages
	swift build --product ztaudit
	@.ci/browser

lint:
	swift format lint --strict --recursive Sources Tests Plugins Package.swift

# One file that works when copied elsewhere: the Swift libraries, rules, templates and demo account are inside.
release = --configuration release --static-swift-stdlib -Xlinker -s
release: packages
	swift build $(release) --product ztaudit
	@echo "Built $$(swift build --configuration release --show-bin-path)/ztaudit"

# The large account is more than the API's rate limit allows at once; make bench SIZES=1x,10x is quicker.
SIZES = 1x,10x,large
bench: release
	ZTAUDIT_BENCHMARKS=1 swift build $(release) --product Benchmarks
	@"$$(swift build --configuration release --show-bin-path)/Benchmarks" --sizes $(SIZES)

conformance: packages
	@swift build --product ztaudit
	@.ci/conformance

# Lets in-toto's own libraries, which come from PyPI, read our attestations, and ztaudit theirs.
interoperability: packages
	@.ci/debian-packages python3-venv
	@swift build --product ztaudit
	@python3 -m venv .build/interoperability
	@.build/interoperability/bin/pip install --quiet --disable-pip-version-check \
		--requirement Tests/InteroperabilityTests/requirements.txt
	@.build/interoperability/bin/python Tests/InteroperabilityTests/attestations.py .build/debug/ztaudit
