"""Reads one picture within bounds, turns it upright, finds out whether there is colour in it, and writes it small."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageOps

DPI = 150
QUALITY = 62
MOST_PIXELS = 72_000_000
"""A sheet of A3 at 600 dpi has 70 million."""
MOST_BYTES = 160_000_000
"""Of a picture laid out in memory: A3 at 600 dpi in grey, or A4 at 600 dpi in colour."""
_A4_INCHES = 11.7
_SHORTEST_INCHES = 3.0
_LONGEST_INCHES = 16.6
_PLAUSIBLE_DPI = range(100, 1_201)
_LOOK = (360, 360)
_CAST = 20
"""So far from the paper's own colour counts as colour, of 255."""
_COLOURED = 0.0012
"""Share of a page that is coloured when there is a stamp on it; a round seal covers about a hundredth of A4."""

# Its own guard only warns below twice its limit; ours is exact and stands before anything is laid out.
Image.MAX_IMAGE_PIXELS = None


@contextmanager
def read_picture(content: bytes) -> Iterator[Image.Image]:
    """Open a JPEG or PNG, upright, at 150 dpi, "L" or "RGB", without anything a camera wrote into it.

    Raises OverflowError for too many pixels, OSError, SyntaxError, ValueError or EOFError for damage, as Pillow does.
    """
    with _opened(content) as image:
        longest = _target(image)
        _bound(image, longest)
        yield plain(fitted(ImageOps.exif_transpose(image), longest))


def drawn(content: bytes, width: int, tallest: int) -> Image.Image:
    """Lay out a picture as it is, upright, "RGBA", `width` pixels wide and at most `tallest` times as high.

    Raises as `read_picture`.
    """
    with _opened(content) as image:
        _bound(image, max(width, round(width * max(image.size) / min(image.size))))
        upright = _eight_bits(ImageOps.exif_transpose(image))
        height = max(1, min(round(upright.height * width / upright.width), width * tallest))
        return _on_white(upright).resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0).convert("RGBA")


def _opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    if image.width * image.height > MOST_PIXELS:
        raise OverflowError
    return image


def _bound(image: Image.Image, longest: int) -> None:
    """Have a JPEG laid out at half or a quarter of its size when that is enough; refuse what takes too much even so."""
    image.draft(None, (longest, longest))
    if image.width * image.height * len(image.getbands()) > MOST_BYTES:
        raise OverflowError


def plain(image: Image.Image) -> Image.Image:
    """Give a picture as "L" when it has no colour worth keeping, else as "RGB"; what is transparent becomes white."""
    image = _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = _on_white(image)
    image = image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")
    clean = Image.frombytes(image.mode, image.size, image.tobytes())
    return clean.convert("L") if clean.mode == "RGB" and not coloured(clean) else clean


def coloured(image: Image.Image) -> bool:
    """Tell whether an RGB picture has colour on it besides that of its paper."""
    small = image.copy()
    small.thumbnail(_LOOK, Image.Resampling.BOX)
    _, blue, red = small.convert("YCbCr").split()
    strong = ImageChops.lighter(_far(blue), _far(red))
    return strong.histogram()[255] > _COLOURED * small.width * small.height


def fitted(image: Image.Image, longest: int) -> Image.Image:
    """Give a picture whose longer side has at most so many pixels; a small one stays."""
    if max(image.size) <= longest:
        return image
    scale = longest / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    source = image.convert("L") if image.mode == "1" else image.convert("RGBA") if image.mode == "P" else image
    return source.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def compressed(image: Image.Image, *, only_jpeg: bool = False) -> tuple[bytes, str]:
    """Write an "L" or "RGB" picture as small as it reads well: JPEG, or PNG of 16 greys where that is smaller."""
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=QUALITY, optimize=True, progressive=not only_jpeg, dpi=(DPI, DPI))
    if only_jpeg or image.mode != "L":
        return jpeg.getvalue(), "image/jpeg"
    png = io.BytesIO()
    image.quantize(16).save(png, "PNG", optimize=True, dpi=(DPI, DPI))
    return min((jpeg.getvalue(), "image/jpeg"), (png.getvalue(), "image/png"), key=lambda made: len(made[0]))


def _target(image: Image.Image) -> int:
    """Pixels of the longer side at 150 dpi; a picture that does not say its size is taken for a sheet of A4."""
    told = round(float(image.info.get("dpi", (0, 0))[0]))
    inches = max(image.size) / told if told in _PLAUSIBLE_DPI else _A4_INCHES
    return round(min(max(inches, _SHORTEST_INCHES), _LONGEST_INCHES) * DPI)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Give sixteen bits of grey as eight; any other picture stays."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _far(channel: Image.Image) -> Image.Image:
    """White where a channel is far from its middle value, which is the paper's; yellow paper is no colour."""
    middle, seen = 128, 0
    for value, count in enumerate(channel.histogram()):
        seen += count
        if seen * 2 >= channel.width * channel.height:
            middle = value
            break
    return channel.point([255 if abs(value - middle) > _CAST else 0 for value in range(256)])
