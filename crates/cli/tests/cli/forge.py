"""Writes bundles in which every hash and signature is right, most of them with one thing that has not the form it should have.

    python3 forge.py DOCS FOLDER       a line for each: its name, its scope, and whether it is to be accepted or refused
"""
import hashlib, json, os, sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import verify as v

DIGEST = hashlib.sha512(bytes(32)).digest()
SCALAR = (int.from_bytes(DIGEST[:32], "little") & ((1 << 254) - 8)) | (1 << 254)

def encode(p):
    z = pow(p[2], v.P - 2, v.P)
    return (p[1] * z % v.P | (p[0] * z % v.P & 1) << 255).to_bytes(32, "little")

KEY = encode(v.times(SCALAR, v.BASE))

def sign(*lines):
    message = "".join(f"{line}\n" for line in lines).encode()
    number = lambda *parts: int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % v.L
    r = number(DIGEST[32:], message)
    point = encode(v.times(r, v.BASE))
    return (point + ((r + number(point, KEY, message) * SCALAR) % v.L).to_bytes(32, "little")).hex()

def sha(*parts): return hashlib.sha256(b"".join(parts)).hexdigest()

def dump(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

def header(scope, log, seq, prev, body, **more):
    plain = {"type": "jiangsai.record.v0", "scope": scope, "log": log, "seq": seq, "prev": prev, "class": "trust" if seq == 0 else "mark",
             "audience": "public", "actor": "x", "at": 1, "order": seq, "body": sha(bytes(32), body.encode())}
    return dump({**plain, **more})

def record(text, body, signature):
    kept = f"{len(body.encode())} {'0' * 64}" if body is not None else "- -"
    return f"record {sha(text.encode())} {len(text.encode())} {kept} {signature}\n{text}\n" + ("" if body is None else f"{body}\n")

def bundle(body='{"kind":"x","version":1,"fact":null}', opening=None, spell=lambda text: text, withheld=False, run="run {log} 0 2", at="1", **more):
    """A log of two records: what opens it, and one more."""
    first_body = opening or dump({"kind": "log.opened", "version": 1, "fact": {"key": KEY.hex(), "node": "x"}})
    first = header(v.ZERO, v.ZERO, 0, v.ZERO, first_body)
    log = sha(first.encode())
    second = spell(header(log, log, 1, log, body, **more))
    signature = sign("jiangsai.checkpoint.v0", log, 1, sha(second.encode()))
    head = (f"jiangsai.bundle.v0\nkind published\nscope {log}\nfrom {KEY.hex()}\nto everyone\nincarnation {v.ZERO}\nat {at}\n").encode()
    content = (run.format(log=log) + "\n" + record(first, first_body, "-") + record(second, None if withheld else body, signature)).encode()
    seal = sign("jiangsai.seal.v0", KEY.hex(), sha(head), sha(content))
    return log, head + content + f"seal {sha(head)} {sha(content)} {seal}\n".encode()

def fact(text): return {"body": '{"kind":"x","version":1,"fact":' + text + "}"}

def field(text): return {"body": '{"kind":"x","version":1,' + text + ',"fact":null}'}

def opened(text): return {"opening": '{"kind":"log.opened","version":1,"fact":' + text.replace("KEY", f'"{KEY.hex()}"') + "}"}

def spelled(old, new): return {"spell": lambda text: text.replace(old, new)}

HASH = '"' + "ab" * 32 + '"'
ACCEPTED = {
    "plain": {}, "deep": fact("[" * 126 + "]" * 126), "brackets-in-text": fact('"' + "[{" * 100 + '\\""'), "pair": fact('"\\ud83d\\ude00"'),
    "largest": fact("[9007199254740991,-9007199254740991]"), "replaces": field(f'"replaces":[{HASH}]'), "spaces": {"body": ' {"kind":"x","version":4294967295 ,"fact":{}}\t'},
    "before-null": opened('{"key":KEY,"node":"x","before":null}'), "before": opened('{"key":KEY,"node":"x","before":' + HASH + "}"),
    "withheld": {"withheld": True}, "long-ago": {"at": "-9223372036854775808"}, "separators": fact('"\u2028\u007f"'), "names-in-turn": fact('{"a":{"a":1}}'),
}
REFUSED = {
    "too-deep": fact("[" * 127 + "]" * 127), "deep-objects": fact('{"a":' * 127 + "1" + "}" * 127), "minus-zero": fact("-0"), "minus-zero-inside": fact('{"a":[-0]}'),
    "half-a-pair": fact('"\\ud800"'), "half-a-pair-behind": fact('"\\udc00x"'), "half-a-pair-in-a-name": fact('{"\\ud800":1}'),
    "beyond-53-bits": fact("9007199254740992"), "beyond-64-bits": fact("18446744073709551616"), "below-64-bits": fact("-9223372036854775809"),
    "very-long": fact("9" * 5000), "fraction": fact("1.0"), "exponent": fact("1e2"), "leading-zero": fact("01"), "not-a-number": fact("NaN"), "control": fact('"\t"'),
    "name-twice": fact('{"a":1,"a":1}'), "two-values": {"body": '{"kind":"x","version":1,"fact":null} {}'}, "array": {"body": '["x",1,[],"",null,""]'},
    "version-below": {"body": '{"kind":"x","version":-1,"fact":null}'}, "version-above": {"body": '{"kind":"x","version":4294967296,"fact":null}'},
    "version-true": {"body": '{"kind":"x","version":true,"fact":null}'}, "version-text": {"body": '{"kind":"x","version":"1","fact":null}'},
    "kind-number": {"body": '{"kind":1,"version":1,"fact":null}'}, "no-fact": {"body": '{"kind":"x","version":1}'}, "more": field('"more":1'),
    "reason-null": field('"reason":null'), "pad-number": field('"pad":1'), "replaces-text": field('"replaces":"x"'), "replaces-no-hash": field('"replaces":["x"]'),
    "replaces-upper": field(f'"replaces":[{HASH.upper()}]'), "replaces-null": field('"replaces":null'),
    "class": {"class": "marks"}, "class-object": {"class": {"mark": None}}, "seq-true": spelled('"seq":1', '"seq":true'), "seq-text": {"seq_": "1"}, "at-true": {"at_": True},
    "at-above": {"at_": 2**53}, "order-below": {"order": -1}, "order-zero": spelled('"order":1', '"order":-0'), "audience": {"audience": None}, "actor": {"actor": 5},
    "hash-upper": spelled('"scope":"', '"scope":"A'), "withheld-no-hash": {"withheld": True, "body_": "xyz"}, "spelled": spelled(",", ", "), "escaped": spelled('"x"', '"\\u0078"'),
    "opening-array": opened('[KEY,"x"]'), "opening-more": opened('{"key":KEY,"node":"x","more":1}'), "opening-node": opened('{"key":KEY,"node":1}'),
    "opening-no-node": opened('{"key":KEY}'), "opening-before": opened('{"key":KEY,"node":"x","before":"x"}'),
    "run-beyond": {"run": "run {log} 18446744073709551616 2"}, "count-beyond": {"run": "run {log} 0 99999999999999999999"}, "moment-beyond": {"at": "9223372036854775808"},
}

for expected, cases in ("accepted", ACCEPTED), ("refused", REFUSED):
    for name, case in cases.items():
        # Fields of the header that are called as what is asked for otherwise.
        plain = {key: value for key, value in case.items() if not key.endswith("_")}
        late = {key[:-1]: value for key, value in case.items() if key.endswith("_")}
        if late:
            change = lambda text, late=late: dump({**json.loads(text), **late})
            plain["spell"] = change
        scope, raw = bundle(**plain)
        with open(os.path.join(sys.argv[2], name), "wb") as file: file.write(raw)
        print(name, scope, expected)
