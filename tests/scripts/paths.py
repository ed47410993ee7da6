"""Lets the tests import what stands in scripts/ and demo/."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("scripts/reference", "scripts/demo_lib", "scripts", "demo")]
