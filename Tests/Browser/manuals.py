"""Both manuals, step by step, files that a weak line breaks off, a bureau's desk, somebody new, an account elsewhere,
agreements, and statistics, over the demonstration: manuals.py BASE ACCOUNTS [PICTURES]."""

import sys

import agreements
import desk
import elsewhere
import figures
import joining
import large_files
import manual_000
import manual_003
import people
from playwright.sync_api import sync_playwright

people.Person.base, people.Person.accounts = sys.argv[1], people.Accounts(sys.argv[2])
people.Person.pictures = sys.argv[3] if len(sys.argv) > 3 else None
with sync_playwright() as playwright:
    people.Person.browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    manual_000.walk()
    manual_003.walk()
    large_files.walk()
    desk.walk()
    joining.walk()
    elsewhere.walk()
    agreements.walk()
    figures.walk()
    people.Person.browser.close()
print(f"The manuals are walked: {people.checked - len(people.failures)} passed, {len(people.failures)} failed")
sys.exit(1 if people.failures else 0)
