#!/usr/bin/env python3
"""Reference verifier of a bundle on one page, from docs/protocol.md alone: `python3 chain.py BUNDLE SCOPE`, with the scope from elsewhere.

It goes through every record, chain, checkpoint and receipt, and the seal. 0: they hold. 1: something is wrong, and where. 2: it was asked
wrongly. Whose word counts, what was confirmed and what is approved takes more than a page: verify.py, which builds on this one.
"""
import hashlib, itertools, json, re, sys

# Ed25519 as in RFC 8032, section 6, and no keys or signatures of small order.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)
def add(p, q):
    a, b, c, d = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P, 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, p, q=(0, 1, 1, 0)):
    while n: q, p, n = add(p, q) if n & 1 else q, add(p, p), n >> 1
    return q
def same(p, q): return (p[0] * q[2] - q[0] * p[2]) % P == 0 == (p[1] * q[2] - q[1] * p[2]) % P
def point(raw):
    y = int.from_bytes(raw, "little"); sign, y = y >> 255, y & (1 << 255) - 1
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P); x = x if (x * x - x2) % P == 0 else x * ROOT % P
    if y >= P or (x * x - x2) % P or (x == 0 and sign): return None
    x = P - x if x & 1 != sign else x
    return None if same(times(8, (x, y, 1, x * y % P)), (0, 1, 1, 0)) else (x, y, 1, x * y % P)
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def signed(key, signature, *lines):
    """Did this key (hex) sign these lines, each with its line feed?"""
    key, raw, message = bytes.fromhex(key), bytes.fromhex(signature), "".join(f"{line}\n" for line in lines).encode()
    a, r, s = point(key), point(raw[:32]), int.from_bytes(raw[32:], "little")
    k = int.from_bytes(hashlib.sha512(raw[:32] + key + message).digest(), "little") % L
    return a is not None and r is not None and s < L and same(times(s, BASE), add(r, times(k, a)))

# What lines, headers and bodies look like.
H, S, N, T = "([0-9a-f]{64})", "([0-9a-f]{128})", "(0|[1-9][0-9]{0,19})", "(0|-?[1-9][0-9]{0,18})"
HEAD = f"jiangsai[.]bundle[.]v1\nkind (records|published|receipts)\nscope {H}\nfrom {H}\nto (everyone|{H})\nincarnation {H}\nat {T}\n"
LINES = [f"(run) {H} {N} {N}\n", f"(record) {H} {N} ({N} {H}|- -) ({S}|-)\n", f"(receipt) {H} {H} {H} {N} {H} {T} {S}\n", f"(seal) {H} {H} {S}\n"]
FIELDS = ["type", "scope", "log", "seq", "prev", "class", "audience", "actor", "at", "order", "body"]
CLASSES, LARGEST, ZERO = "trust setup roster draw mark ruling bulletin".split(), 2**53 - 1, "0" * 64
def sha(*parts): return hashlib.sha256(b"".join(parts)).hexdigest()
def is_hash(text): return type(text) is str and re.fullmatch(H, text) is not None
def fits(number, least, most): return type(number) is int and least <= number <= most
def strict(text):
    """Strict JSON: an object, no name twice, whole numbers up to 2^53-1, no half of a pair of surrogates, 127 deep."""
    def names(pairs): return dict(pairs) if len(dict(pairs)) == len(pairs) else never(pairs)
    def whole(digits): return int(digits) if digits != "-0" and len(digits) < 18 and abs(int(digits)) <= LARGEST else never(digits)
    def never(_): raise ValueError
    brackets = re.sub(r'"(?:[^"\\]|\\.)*"|[^][{}"]+', "", text, flags=re.S)
    if max(itertools.accumulate(1 if one in "[{" else -1 for one in brackets), default=0) > 127: never(text)
    value = json.loads(text, object_pairs_hook=names, parse_int=whole, parse_float=never, parse_constant=never)
    json.dumps(value, ensure_ascii=False).encode()
    return value if type(value) is dict else never(text)
def is_header(h, text):
    return (list(h) == FIELDS and h["type"] == "jiangsai.record.v1" and h["class"] in CLASSES and all(map(is_hash, (h["scope"], h["log"], h["prev"],
            h["body"]))) and type(h["audience"]) is type(h["actor"]) is str and fits(h["seq"], 0, LARGEST) and fits(h["order"], 0, LARGEST)
            and fits(h["at"], -LARGEST, LARGEST) and json.dumps(h, ensure_ascii=False, separators=(",", ":")) == text)
def is_body(b):
    return ({"kind", "version", "fact"} <= set(b) <= {"kind", "version", "replaces", "reason", "fact", "pad"} and fits(b["version"], 0, 2**32 - 1)
            and all(type(b.get(name, "")) is str for name in ("kind", "reason", "pad"))
            and type(b.get("replaces", [])) is list and all(map(is_hash, b.get("replaces", []))))
def opens(h, b):
    fact = b["fact"] if b["kind"] == "log.opened" and type(b["fact"]) is dict else {}
    return (h["log"] == h["prev"] == ZERO and {"key", "node"} <= set(fact) <= {"key", "node", "before"}
            and is_hash(fact["key"]) and type(fact["node"]) is str and is_hash(fact.get("before") or ZERO))
