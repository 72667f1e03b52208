"""Makes articles/search/looks.txt: which common characters look alike, measured on the glyphs of a font.

    python -m tests.benchmarks.look_table NotoSansCJK-Regular.ttc > articles/search/looks.txt

Needs Pillow and the font (Debian: fonts-noto-cjk). Each character is drawn, blurred so that strokes beside one
another still meet, and kept as small squares of gray; two characters differ by the gray that they do not share, as
a part of the gray of both. The lines at the head of the table are kept.
"""

import sys
from collections.abc import Iterable
from heapq import nsmallest

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from articles.search.characters import GENERAL_WEIGHTS
from articles.search.mixups import TABLE
from articles.search.pinyin import characters_by_sound

# Of the faces in the file, the simplified Chinese one.
FACE = 2
SIZE, CANVAS, ORIGIN = 64, (72, 72), (4, -12)
BLUR = 2
SIDE, GRAYS = 24, 7
# Of each character so many, and none that differs by more, are taken for it.
MOST_ALIKE = 5
FARTHEST = 0.28


def common_characters() -> list[str]:
    known = {character for characters in characters_by_sound().values() for character in characters}
    return sorted(known & GENERAL_WEIGHTS.keys())


def draw(character: str, font: ImageFont.FreeTypeFont) -> int:
    """Return the glyph as a number with as many bits set for each square as it is dark: XOR counts the difference."""
    image = Image.new("L", CANVAS)
    ImageDraw.Draw(image).text(ORIGIN, character, fill=255, font=font)
    squares = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((SIDE, SIDE), Image.Resampling.BOX)
    bits = 0
    for value in squares.tobytes():
        bits = bits << GRAYS | (1 << value * (GRAYS + 1) // 256) - 1
    return bits


def look_alikes(glyphs: dict[str, int]) -> dict[str, set[str]]:
    """Return for each character those that look most like it, and those that it looks most like."""
    found: dict[str, set[str]] = {character: set() for character in glyphs}
    ink = {character: bits.bit_count() for character, bits in glyphs.items()}
    for character, bits in glyphs.items():
        others = (
            ((bits ^ other_bits).bit_count() / (ink[character] + ink[other]), other)
            for other, other_bits in glyphs.items()
            if other != character
        )
        for difference, other in nsmallest(MOST_ALIKE, others):
            if difference <= FARTHEST:
                found[character].add(other)
                found[other].add(character)
    return found


def table_lines(found: dict[str, set[str]]) -> Iterable[str]:
    return (f"{character}{''.join(sorted(others))}" for character, others in sorted(found.items()) if others)


def main(path: str) -> None:
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    font = ImageFont.truetype(path, SIZE, index=FACE)
    lines = table_lines(look_alikes({character: draw(character, font) for character in common_characters()}))
    sys.stdout.write("\n".join([*head, *lines, ""]))


if __name__ == "__main__":
    main(sys.argv[1])
