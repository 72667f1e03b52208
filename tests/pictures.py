"""Files of pictures, as phones and screenshots make them."""

import io

from PIL import Image


def picture_file(width=40, height=30, *, kind="JPEG", mode="RGB", colour="#b02a20", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), colour).save(file, kind, **options)
    return file.getvalue()


def photograph_with_place() -> bytes:
    """Return a picture that lies on its side, with the camera's name and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "相机".encode().decode("latin-1")
    exif.get_ifd(0x8825)[1] = "N"
    return picture_file(60, 20, exif=exif)
