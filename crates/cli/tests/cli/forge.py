"""Writes bundles in which every hash and signature is right, most of them with one thing that has not the form it should have.

    python3 forge.py DOCS FOLDER       a line for each: its name, its scope, and whether it is to be accepted or refused,
                                       or whether what is decided in it is approved or lacking,
                                       or whether headquarters, whose key stands in such a line, vouch for it
"""
import hashlib, json, os, sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import chain as c
import verify as v

def encode(p):
    z = pow(p[2], c.P - 2, c.P)
    return (p[1] * z % c.P | (p[0] * z % c.P & 1) << 255).to_bytes(32, "little")

def pair(seed):
    """A public key, and what signs with it."""
    digest = hashlib.sha512(bytes([seed]) * 32).digest()
    scalar = (int.from_bytes(digest[:32], "little") & ((1 << 254) - 8)) | (1 << 254)
    key = encode(c.times(scalar, c.BASE))
    def sign(*lines):
        message = "".join(f"{line}\n" for line in lines).encode()
        number = lambda *parts: int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % c.L
        r = number(digest[32:], message)
        point = encode(c.times(r, c.BASE))
        return (point + ((r + number(point, key, message) * scalar) % c.L).to_bytes(32, "little")).hex()
    return key, sign

(KEY, sign), (HEADQUARTERS, headquarters) = pair(0), pair(1)

def sha(*parts): return hashlib.sha256(b"".join(parts)).hexdigest()

