"""`python animation.py FRAMES FILE`: the frames of animation.mjs, side by side, as one animated WebP. Needs Pillow."""

import json
import sys
from pathlib import Path

from PIL import Image

GAP, BACKGROUND = 12, (20, 23, 26)


def joined(paths: list[Path]) -> Image.Image:
    """Pictures of one height beside each other, with space around them."""
    pictures = [Image.open(path).convert("RGB") for path in paths]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    whole = Image.new("RGB", (width, pictures[0].height + 2 * GAP), BACKGROUND)
    left = GAP
    for picture in pictures:
        whole.paste(picture, (left, GAP))
        left += picture.width + GAP
    return whole


def main(folder: Path, file: Path) -> None:
    """Write the file."""
    durations = json.loads((folder / "durations.json").read_text())
    frames = [joined(sorted(folder.glob(f"{number:03}-*.png"))) for number in range(len(durations))]
    frames[0].save(
        file, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=70, method=6, minimize_size=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
