#!/usr/bin/env python3
"""Reference verifier of a bundle: chains, checkpoints, receipts, seal. Written from docs/protocol.md alone; needs nothing but Python 3.9.

    python3 verify.py BUNDLE SCOPE      0: all of it holds; 1: something is wrong, and where; 2: no such file or scope, or too long
"""
import hashlib, json, os, re, sys

# Ed25519 as in RFC 8032, section 6, and no keys or signatures of small order.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1: q = add(q, p)
        p, n = add(p, p), n >> 1
    return q

def same(p, q): return (p[0] * q[2] - q[0] * p[2]) % P == 0 == (p[1] * q[2] - q[1] * p[2]) % P

def point(raw):
    y = int.from_bytes(raw, "little"); sign, y = y >> 255, y & (1 << 255) - 1
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P: x = x * ROOT % P
    if y >= P or (x * x - x2) % P or (x == 0 and sign): return None
    if x & 1 != sign: x = P - x
    p = (x, y, 1, x * y % P)
    return None if same(times(8, p), (0, 1, 1, 0)) else p

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed(key, signature, lines):
    """Did this key (hex) sign these lines, each with its line feed?"""
    key, raw, message = bytes.fromhex(key), bytes.fromhex(signature), "".join(f"{line}\n" for line in lines).encode()
    a, r, s = point(key), point(raw[:32]), int.from_bytes(raw[32:], "little")
    if a is None or r is None or s >= L: return False
    k = int.from_bytes(hashlib.sha512(raw[:32] + key + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(k, a)))

class Wrong(Exception):
    """What is wrong; `place` is (field, first byte, byte behind the last)."""
    def __init__(self, what, *place): self.what, self.place, self.record = what, place, ()

def strict(text, where):
    """Strict JSON: no name twice, whole numbers up to 2^53-1 alone, no half of a pair of surrogates, at most 127 values inside each other."""
    def names(pairs):
        if len(dict(pairs)) != len(pairs): raise ValueError("a name twice")
        return dict(pairs)
    def whole(digits):
        if digits == "-0" or len(digits) > 17 or abs(int(digits)) >= 2**53: raise ValueError("a number out of range")
        return int(digits)
    def never(_): raise ValueError("not a whole number")
    depth = 0
    for bracket in re.sub(r'"(?:[^"\\]|\\.)*"|[^][{}"]+', "", text, flags=re.S):
        depth += 1 if bracket in "[{" else -1
        if depth > 127: raise Wrong("not strict JSON", *where)
    try:
        value = json.loads(text, object_pairs_hook=names, parse_int=whole, parse_float=never, parse_constant=never)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError): raise Wrong("not strict JSON", *where)
    if not isinstance(value, dict): raise Wrong("not of the expected form", *where)
    return value

def fits(number, least, most): return type(number) is int and least <= number <= most

def is_hash(text): return type(text) is str and re.fullmatch(HASH, text) is not None

HASH, NUMBER, SIGNATURE = r"([0-9a-f]{64})", r"(0|[1-9][0-9]{0,19})", r"([0-9a-f]{128})"
CLASSES = ["trust", "setup", "roster", "draw", "mark", "ruling", "bulletin"]
LARGEST, LONGEST = 2**53 - 1, 2**30
HEAD = [r"jiangsai\.bundle\.v0", r"kind (records|published|receipts)", f"scope {HASH}", f"from {HASH}", f"to ({HASH}|everyone)",
        f"incarnation {HASH}", r"at (0|-?[1-9][0-9]{0,18})"]
LINES = {"run": rf"run {HASH} {NUMBER} {NUMBER}",
         "record": rf"record {HASH} {NUMBER} (?:{NUMBER} {HASH}|- -) (?:{SIGNATURE}|-)",
         "receipt": rf"receipt {HASH} {HASH} {HASH} {NUMBER} {HASH} (0|-?[1-9][0-9]{{0,18}}) {SIGNATURE}",
         "seal": rf"seal {HASH} {HASH} {SIGNATURE}"}
HEADER = ["type", "scope", "log", "seq", "prev", "class", "audience", "actor", "at", "order", "body"]
ZERO = "0" * 64

def in_range(word, match):
    """Do the numbers of a line fit the 64 bits that they are kept in?"""
    at = {"run": [2, 3], "record": [2, 3], "receipt": [4]}.get(word, [])
    time = match[6] if word == "receipt" else "0"
    return all(fits(int(match[n] or 0), 0, 2**64 - 1) for n in at) and fits(int(time), -2**63, 2**63 - 1)

