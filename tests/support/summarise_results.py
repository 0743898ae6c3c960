#!/usr/bin/env python3
"""Adds up ctest's JUnit file to one line: 'N passed, N failed, N skipped'.

A Qt Test program counts with each of its test functions and rows ("Totals: ..."); any other test counts as
one, and so does a program that ended without totals (a crash or a time-out is a failure).
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

TOTALS = re.compile(r"Totals: (\d+) passed, (\d+) failed, (\d+) skipped")


def outcome(case):
    """(passed, failed, skipped) of one ctest entry."""
    totals = TOTALS.findall(case.findtext("system-out") or "")
    counts = [sum(int(row[i]) for row in totals) for i in range(3)]
    status = case.get("status")
    if status == "fail" and counts[1] == 0:
        counts[1] = 1
    elif not totals and status == "run":
        counts[0] = 1
    elif not totals:
        counts[2] = 1
    return counts


def main():
    cases = ElementTree.parse(sys.argv[1]).getroot().iter("testcase")
    sums = [sum(column) for column in zip(*map(outcome, cases))] or [0, 0, 0]
    print("{} passed, {} failed, {} skipped".format(*sums))
    return 1 if sums[1] or not sums[0] else 0


if __name__ == "__main__":
    sys.exit(main())