def dump(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

def header(scope, log, seq, prev, body, **more):
    plain = {"type": "jiangsai.record.v1", "scope": scope, "log": log, "seq": seq, "prev": prev, "class": "trust" if seq == 0 else "mark",
             "audience": "public", "actor": "x", "at": 1, "order": seq, "body": sha(bytes(32), body.encode())}
    return dump({**plain, **more})

def record(text, body, signature):
    kept = f"{len(body.encode())} {'0' * 64}" if body is not None else "- -"
    return f"record {sha(text.encode())} {len(text.encode())} {kept} {signature}\n{text}\n" + ("" if body is None else f"{body}\n")

def bundle(body='{"kind":"x","version":1,"fact":null}', opening=None, spell=lambda text: text, withheld=False, run="run {log} 0 2", at="1", receipt=None, **more):
    """A log of two records: what opens it, and one more; and perhaps a receipt for a record of this log or another one."""
    first_body = opening or dump({"kind": "log.opened", "version": 1, "fact": {"key": KEY.hex(), "node": "x"}})
    first = header(v.ZERO, v.ZERO, 0, v.ZERO, first_body)
    log = sha(first.encode())
    second = spell(header(log, log, 1, log, body, **more))
    signature = sign("jiangsai.checkpoint.v1", log, 1, sha(second.encode()))
    head = (f"jiangsai.bundle.v1\nkind published\nscope {log}\nfrom {KEY.hex()}\nto everyone\nincarnation {v.ZERO}\nat {at}\n").encode()
    content = (run.format(log=log) + "\n" + record(first, first_body, "-") + record(second, None if withheld else body, signature)).encode()
    if receipt:
        name = [log, sha(second.encode()), v.ZERO][receipt[1]]
        content += receipt_line(KEY, sign, log, receipt[0] or log, receipt[1], name)
    return log, sealed(head, content)

def receipt_line(key, sign, scope, log, number, name):
    signature = sign("jiangsai.receipt.v1", key.hex(), v.ZERO, scope, log, number, name, 1)
    return f"receipt {key.hex()} {v.ZERO} {log} {number} {name} 1 {signature}\n".encode()

def receipts(hub, above):
    """Receipts of a hub for one log, up to a record of each number, and of the headquarters above it."""
    scope, log, name = "cd" * 32, "ab" * 32, "ef" * 32
    head = f"jiangsai.bundle.v1\nkind receipts\nscope {scope}\nfrom {KEY.hex()}\nto everyone\nincarnation {v.ZERO}\nat 1\n".encode()
    content = b"".join(receipt_line(KEY, sign, scope, log, number, name) for number in hub)
    return scope, sealed(head, content + b"".join(receipt_line(HEADQUARTERS, headquarters, scope, log, number, name) for number in above))

def sealed(head, content):
    seal = sign("jiangsai.seal.v1", KEY.hex(), sha(head), sha(content))
    return head + content + f"seal {sha(head)} {sha(content)} {seal}\n".encode()

def decided(approve=True, key=None, other=False, roles=("chief_judge",)):
    """A log in which people sign in, the chief judge confirms results, and approves that: one of it perhaps not as it should be."""
    log, lines, seq, prev = None, [], 0, v.ZERO
    def add(kind, fact, actor, **more):
        nonlocal log, seq, prev
        body = dump({"kind": kind, "version": 1, "fact": fact})
        text = header(log or v.ZERO, log or v.ZERO, seq, prev, body, actor=actor, **more)
        prev = sha(text.encode())
        log, seq = log or prev, seq + 1
        lines.append(record(text, body, sign("jiangsai.checkpoint.v1", log, seq - 1, prev)))
        return prev
    setup, desks = {"class": "setup"}, {"class": "setup", "audience": "desks"}
    officer = {"name": "x", "unit": "", "roles": list(roles), "retired": False}
    add("log.opened", {"key": KEY.hex(), "node": "x"}, "operator")
    add("event.name", {"event": "e", "name": "x"}, "operator", **setup)
    add("officer.set", {"officer": "o", "value": officer}, "operator", **desks)
    add("officer.key", {"officer": "o", "node": "x", "key": KEY.hex()}, "operator", **desks)
    add("people.sign_in", {"on": True}, "operator", **desks)
    confirmed = {"event": "e", "duty": "chief_judge", "confirmation": {"name": "x", "digest": "ab" * 32}}
    name = add("results.confirmed", confirmed, "officer:o", **{"class": "ruling", "audience": "scoring"})
    signature = sign("jiangsai.approval.v1", log if other else name)
    approval = {"record": name, "officer": "o", "key": key or KEY.hex(), "signature": signature}
    if approve: add("approved", approval, "officer:o", **{"class": "ruling", "audience": "desks"})
    head = f"jiangsai.bundle.v1\nkind published\nscope {log}\nfrom {KEY.hex()}\nto everyone\nincarnation {v.ZERO}\nat 1\n".encode()
    return log, sealed(head, (f"run {log} 0 {len(lines)}\n" + "".join(lines)).encode())

def fact(text): return {"body": '{"kind":"x","version":1,"fact":' + text + "}"}

def field(text): return {"body": '{"kind":"x","version":1,' + text + ',"fact":null}'}

def opened(text): return {"opening": '{"kind":"log.opened","version":1,"fact":' + text.replace("KEY", f'"{KEY.hex()}"') + "}"}

def spelled(old, new): return {"spell": lambda text: text.replace(old, new)}

HASH = '"' + "ab" * 32 + '"'
ACCEPTED = {
    "plain": {}, "deep": fact("[" * 126 + "]" * 126), "brackets-in-text": fact('"' + "[{" * 100 + '\\""'), "pair": fact('"\\ud83d\\ude00"'),
    "largest": fact("[9007199254740991,-9007199254740991]"), "replaces": field(f'"replaces":[{HASH}]'), "spaces": {"body": ' {"kind":"x","version":4294967295 ,"fact":{}}\t'},
    "before-null": opened('{"key":KEY,"node":"x","before":null}'), "before": opened('{"key":KEY,"node":"x","before":' + HASH + "}"),
    "long-ago": {"at": "-9223372036854775808"}, "separators": fact('"\u2028\u007f"'), "names-in-turn": fact('{"a":{"a":1}}'),
    "receipt": {"receipt": (None, 1)}, "receipt-for-the-first": {"receipt": (None, 0)},
    **{f"without-{kind}-{readers}": {"withheld": True, "class": kind, "audience": readers} for kind, readers in [
        ("roster", "registrars"), ("mark", "scoring"), ("mark", "desk:j"), ("ruling", "scoring"), ("bulletin", "scoring")]},
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
    "receipt-beyond": {"receipt": (None, 2)}, "receipt-elsewhere": {"receipt": (HASH[1:-1], 0)},
    **{f"without-{kind}-{readers}": {"withheld": True, "class": kind, "audience": readers} for kind, readers in [
        ("trust", "scoring"), ("setup", "public"), ("setup", "desks"), ("setup", "scoring"), ("roster", "public"), ("roster", "scoring"), ("draw", "sealed"),
        ("draw", "desks"), ("mark", "public"), ("mark", "desks"), ("mark", "desk"), ("mark", "registrars"), ("ruling", "desks"), ("bulletin", "public")]},
}
DECIDED = {
    "approved": {}, "lacking": {"approve": False}, "lacking-signature": {"other": True}, "lacking-key": {"key": "ab" * 32}, "lacking-role": {"roles": ["supervisor"]},
}
VOUCHED = {"vouched": ([5], [5]), "vouched-alone": ([], [3, 5]), "unvouched": ([5], []), "unvouched-end": ([5], [4])}

if __name__ == "__main__":
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

    made = {name: decided(**case) for name, case in DECIDED.items()}
    made.update((name, receipts(*numbers)) for name, numbers in VOUCHED.items())
    print("headquarters", HEADQUARTERS.hex(), "-")
    for name, (scope, raw) in made.items():
        with open(os.path.join(sys.argv[2], name), "wb") as file: file.write(raw)
        print(name, scope, name.split("-")[0])