class Bundle:
    def __init__(self, raw, scope):
        self.raw, self.scope, self.at, self.wrong = raw, scope, 0, []
        self.logs, self.run, self.counts = {}, None, {"run": 0, "record": 0, "receipt": 0, "checkpoint": 0}

    def line(self, field):
        begin, end = self.at, self.raw.find(b"\n", self.at, self.at + 640)
        if end < 0: raise Wrong("the file ends too early, or a line without an end", field, begin, min(begin + 640, len(self.raw)))
        self.at = end + 1
        try: return self.raw[begin:end].decode(), begin
        except UnicodeDecodeError: raise Wrong("not text", field, begin, self.at)

    def text(self, begin, length, longest):
        if length > longest: raise Wrong("a length over its limit", "record", begin, self.at)
        raw, self.at = self.raw[self.at:self.at + length], self.at + length + 1
        if self.raw[self.at - 1:self.at] != b"\n":
            raise Wrong("a length that is not the one of what follows", "record", begin, min(self.at, len(self.raw)))
        try: return raw.decode()
        except UnicodeDecodeError: raise Wrong("not text", "record", begin, self.at)

    def check(self):
        envelope = re.match(rb"jiangsai\.envelope\.v0\nto ([0-9a-f]{64})\n", self.raw)
        if envelope: raise Wrong(f"encrypted to {envelope[1].decode()}, who alone can open it", "envelope", 0, envelope.end())
        head = []
        for form in HEAD:
            line, begin = self.line("head")
            match = re.fullmatch(form, line)
            if not match or (form is HEAD[6] and not fits(int(match[1]), -2**63, 2**63 - 1)):
                raise Wrong(f"not the line {form.split()[0]}", "head", begin, self.at)
            head += match.groups()[:1]
        self.kind, named, self.sender, _, _, _ = head
        begin = self.at
        while True:
            if self.at >= len(self.raw): raise Wrong("the file ends without a seal", "seal", len(self.raw), len(self.raw))
            line, here = self.line("content")
            word = line.split(" ")[0]
            match = re.fullmatch(LINES.get(word, "(?!)"), line)
            if not match or not in_range(word, match): raise Wrong("not a line of a bundle", word if word in LINES else "content", here, self.at)
            if (word == "record") != (self.run is not None and self.run["left"] > 0):
                raise Wrong("another number of records than the run says", "run", self.run["line"] if self.run else here, self.at)
            if word == "record": self.record(here, match.groups()); continue
            self.close(); self.counts[word] = self.counts.get(word, 0) + 1
            if word == "run":
                log, seq, count = match[1], int(match[2]), int(match[3])
                if count == 0 or self.kind == "receipts": self.say(Wrong("an empty run, or one that does not belong here", "run", here, self.at))
                if seq > 0 and log not in self.logs: self.say(Wrong("the records before it are not in this bundle", "run", here, self.at), log, seq)
                self.run = {"log": log, "next": seq, "left": count, "line": here, "end": self.at, "first": True, "broken": False, "signed": True}
            elif word == "receipt":
                issuer, incarnation, log, seq, head_hash, at, signature = match.groups()
                lines = ["jiangsai.receipt.v0", issuer, incarnation, self.scope, log, seq, head_hash, at]
                first, hashes = self.logs.get(log, (None, 0, []))[1:]
                known = hashes[int(seq) - first:int(seq) - first + 1] if int(seq) >= first else []
                if not signed(issuer, signature, lines): self.say(Wrong("the signature does not verify", "receipt", here, self.at), log, int(seq))
                elif known and known[0] != head_hash: self.say(Wrong("of another record than the one here", "receipt", here, self.at), log, int(seq))
            else: self.seal(begin, here, *match.groups()); break
        if named != self.scope and not self.wrong: self.say(Wrong("a bundle of another scope", "head", 0, begin))

    def say(self, wrong, log=None, seq=None):
        self.wrong.append((wrong.place[1], "".join([f"log {log}, record {seq}, " if log else "", "{}, bytes {}-{}".format(*wrong.place), f": {wrong.what}"])))

    def close(self):
        run, self.run = self.run, None
        if run and not run["broken"] and not run["signed"]:
            self.say(Wrong("checkpoint: missing", "run", run["line"], run["end"]), run["log"], run["next"] - 1)

    def record(self, begin, groups):
        name, header_length, body_length, salt, signature = groups
        run = self.run
        try:
            header = self.text(begin, int(header_length), 2048)
            body = None if body_length is None else self.text(begin, int(body_length), 262144)
        except Wrong as wrong: wrong.record = run["log"], run["next"]; raise
        self.counts["record"] += 1
        try: run["broken"] or self.examine(run, begin, name, header, body, salt, signature)
        except Wrong as wrong: self.say(wrong, run["log"], run["next"]); run["broken"] = True
        run.update(next=run["next"] + 1, left=run["left"] - 1, first=False, signed=signature is not None)

    def examine(self, run, begin, name, header, body, salt, signature):
        here, key = (begin, self.at), None
        line = ("run", run["line"], self.at) if run["first"] else ("header", *here)
        if hashlib.sha256(header.encode()).hexdigest() != name: raise Wrong("not the hash of the header", "header", *here)
        h = strict(header, ("header", *here))
        if (list(h) != HEADER or h["type"] != "jiangsai.record.v0" or json.dumps(h, ensure_ascii=False, separators=(",", ":")) != header
                or not all(is_hash(h[name]) for name in ("scope", "log", "prev", "body")) or h["class"] not in CLASSES
                or not all(type(h[name]) is str for name in ("audience", "actor"))
                or not fits(h["seq"], 0, LARGEST) or not fits(h["at"], -LARGEST, LARGEST) or not fits(h["order"], 0, LARGEST)):
            raise Wrong("not a header", "header", *here)
        if h["scope"] != (ZERO if run["next"] == 0 and name == self.scope else self.scope): raise Wrong("not this scope", "run", run["line"], self.at)
        names_nobody = h["class"] == "trust" or h["audience"] == "public"  # of records on their way up only what was erased has no body
        if body is None and (run["next"] == 0 or self.kind != "published" and names_nobody): raise Wrong("withheld where it may not be", "body", *here)
        if body is not None:
            if hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest() != h["body"]: raise Wrong("not the one its header commits to", "body", *here)
            b = strict(body, ("body", *here))
            if (not {"kind", "version", "fact"} <= set(b) <= {"kind", "version", "replaces", "reason", "fact", "pad"}
                    or not all(type(b.get(name, "")) is str for name in ("kind", "reason", "pad")) or not fits(b["version"], 0, 2**32 - 1)
                    or type(b.get("replaces", [])) is not list or not all(map(is_hash, b.get("replaces", [])))):
                raise Wrong("not a body", "body", *here)
        if name != run["log"] if run["next"] == 0 else h["log"] != run["log"]: raise Wrong("not of this log", *line)
        if h["seq"] != run["next"]: raise Wrong("not this number of its log", *line)
        if run["next"] == 0:
            fact = b["fact"] if b["kind"] == "log.opened" and isinstance(b["fact"], dict) else {}
            key, before = fact.get("key"), fact.get("before")
            if (h["log"] != ZERO or h["prev"] != ZERO or not {"key", "node"} <= set(fact) <= {"key", "node", "before"} or not is_hash(key)
                    or type(fact["node"]) is not str or not (before is None or is_hash(before))):
                raise Wrong("does not open the log", "body", *here)
        known = self.logs.setdefault(run["log"], (key, run["next"], [])); last = known[2][-1:]
        if known[1] + len(known[2]) != run["next"] or (last and last[0] != h["prev"]): raise Wrong("not the hash of the header before", *line)
        known[2].append(name)
        if signature and known[0]:
            if not signed(known[0], signature, ["jiangsai.checkpoint.v0", run["log"], run["next"], name]): raise Wrong("checkpoint: signature does not verify", "record", *here)
            self.counts["checkpoint"] += 1

    def seal(self, begin, end, head, content, signature):
        is_head = hashlib.sha256(self.raw[:begin]).hexdigest(); is_content = hashlib.sha256(self.raw[begin:end]).hexdigest()
        if self.at < len(self.raw): self.say(Wrong("something stands behind the seal", "seal", self.at, len(self.raw)))
        sealed = lambda *hashes: signed(self.sender, signature, ["jiangsai.seal.v0", self.sender, *hashes])
        if sealed(head, content):
            if head != is_head: self.say(Wrong("not what was sealed", "head", 0, begin))
            if content != is_content and not self.wrong: self.say(Wrong("not what was sealed", "content", begin, end))
        elif head == is_head or sealed(is_head, is_content): self.say(Wrong("the signature does not verify", "seal", end, self.at))
        else: self.say(Wrong("not what was sealed", "head", 0, begin))

def main():
    if len(sys.argv) != 3 or not re.fullmatch(HASH, sys.argv[2]): sys.exit(__doc__)
    try:
        with open(sys.argv[1], "rb") as file: raw = file.read(LONGEST) if os.fstat(file.fileno()).st_size <= LONGEST else None
    except OSError as error: print(error, file=sys.stderr); return 2
    if raw is None: print(f"longer than any bundle ({LONGEST} bytes)", file=sys.stderr); return 2
    bundle = Bundle(raw, sys.argv[2])
    try: bundle.check()
    except Wrong as wrong: bundle.say(wrong, *wrong.record)
    for _, said in sorted(bundle.wrong): print(f"wrong: {said}")
    if not bundle.wrong: print(f"{bundle.kind} sealed by {bundle.sender}: " + ", ".join(f"{count} {of}s" for of, count in bundle.counts.items()))
    return 1 if bundle.wrong else 0

if __name__ == "__main__": sys.exit(main())
