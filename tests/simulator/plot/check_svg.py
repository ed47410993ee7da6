#!/usr/bin/env python3
"""Is what a program prints a well-formed picture, with everything inside it?

usage: check_svg.py [--plot] PROGRAM [ARGUMENT]...

--plot: the program is told to write the picture to a file by its own option --plot.
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
PLACES = {"rect": ("x", "y"), "line": ("x1", "y1", "x2", "y2"), "text": ("x", "y"), "circle": ("cx", "cy")}


def check(text):
    root = ElementTree.fromstring(text)
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.tag == SVG + "svg", root.tag
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    counts = {}
    for shape in root:
        name = shape.tag.removeprefix(SVG)
        counts[name] = counts.get(name, 0) + 1
        points = [float(shape.get(key)) for key in PLACES.get(name, ())]
        if name == "polyline":
            points = [float(n) for pair in shape.get("points").split() for n in pair.split(",")]
        for x, y in zip(points[::2], points[1::2]):
            assert 0 <= x <= width and 0 <= y <= height, (name, x, y)
        if name == "rect":
            assert float(shape.get("width")) >= 0 and float(shape.get("height")) >= 0
            assert float(shape.get("x")) + float(shape.get("width")) <= width + 1
    assert counts.get("polyline", 0) >= 3 and counts.get("text", 0) >= 10, counts
    return counts


def main():
    if sys.argv[1] != "--plot":
        print(check(subprocess.run(sys.argv[1:], capture_output=True, check=True, timeout=60).stdout))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "picture.svg"
        subprocess.run([*sys.argv[2:], "--plot", str(file)], check=True, timeout=60)
        print(check(file.read_bytes()))


if __name__ == "__main__":
    main()