def may_lack(kind, h):
    """May a body be left out? Published bundles leave out what is about persons, others what was erased."""
    readers = {"roster": "registrars", "mark": "scoring|desk:.*", "ruling": "scoring", "bulletin": "scoring"}.get(h["class"], "(?!)")
    return re.fullmatch(readers, h["audience"], re.S) is not None if kind == "published" else h["class"] != "trust" and h["audience"] != "public"

class Wrong(Exception): """What is wrong first, and at which bytes."""
def check(raw, scope):
    """Goes through a bundle; how many records it holds."""
    def need(holds, what):
        if not holds: raise Wrong(f"{of}bytes {begin}-{min(at, len(raw))}: {what}")
    def text(length, longest):
        nonlocal at
        at += length + 1
        need(length <= longest and raw[at - 1:at] == b"\n", "a length that is not the one of what follows")
        return raw[at - 1 - length:at - 1].decode()
    of, begin, at, logs, keys, run, left, ran, last = "", 0, 345, {}, {}, None, 0, None, "-"
    head = re.match(HEAD.encode(), raw)
    need(head and fits(int(head[7]), -2**63, 2**63 - 1), "not the head of a bundle of version 1")
    kind, maker, content = head[1].decode(), head[3].decode(), head.end()
    at = content
    while True:
        of, begin, here, at = "", at, at, raw.find(b"\n", at, at + 640) + 1 or at + 640
        line = next(filter(None, (re.compile(form.encode()).match(raw, begin) for form in LINES)), None)
        need(line, "not a line of a bundle")
        word, *words = [None if one is None else one.decode() for one in line.groups()]
        if ran is not None and (word != "record" or left in (0, count)): begin = ran
        need((word == "record") == (left > 0), "another number of records than the run says")
        if word != "record": need(run is None or last != "-", "checkpoint: missing")
        if word != "record": begin, ran = here, None
        if word == "run":
            run, seq, count, ran = words[0], int(words[1]), int(words[2]), begin
            left = count
            need(0 < left < 2**64 and kind != "receipts", "an empty run, or it does not belong here")
            need(seq == len(logs.setdefault(run, [])), "not the record that comes next in its log")
        if word == "record":
            (name, header, _, body, salt, last, _), of = words, f"log {run}, record {seq}, "
            try:
                header, body = text(int(header), 2048), text(int(body), 262144) if body else None
                need(sha(header.encode()) == name, "header: its hash is another")
                h, b = strict(header), body and strict(body)
            except (ValueError, RecursionError): need(False, "not text, or not strict JSON")
            need(is_header(h, header) and h["scope"] == (ZERO if seq == 0 and name == scope else scope), "not a header of this scope")
            need((h["seq"], name if seq == 0 else h["log"]) == (seq, run), "not this number of this log")
            need(sha(bytes.fromhex(salt), body.encode()) == h["body"] and is_body(b) if body else may_lack(kind, h) and seq > 0, "body: missing, or not the one of its header")
            need(opens(h, b) if seq == 0 else logs[run][-1] == h["prev"], "it does not follow the record before it, or does not open the log")
            logs[run].append(name)
            keys.setdefault(run, b["fact"]["key"] if seq == 0 else None)
            need(last == "-" or signed(keys[run], last, "jiangsai.checkpoint.v1", run, seq, name), "checkpoint: the signature does not verify")
            seq, left = seq + 1, left - 1
        if word == "receipt":
            issuer, incarnation, log, number, name, time, signature = words
            need(fits(int(number), 0, 2**64 - 1) and fits(int(time), -2**63, 2**63 - 1), "receipt: a number out of range")
            need(signed(issuer, signature, "jiangsai.receipt.v1", issuer, incarnation, scope, log, number, name, time), "receipt: the signature does not verify")
            need(logs.get(log, [])[int(number):int(number) + 1] == [name] or kind == "receipts" and log not in logs, "receipt: not of a record that is here")
        if word == "seal":
            found = [sha(raw[:content]), sha(raw[content:begin])]
            is_found, is_said = (signed(maker, words[2], "jiangsai.seal.v1", maker, *both) for both in (found, words[:2]))
            if not is_found and (is_said or found[0] != words[0]): begin, at = (0, content) if found[0] != words[0] else (content, begin)
            need(is_found and found == words[:2], "not what was sealed")
            need(head[2].decode() == scope and at == len(raw), "a bundle of another scope, or something stands behind its seal")
            return sum(map(len, logs.values()))

if __name__ == "__main__":
    if len(sys.argv) != 3 or not is_hash(sys.argv[2]): print(__doc__, file=sys.stderr); sys.exit(2)
    try:
        with open(sys.argv[1], "rb") as file: bundle = file.read(2**30 + 1)
        if len(bundle) > 2**30: raise OSError("longer than any bundle")
        print(f"{check(bundle, sys.argv[2])} records: every chain, checkpoint, receipt and the seal hold")
    except OSError as error: print(error, file=sys.stderr); sys.exit(2)
    except Wrong as error: print(f"wrong: {error}"); sys.exit(1)
