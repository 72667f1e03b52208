import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from articles.imaging import MOST_BYTES, PictureRefused, prepare_picture, size_in
from tests.pictures import photograph_with_place, picture_file


def opened(prepared) -> Image.Image:
    return Image.open(io.BytesIO(prepared.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_kind_becomes_a_webp_that_says_its_size(kind):
    prepared = prepare_picture(picture_file(40, 30, kind=kind))
    assert (prepared.width, prepared.height, opened(prepared).format, opened(prepared).size) == (
        40,
        30,
        "WEBP",
        (40, 30),
    )
    assert size_in(f"/images/{prepared.name}") == ("40", "30")


def test_the_same_picture_has_the_same_name():
    first, second, other = (prepare_picture(picture_file(colour=colour)).name for colour in ("#111", "#111", "#eee"))
    assert first == second != other


def test_a_picture_is_turned_and_keeps_no_metadata():
    prepared = prepare_picture(photograph_with_place())
    assert (prepared.width, prepared.height) == (20, 60)
    picture = opened(prepared)
    assert not picture.getexif()
    assert {"exif", "icc_profile", "xmp"} & picture.info.keys() == set()
    assert b"EXIF" not in prepared.data and b"XMP" not in prepared.data


@pytest.mark.parametrize(
    "size, expected", [((4000, 1000), (1600, 400)), ((300, 3200), (150, 1600)), ((1600, 9), (1600, 9))]
)
def test_a_large_picture_is_made_smaller_and_a_small_one_is_left(size, expected):
    prepared = prepare_picture(picture_file(*size, kind="PNG"))
    assert (prepared.width, prepared.height) == expected


def test_what_is_transparent_stays_so():
    prepared = prepare_picture(picture_file(kind="PNG", mode="RGBA", colour=(10, 20, 30, 0)))
    assert opened(prepared).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_screenshot_keeps_every_pixel():
    file = io.BytesIO()
    drawn = Image.new("RGB", (64, 64), "white")
    drawn.paste("#14242b", (8, 8, 40, 10))
    drawn.save(file, "PNG")
    assert list(opened(prepare_picture(file.getvalue())).convert("RGB").get_flattened_data()) == list(
        drawn.get_flattened_data()
    )


def test_colours_of_another_profile_become_those_of_the_web():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    prepared = prepare_picture(picture_file(kind="PNG", icc_profile=lab))
    assert opened(prepared).convert("RGB").getpixel((5, 5)) == (0xB0, 0x2A, 0x20)


def test_a_broken_profile_does_no_harm():
    assert prepare_picture(picture_file(kind="PNG", icc_profile=b"broken")).width == 40


def bomb() -> bytes:
    """Return a PNG of 60,000 by 60,000 pixels in a hundred bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


UNREADABLE = "This is no JPEG, PNG, WebP or GIF that can be read."


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", UNREADABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNREADABLE),
        (picture_file(400, 400)[:500], UNREADABLE),
        (picture_file(kind="TIFF"), UNREADABLE),
        (picture_file(kind="PNG")[:60] + b"\xff" * 40, UNREADABLE),
        (b"\0" * (MOST_BYTES + 1), "The file is larger than 12 MB."),
        (picture_file(8000, 7000, kind="PNG", mode="1", colour=0), "The picture has more than 50 million pixels."),
        (bomb(), "The picture has more than 50 million pixels."),
        (moving(), "Moving pictures cannot be shown; please save one frame of it."),
    ],
    ids=["nothing", "svg", "cut off", "tiff", "broken", "large", "many pixels", "bomb", "moving"],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(settings, data, reason):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(PictureRefused) as refused:
        prepare_picture(data)
    assert str(refused.value) == reason
