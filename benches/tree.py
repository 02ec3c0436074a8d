"""tree.py FOLDER FILES: a made-up tree of source, settings, documents and a few binaries; the same each time.

No secrets are in it. Words that name some are, as in any code: they are what makes a scan look closer.
"""
import random
import sys
from pathlib import Path

folder, count = Path(sys.argv[1]), int(sys.argv[2])
dice = random.Random(7)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = """return const import function public static value index result error message request response config token
secret password api key auth session user client server stream buffer length string number boolean object array class struct
match async await the of to and in is for that with this from not are be on as it was or an at by new if else while break let
mut self impl trait type enum module export default interface extends void null true false undefined map filter reduce""".split()
WORDS += ["".join(dice.choices(LETTERS, k=dice.randint(3, 12))) for _ in range(4000)]
# Ids of git, checksums of packages and parts of pictures: what looks random and is public.
HEX = ["%040x" % dice.getrandbits(160) for _ in range(500)]
BASE64 = ["".join(dice.choices(LETTERS + LETTERS.upper() + "0123456789+/", k=76)) for _ in range(500)]
SIGNS = ["(", ")", " = ", ";", ", ", ".", ": ", " -> ", "{", "}", "[", "]", " + ", '"', "'", "_"]


def line():
    parts = []
    for _ in range(dice.randint(2, 9)):
        parts.append(dice.choice(WORDS))
        parts.append(dice.choice(SIGNS) if dice.random() < 0.6 else " ")
    return "    " * dice.randint(0, 4) + "".join(parts)


LINES = [line() for _ in range(20000)]


def code(size):
    return "\n".join(dice.choices(LINES, k=max(1, size // 40)))


def settings(size):
    name = lambda: "_".join(dice.choices(WORDS, k=2))
    values = lambda: dice.choice([dice.choice(WORDS), str(dice.randint(1, 9000)), "${" + name().upper() + "}"])
    return "\n".join(f"{name()}: {values()}" for _ in range(max(1, size // 30)))


def sums(size):
    kinds = [f'"integrity": "sha512-{dice.choice(BASE64)}{dice.choice(BASE64)[:10]}=="', dice.choice(HEX)]
    return "\n".join(dice.choices(kinds + dice.choices(BASE64, k=4), k=max(1, size // 70)))


KINDS = [("rs", code), ("ts", code), ("py", code), ("go", code), ("md", code), ("json", settings), ("yaml", settings)]
for index in range(count):
    place = folder / f"part-{index % 60}" / f"{dice.choice(WORDS)}-{index // 600}"
    place.mkdir(parents=True, exist_ok=True)
    size = min(int(dice.lognormvariate(7.4, 1.1)), 400_000)
    if dice.random() < 0.03:
        (place / f"{index}.bin").write_bytes(dice.randbytes(size))
    elif dice.random() < 0.04:
        (place / f"{index}.lock").write_text(sums(size))
    else:
        ending, make = dice.choice(KINDS)
        (place / f"{dice.choice(WORDS)}-{index}.{ending}").write_text(make(size))
