#!/bin/sh
# run.sh SAMPLE_FILES_PROGRAM: our files against the Python libraries that others open them with.
# Skipped (77) unless ALPHASCOPE_TEST_PYTHON names a Python with tests/reference/requirements.txt installed.
if [ -z "$ALPHASCOPE_TEST_PYTHON" ]; then
    echo "Skipped: ALPHASCOPE_TEST_PYTHON is not set (see tests/reference/requirements.txt)."
    exit 77
fi
set -e
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" write "$folder"
"$ALPHASCOPE_TEST_PYTHON" "$here/check_events.py" "$folder"
"$ALPHASCOPE_TEST_PYTHON" "$here/check_arrays.py" "$1" "$folder"
