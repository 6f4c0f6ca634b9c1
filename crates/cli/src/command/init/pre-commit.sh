#!/bin/sh
# Written by `holdfast init --hook`: judges what differs from the last commit.
exec holdfast scan -f plain --changed-since HEAD
