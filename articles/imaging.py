"""Uploaded pictures: any of the usual kinds in, a WebP of readable size without metadata out."""

import io
import re
import struct
import zlib
from dataclasses import dataclass
from hashlib import blake2b

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 12_000_000
MOST_PIXELS = 50_000_000  # what phones take; told from the header, before anything is unpacked
LONGEST_SIDE = 1600  # twice the width of the text column, for screens of two dots a pixel
KINDS = ["JPEG", "PNG", "WEBP", "GIF"]
QUALITY = 82
# What Pillow raises on files that are cut off or made up.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error, zlib.error, IndexError, TypeError)

# The name of a picture says its size, so that pages can leave room for it.
NAME = r"[0-9a-f]{32}-[0-9]{1,4}x[0-9]{1,4}\.webp"
ADDRESS = re.compile(rf"/images/{NAME}")


class PictureRefused(Exception):
    """The file is no picture that can be shown; the reason is one sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be stored: a WebP, and the name made of its content and size."""

    name: str
    data: bytes
    width: int
    height: int


def prepare_picture(data: bytes) -> Prepared:
    """Return the picture upright, at most LONGEST_SIDE wide and high, in sRGB, without anything but its pixels.

    Raises PictureRefused.
    """
    if len(data) > MOST_BYTES:
        raise PictureRefused(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            refuse_unfit(opened)
            picture = straighten(opened)
            packed = pack(picture, is_drawn=opened.format != "JPEG")
    except Image.DecompressionBombError as error:
        raise PictureRefused(too_large()) from error
    except BROKEN as error:
        raise PictureRefused(_("This is no JPEG, PNG, WebP or GIF that can be read.")) from error
    digest = blake2b(packed, digest_size=16).hexdigest()
    return Prepared(f"{digest}-{picture.width}x{picture.height}.webp", packed, *picture.size)


def size_in(address: str) -> tuple[str, str] | None:
    """Return width and height that the address of a picture of the site says, as written."""
    if not ADDRESS.fullmatch(address):
        return None
    width, _x, height = address.rpartition("-")[2].removesuffix(".webp").partition("x")
    return width, height


def refuse_unfit(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureRefused(too_large())
    if getattr(opened, "n_frames", 1) > 1:
        raise PictureRefused(_("Moving pictures cannot be shown; please save one frame of it."))


def too_large() -> str:
    return _("The picture has more than %(most)d million pixels.") % {"most": MOST_PIXELS // 10**6}


def straighten(opened: Image.Image) -> Image.Image:
    """Return the pixels as they are meant to be seen: turned, in the colours of the web, and not larger than needed."""
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture = to_srgb(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the pixels are still worth showing
    return picture.convert(mode)


def pack(picture: Image.Image, *, is_drawn: bool) -> bytes:
    """Return a WebP; of a drawing or a screenshot the exact one, where that is no larger."""
    photograph = to_webp(picture, quality=QUALITY)
    exact = to_webp(picture, lossless=True) if is_drawn else photograph
    return min(exact, photograph, key=len)


def to_webp(picture: Image.Image, **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", method=4, exif=b"", icc_profile=b"", xmp=b"", **options)
    return file.getvalue()
