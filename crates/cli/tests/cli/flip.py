"""Changes one bit of a bundle at seeded places, some in every field of every kind of line, and says what the reference verifiers find.

    python3 flip.py DOCS BUNDLE SCOPE SEED EACH       a line for each, as JSON: field, byte, bit, and what each said of it
"""
import functools, json, random, re, sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import chain as c
import verify as v

_, _, path, scope, seed, each = sys.argv
with open(path, "rb") as file: whole = file.read()
# Most signatures are those of the bundle as it was: they are verified once.
c.signed = v.signed = functools.lru_cache(maxsize=None)(c.signed)

# The bytes of each field, of all lines together: words of the bundle's own lines, fields of headers and bodies.
fields, at, lines = {}, 0, 0
for line in whole.splitlines(keepends=True):
    is_json = line.startswith(b"{")
    kind = "head" if lines < 7 else "header" if b"jiangsai.record.v1" in line else "body" if is_json else line.split(b" ")[0].decode()
    for number, part in enumerate(re.split(rb"(?<=,)(?=\")" if is_json else rb"(?<= )", line)):
        name = f"{kind} {lines}.{number}" if kind == "head" else f"{kind} {number}"
        fields.setdefault(name, []).extend(range(at, at + len(part)))
        at += len(part)
    lines += 1

chance = random.Random(seed)
for name, bytes_ in fields.items():
    for byte in chance.sample(bytes_, min(int(each), len(bytes_))):
        bit = chance.randrange(8)
        changed = bytearray(whole)
        changed[byte] ^= 1 << bit
        bundle = v.Bundle(bytes(changed), scope)
        bundle.check()
        page = ""
        try: c.check(bytes(changed), scope)
        except c.Wrong as wrong: page = f"wrong: {wrong}"
        print(json.dumps([name, byte, bit, [said for _, said in sorted(bundle.wrong)], page]))
