#!/usr/bin/env python3
"""Reference verifier of a bundle, written from docs/protocol.md alone; needs Python 3.9, and chain.py beside it.

    python3 verify.py BUNDLE SCOPE [HEADQUARTERS]      SCOPE, and key or fingerprint of headquarters, from elsewhere

0: all of it holds. 1: something is wrong, and where. 2: no such file, scope or key, or too long. 3: it holds, but
results are not confirmed, decisions lack approvals, or headquarters do not vouch for all of it. It says whose word
counts, what stands in quarantine, and which decisions are approved. It computes no standings and opens no locks:
`jiangsai-cli verify` does. Its parts are FORM, FACTS, BUNDLE, PEOPLE and RESULTS; what records and signatures are
stands in chain.py, the page to begin with.
"""
import base64, collections, hashlib, os, re, sys, types
sys.dont_write_bytecode = True
import chain
from chain import ZERO, fits, is_body, is_hash, is_header, may_lack, opens, sha, signed

# FORM: what lines, headers and bodies look like.

# Words of a line: Hash, Signature, Number, Time, Kind, Everyone or a hash; as a small letter where it may be `-`.
WORDS = {"H": "[0-9a-f]{64}", "S": "[0-9a-f]{128}", "N": "0|[1-9][0-9]{0,19}", "T": "0|-?[1-9][0-9]{0,18}",
         "K": "records|published|receipts", "E": "everyone|[0-9a-f]{64}"}
HEAD = {"kind": "K", "scope": "H", "from": "H", "to": "E", "incarnation": "H", "at": "T"}
LINES = {"run": "HNN", "record": "HNnhs", "receipt": "HHHNHTS", "seal": "HHS"}
LONGEST = 2**30
FIRST = b"jiangsai.bundle.v1\n"
LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")

def is_word(form, word):
    if form.islower() and word == "-": return True
    limit = {"N": 2**64, "T": 2**63}.get(form.upper())
    return bool(re.fullmatch(WORDS[form.upper()], word)) and (limit is None or -2**63 <= int(word) < limit)

def is_line(words, form): return form is not None and len(words) == len(form) and all(map(is_word, form, words))

def fingerprint(key):
    start = hashlib.sha256(bytes.fromhex("302a300506032b6570032100" + key)).digest()[:10]
    return base64.b32encode(start).decode().translate(LETTERS)

class Wrong(Exception):
    """What is wrong, and its place: field, first byte, byte behind the last."""

def strict(text, *place):
    try: return chain.strict(text)
    except ValueError: raise Wrong("not strict JSON, or not an object", *place)

# FACTS: which there are, what of them is looked at, who writes and who approves them.

ROLES = "organiser registrar judge group_leader chief_judge recorder checker supervisor draw_officer arbitrator"
WRITERS = {kind: set(roles.split()) for roles, kinds in {
    "organiser": "competition.settings event.name certificate.issued screen.release person.erased notes.erased "
                 "node.revoked readers.key",
    "organiser chief_judge": "event.rulebook parameter.value entry.status judge.set panel.members module.leader "
                             "seat.taken event.paper recheck.begun inquiry.raised inquiry.answered bulletin.published "
                             "event.figures",
    "organiser registrar": "person.form entry.registered", "organiser registrar draw_officer": "entry.numbers",
    "organiser draw_officer": "draw.held draw.lot", "draw_officer supervisor": "draw.sealed draw.opened",
    "organiser chief_judge recorder checker": "mark.set sheet.scan",
    "chief_judge recorder checker": "sheet.recorded", "chief_judge checker": "sheet.checked recheck.sheet",
    "chief_judge supervisor": "results.confirmed",
    "chief_judge": "results.final entry.decision mark.rescore record.adopted finding.settled",
    "": "sheet.state mark.note module.confirmed module.extra_time", ROLES: "entry.coded",
}.items() for kind in kinds.split()}
# What is said about people; who writes it does not matter, but who approves it.
PEOPLE = {"officer.set", "officer.key", "judge.key", "officer.key_revoked", "people.sign_in", "approved"}
TRUST = {"node.revoked", "record.adopted"}
# Facts that show that there is an event.
SHOWS = set("""event.name event.rulebook panel.members results.final results.confirmed draw.held event.paper
    recheck.begun draw.sealed draw.opened entry.coded parameter.value module.leader seat.taken bulletin.published
    screen.release event.figures""".split())
# Who approves what is decided, a person for each, in one of these roles, and the fields that say what it sets: one of
# the same may take its place. Of two kinds the role stands in the fact; a signed sheet is approved by the judge; of two
# what takes their place is worked out otherwise; of what is said about people these two are listed, where they count.
DECISIONS = {
    "results.confirmed": ([], ["event", "duty"]), "results.final": (["chief_judge"], ["event"]),
    "draw.sealed": (["draw_officer", "supervisor"], ["event"]), "draw.opened": ([], ["event", "office"]),
    "bulletin.published": (["organiser"], ["event", "number"]), "entry.decision": (["chief_judge"], ["entry"]),
    "finding.settled": (["chief_judge"], ["finding"]), "person.erased": (["organiser"], ["person"]),
    "readers.key": (["organiser"], ["public"]), "officer.set": (["organiser"], ["officer"]),
    "people.sign_in": (["organiser"], []), "node.revoked": (["organiser"], None),
    "record.adopted": (["chief_judge"], None),
    "draw.held": (["draw_officer organiser"], ["event", "layer", "session"]),
    "draw.lot": (["draw_officer organiser"], ["draw", "entry"]),
    "mark.rescore": (["chief_judge"], ["event", "entry", "item", "judge", "attempt"]),
    "sheet.state": (["chief_judge"], ["event", "entry", "module", "judge"]),
}
# What wants approvals since the second edition of the table; of what there are many, so that they are counted.
SECOND, MANY = {"draw.held", "draw.lot", "mark.rescore", "sheet.state"}, {"draw.lot", "mark.rescore", "sheet.state"}
# The fields that are looked at. `?`: it may be left out; `=`: there are no others; words: one of these; a range: in it.
JUDGES = "on_site scoring timing check_in encryption group_leader chief"
BOXES = [{"node": str, "to": str, "box": str, "=": 0}]
EVENT, PLACE = {"event": str}, {"event": str, "entry": str, "module": str}
MARK = {"event": str, "entry": str, "item": str, "judge?": (str, None), "attempt?": range(2**16)}
# Either of both.
SIGNER = {"officer?": (str, None), "judge?": (str, None)}
FORMS = {
    "officer.set": {"officer": str, "value": {
        "name": str, "unit": str, "roles": [ROLES], "nodes?": [str], "retired?": bool, "=": 0}},
    "officer.key": {"officer": str, "node": str, "key": str}, "judge.key": {"judge": str, "node": str, "key": str},
    "officer.key_revoked": {**SIGNER, "node": str, "key": str, "trusted": [str]},
    "people.sign_in": {"on": bool, "approvals?": range(2**32)},
    "approved": {**SIGNER, "record": str, "key": str, "signature": str},
    "node.revoked": {"node": str, "revocation?": ({"logs": [{"log": str, "seq": int, "head": str}]}, None)},
    "record.adopted": {"records": [str]}, "notes.erased": {"records": [str]},
    "person.erased": {"person": str, "basis": str, "records": [str]},
    "readers.key": {"public": str, "by": str, "boxes": BOXES, "signature": str, "=": 0,
                    "older?": [{"public": str, "boxes": BOXES, "=": 0}]},
    "event.name": {**EVENT, "name": str}, "event.rulebook": {**EVENT, "json": str},
    "event.paper": {**EVENT, "wanted": bool}, "panel.members": {**EVENT, "panel": str, "members": [str]},
    "parameter.value": {**EVENT, "parameter": str, "text?": str, "value": str}, "recheck.begun": {**EVENT, "plan": {}},
    "seat.taken": {**EVENT, "entry": str, "panel": str, "seat": str, "sitting?": ({}, None)},
    "draw.held": {**EVENT, "layer": "number place work", "session": str, "held?": ({
        "draw": str, "by": ("lots", {"computer": {"seed": str}, "=": 0}), "voids?": (str, None)}, None)},
    "draw.lot": {"draw": str, "entry": str, "lot?": ({"session?": str, "code": str}, None)},
    "event.figures": {**EVENT, "figures": {"number": int, "kind": "provisional posted announced", "registered": int,
        "took_part": int, "units?": (int, None), "judges": int, "awards?": [{"name": {}, "count": int}]}},
    "screen.release": {**EVENT, "shown": "nothing provisional final"},
    "results.confirmed": {**EVENT, "duty": "chief_judge supervisor", "confirmation": {"name": str, "digest": str}},
    "results.final": {**EVENT, "done": bool}, "bulletin.published": {**EVENT, "number": int, "bulletin": {}},
    "draw.sealed": {**EVENT, "seal": {"seal": str, "officer": str, "supervisor": str, "lock?": ({}, None)}},
    "draw.opened": {**EVENT, "office": "draw_officer supervisor envelope",
                    "opening": {"seals": [str], "name": str, "codes?": {}}},
    "entry.decision": {"entry": str, "decision": {"by": "share draw play_off manual", "order": [str]}},
    "finding.settled": {"finding": str, "decision": "leave reopen"},
    "entry.coded": {"entry": str, "coded": EVENT},
    "judge.set": {"judge": str, "value": {
        "code": str, "name": str, "kind": JUDGES, "unit": str, "retired": bool, "=": 0}},
    "module.leader": {**EVENT, "module": str, "judge?": (str, None)},
    "mark.set": {**MARK, "mark": object}, "mark.note": {**MARK, "text": str},
    "mark.rescore": {**MARK, "request?": ({"first": [str]}, None)},
    "sheet.state": {**PLACE, "judge?": (str, None),
                    "state": ({"signed": {"by": str, "marks": [str]}, "=": 0}, "reopened")},
    "module.confirmed": {**PLACE, "confirmation": "signed refused withdrawn"},
    "module.extra_time": {**PLACE, "seconds": int},
}
# In the place of the kind of what cannot be read: of a later version, or not of its form.
NEWER, UNREAD = "newer", "unread"

class Fact(collections.namedtuple("Fact", "name place node log seq actor kind replaces fact")):
    """A fact on record: the hash that names it, its place in display order, who wrote it where, what it says."""
    def __hash__(self): return hash(self.name)

def has_form(value, form):
    """Is it an object with these fields, a list of such, one of these words, any of these, or of this type?"""
    if type(form) is dict:
        names = {name.rstrip("?"): name for name in form}
        return (type(value) is dict and ("=" not in form or set(value) <= set(names) - {"="}) and all(
            has_form(value[plain], form[name]) if plain in value else name[-1] in "?="
            for plain, name in names.items()))
    if type(form) is list: return type(value) is list and all(has_form(one, form[0]) for one in value)
    if type(form) is tuple: return any(has_form(value, one) for one in form)
    if type(form) is str: return type(value) is str and value in form.split()
    if form is int: return fits(value, 0, chain.LARGEST)
    if type(form) is range: return type(value) is int and value in form
    return form is object or value is None is form or type(value) is form

def read_kind(scope, kind, version, fact):
    """The kind of a fact; that it is newer, or cannot be read, as when it wants a signature that does not verify."""
    if kind not in WRITERS.keys() | PEOPLE or version > {"bulletin.published": 2}.get(kind, 1): return NEWER
    if not has_form(fact, FORMS.get(kind, object)): return UNREAD
    if kind in ("approved", "officer.key_revoked") and (fact.get("officer") is None) == (fact.get("judge") is None):
        return UNREAD
    if kind == "approved":
        record, key, signature = fact["record"], fact["key"], fact["signature"]
        if not (is_hash(record) and is_hash(key) and is_word("S", signature)): return UNREAD
        if not signed(key, signature, "jiangsai.approval.v1", record): return UNREAD
    if kind == "readers.key":
        lines = []
        for own in [fact, *fact.get("older", [])]:
            lines += [f"key {own['public']}", *(f"{box['node']} {box['to']} {box['box']}" for box in own["boxes"])]
        if not (is_hash(fact["by"]) and is_word("S", fact["signature"])): return UNREAD
        if not signed(fact["by"], fact["signature"], "jiangsai.readers.v1", scope, fact["by"], *lines): return UNREAD
    return kind

def writers(one):
    """The roles in which an officer may write a fact; any for what cannot be read."""
    opens = one.kind == "draw.opened" and one.fact["office"] == "envelope"
    reopens = one.kind == "sheet.state" and one.fact["state"] == "reopened"
    return {"chief_judge"} if opens or reopens else WRITERS.get(one.kind, set(ROLES.split()))

def key_of(one):
    """Whose key a fact names, an officer's or a judge's, and which."""
    either = "officer" if one.fact.get("judge") is None else "judge"
    of = {"officer.key": "officer", "judge.key": "judge"}.get(one.kind, either)
    return of, one.fact[of], one.fact["key"]

def signer(one):
    """The judge who signed a sheet; nobody where it is anything else."""
    return one.fact["state"]["signed"]["by"] if one.kind == "sheet.state" and one.fact["state"] != "reopened" else None

def is_judges(one, judge, leads):
    """May a judge write it? `leads`: does the judge lead a module of this event at that place?"""
    if one.kind == "sheet.state" and signer(one) != judge: return False
    if one.kind in ("sheet.state", "mark.set", "mark.note"):
        whose = one.fact.get("judge")
        return leads(one.fact["event"]) if whose is None else whose == judge
    return one.kind in ("module.confirmed", "module.extra_time", "entry.coded", NEWER, UNREAD)

# BUNDLE: lines, records, receipts and the seal.

Log = collections.namedtuple("Log", "key node first names")

class Bundle:
    def __init__(self, raw, scope):
        self.raw, self.scope, self.at, self.run, self.broken = raw, scope, 0, None, False
        self.wrong, self.logs, self.receipts, self.facts = [], {}, [], []
        self.counts = dict.fromkeys(["runs", "records", "bodies withheld", "checkpoints", "receipts"], 0)

    def say(self, log, seq, what, field, begin, end):
        of = f"log {log}, record {seq}, " if log else ""
        self.wrong.append((begin, f"{of}{field}, bytes {begin}-{end}: {what}"))

    def line(self, field):
        begin, end = self.at, self.raw.find(b"\n", self.at, self.at + 640)
        if end < 0: raise Wrong("a line without an end", field, begin, min(begin + 640, len(self.raw)))
        self.at = end + 1
        try: return self.raw[begin:end].decode().split(" "), begin
        except UnicodeDecodeError: raise Wrong("not text", field, begin, self.at)

    def text(self, begin, length, longest):
        if length > longest: raise Wrong("a length over its limit", "record", begin, self.at)
        raw, self.at = self.raw[self.at:self.at + length], self.at + length + 1
        place = "record", begin, min(self.at, len(self.raw))
        if self.raw[self.at - 1:self.at] != b"\n": raise Wrong("a length that is not the one of what follows", *place)
        try: return raw.decode()
        except UnicodeDecodeError: raise Wrong("not text", *place)

    def check(self):
        """Goes through all of it; what is wrong is in `wrong`."""
        try: self.items()
        except Wrong as wrong:
            run = self.run if self.run and self.run.left > 0 else None
            self.say(run and run.log, run and run.next, *wrong.args)

    def items(self):
        closed = re.match(rb"jiangsai\.envelope\.v1\nto ([0-9a-f]{64})\n", self.raw)
        if closed: raise Wrong(f"encrypted to {closed[1].decode()}, who alone can open it", "envelope", 0, closed.end())
        head, self.at = [], len(FIRST)
        if self.raw[:self.at] != FIRST: raise Wrong("not a bundle of version 1", "head", 0, min(self.at, len(self.raw)))
        for word, form in HEAD.items():
            (first, *words), begin = self.line("head")
            if first != word or not is_line(words, form): raise Wrong(f"not a line `{word}`", "head", begin, self.at)
            head += words
        self.kind, scope, self.maker, begin = *head[:3], self.at
        while True:
            if self.at >= len(self.raw): raise Wrong("the file ends without a seal", "seal", self.at, self.at)
            (word, *words), here = self.line("content")
            if not is_line(words, LINES.get(word)) or word == "record" and (words[2] == "-") != (words[3] == "-"):
                raise Wrong("not a line of a bundle", word if word in LINES else "content", here, self.at)
            if (word == "record") != (self.run is not None and self.run.left > 0):
                place = "run", self.run.line if self.run else here, self.at
                self.run = None
                raise Wrong("another number of records than the run says", *place)
            if word == "record": self.record(here, *words)
            else: self.close()
            if word == "run": self.begin(here, *words)
            if word == "receipt": self.receipt(here, *words)
            if word == "seal": break
        self.seal(begin, here, *words)
        if scope != self.scope and not self.wrong: self.say(None, None, "a bundle of another scope", "head", 0, begin)

    def begin(self, here, log, seq, count):
        place, seq, count = ("run", here, self.at), int(seq), int(count)
        self.counts["runs"] += 1
        if count == 0 or self.kind == "receipts": self.say(None, None, "empty, or it does not belong here", *place)
        if seq > 0 and log not in self.logs: self.say(log, seq, "the records before it are not in this bundle", *place)
        self.run = types.SimpleNamespace(log=log, next=seq, left=count, first=True, broken=False, signed=True)
        self.run.line, self.run.end = here, self.at

    def close(self):
        run, self.run = self.run, None
        if run and not run.broken and not run.signed:
            self.say(run.log, run.next - 1, "checkpoint: missing", "run", run.line, run.end)

    def record(self, begin, name, header, body, salt, signature):
        run, header = self.run, self.text(begin, int(header), 2048)
        body = None if body == "-" else self.text(begin, int(body), 262144)
        self.counts["records"] += 1; self.counts["bodies withheld"] += body is None
        try: run.broken or self.examine(run, (begin, self.at), name, header, body, salt, signature)
        except Wrong as wrong:
            self.say(run.log, run.next, *wrong.args)
            run.broken = self.broken = True
        run.next, run.left, run.first, run.signed = run.next + 1, run.left - 1, False, signature != "-"

    def examine(self, run, here, name, header, body, salt, signature):
        line = ("run", run.line, self.at) if run.first else ("header", *here)
        if sha(header.encode()) != name: raise Wrong("not the hash of the header", "header", *here)
        h, b = strict(header, "header", *here), None
        if not is_header(h, header): raise Wrong("not a header", "header", *here)
        founds = run.next == 0 and name == self.scope
        if h["scope"] != (ZERO if founds else self.scope): raise Wrong("not this scope", "run", run.line, self.at)
        if body is None and (run.next == 0 or not may_lack(self.kind, h)): raise Wrong("missing", "body", *here)
        if body is not None:
            if sha(bytes.fromhex(salt), body.encode()) != h["body"]: raise Wrong("not as in its header", "body", *here)
            b = strict(body, "body", *here)
            if not is_body(b): raise Wrong("not a body", "body", *here)
        if (name if run.next == 0 else h["log"]) != run.log: raise Wrong("not of this log", *line)
        if h["seq"] != run.next: raise Wrong("not this number of its log", *line)
        if run.next == 0 and not opens(h, b): raise Wrong("does not open the log", "body", *here)
        opening = b["fact"] if run.next == 0 else {"key": None, "node": ""}
        log = self.logs.setdefault(run.log, Log(opening["key"], opening["node"], run.next, []))
        if log.first + len(log.names) != run.next or (log.names and log.names[-1] != h["prev"]):
            raise Wrong("not the hash of the header before", *line)
        log.names.append(name)
        if b and h["class"] != "trust":
            kind = read_kind(self.scope, b["kind"], b["version"], b["fact"])
            origin = log.node, run.log, h["seq"], h["actor"]
            self.facts.append(Fact(name, (h["order"], name), *origin, kind, b.get("replaces", []), b["fact"]))
        if signature != "-" and log.key:
            if not signed(log.key, signature, "jiangsai.checkpoint.v1", run.log, run.next, name):
                raise Wrong("checkpoint: the signature does not verify", "record", *here)
            self.counts["checkpoints"] += 1

    def receipt(self, here, issuer, incarnation, log, seq, name, at, signature):
        place, number = ("receipt", here, self.at), int(seq)
        _, _, first, names = self.logs.get(log, Log(None, "", 0, []))
        known = names[number - first:number - first + 1] if number >= first else []
        self.counts["receipts"] += 1; self.receipts.append((issuer, log, number))
        if not signed(issuer, signature, "jiangsai.receipt.v1", issuer, incarnation, self.scope, log, seq, name, at):
            self.say(log, number, "the signature does not verify", *place)
        elif known and known[0] != name: self.say(log, number, "of another record than the one here", *place)
        elif self.kind != "receipts" and not self.broken and number >= first + len(names):
            self.say(log, number, "of a record that is not in this bundle", *place)

    def seal(self, begin, end, head, content, signature):
        is_head, is_content = sha(self.raw[:begin]), sha(self.raw[begin:end])
        def say(what, *place): self.say(None, None, what, *place)
        if self.at < len(self.raw): say("something stands behind the seal", "seal", self.at, len(self.raw))
        def is_by_maker(*hashes): return signed(self.maker, signature, "jiangsai.seal.v1", self.maker, *hashes)
        if is_by_maker(head, content):
            if head != is_head: say("not what was sealed", "head", 0, begin)
            if content != is_content and not self.wrong: say("not what was sealed", "content", begin, end)
        elif head == is_head or is_by_maker(is_head, is_content): say("does not verify", "seal", end, self.at)
        else: say("not what was sealed", "head", 0, begin)

    def vouched(self, named):
        """Of whom the receipts are, as lines; and do headquarters, if they are named, not vouch for every record?"""
        def are(key): return named in (key, fingerprint(key))
        other = "not compared with the key of headquarters" if named is None else "not of headquarters, not counted"
        counts, held = collections.Counter(issuer for issuer, _, _ in self.receipts), {}
        lines = [f"{count} receipts of {issuer} ({fingerprint(issuer)}): {'headquarters' if are(issuer) else other}"
                 for issuer, count in sorted(counts.items())]
        ends = {log: own.first + len(own.names) - 1 for log, own in self.logs.items()}
        for issuer, log, seq in self.receipts:
            if self.kind == "receipts": ends[log] = max(seq, ends.get(log, 0))
            if are(issuer): held[log] = max(seq, held.get(log, 0))
        if named is None or are(self.maker): return lines, False
        lacking = [log for log in sorted(ends) if held.get(log, -1) < ends[log]]
        return lines + [f"headquarters: no receipt for the end of log {log}" for log in lacking], bool(lacking)

# PEOPLE: whose word counts; *People and approvals* and *Revocation* of the protocol.

class People:
    """What was said about people before the cuts of computers: `counts` is what counts of it (the set L), `doubts` what
    takes away from others, whether it counts or not (the set U)."""
    def __init__(self, said, founder):
        def by(what, *kinds):
            groups = collections.defaultdict(list)
            for one in said:
                if one.kind in kinds: groups[what(one)].append(one)
            return groups
        self.founder, self.said = founder, [one for one in said if one.kind != "approved"]
        self.sign_ins = [one for one in said if one.kind == "people.sign_in"]
        self.grants = by(lambda one: one.fact["officer"], "officer.set")
        self.keys, self.revoked = by(key_of, "officer.key", "judge.key"), by(key_of, "officer.key_revoked")
        self.approvals = by(lambda one: one.fact["record"], "approved")
        self.counts, self.doubts = None, {one.name for one in self.said}
        while True:
            counts = self.least(self.doubts)
            doubts = self.least(counts)
            if (counts, doubts) == (self.counts, self.doubts): break
            self.counts, self.doubts = counts, doubts
        # The computers, by key, of an officer who has a key that was written by a node.
        self.at = collections.defaultdict(set)
        for (of, officer, _), keys in self.keys.items():
            for one in keys:
                if of == "officer" and one.name in self.counts: self.at[officer, one.node].add(one.fact["node"])

    def least(self, against):
        """C(against): the least that counts by rules 1 to 3 where only these take away."""
        counts = {one.name for one in self.sign_ins if one.fact["on"]}
        while True:
            more = {one.name for one in self.said if one.name not in counts and self.begins(one, counts, against)}
            if not more: return counts
            counts |= more

    def begins(self, one, *sets):
        """Rules 1 and 2: does a fact count, by those that do?"""
        if one.kind != "people.sign_in" and not self.signed_in(one.place, sets[0]): return True
        but = one.fact["key"] if one.kind == "officer.key_revoked" else None
        return bool(self.approvers(one.name, {"organiser"}, but, sets))

    def edition(self, place, counts=None):
        """Rule 1: which edition of the table of decisions holds at a place; None: people did not sign in before."""
        if counts is None: counts = self.counts
        before = [one for one in self.sign_ins if one.place < place and one.name in counts]
        over = {name for one in before for name in one.replaces}
        standing = [one for one in before if one.fact["on"] and one.name not in over]
        return max((max(1, one.fact.get("approvals", 1)) for one in standing), default=None)

    def signed_in(self, place, counts=None): return self.edition(place, counts) is not None

    def known(self, key, sets=None):
        """What counts and makes a key known, and what revokes it."""
        counts, against = sets or (self.counts, self.doubts)
        known = [one for one in self.keys.get(key, ()) if one.name in counts]
        # A key that was made known by the founding computer is revoked there alone.
        anchored = self.founder is not None and any(one.node == self.founder for one in known)
        revoked = [one for one in self.revoked.get(key, ()) if not anchored or one.node == self.founder]
        over = {name for one in revoked if one.name in counts for name in one.replaces}
        return known, [one for one in revoked if one.name in against and one.name not in over]

    def behind(self, approval, sets=None):
        """Rules 3 and 6: what makes the key of an approval known, unless it was revoked for this approval."""
        known, revoked = self.known(key_of(approval), sets)
        return known if all(approval.name in one.fact["trusted"] for one in revoked) else []

    def approvers(self, record, roles, but=None, sets=None):
        """Rule 3: who approved a record in one of these roles, with another key than `but`."""
        def holds(one, officer, key):
            at = [own.fact["node"] for own in self.behind(one, sets)]
            return key != but and any(self.granted(officer, one.place, roles, node, record, sets) for node in at)
        own = [(one, *key_of(one)) for one in self.approvals.get(record, ())]
        return {whose for one, of, whose, key in own if of == "officer" and holds(one, whose, key)}

    def is_own(self, record, judge):
        """Rule 6: did a judge approve a record?"""
        own = [one for one in self.approvals.get(record, ()) if key_of(one)[:2] == ("judge", judge)]
        return any(map(self.behind, own))

    def wants_own(self, one, judge):
        """Rule 6: does a sheet that a judge signed want the judge's approval, unless it was adopted?"""
        def has(key):
            known, revoked = self.known(key)
            return (any(own.place < one.place and own.node == one.node for own in known)
                    and not any(own.place < one.place for own in revoked))
        return self.signed_in(one.place) and any(has(key) for key in self.keys if key[:2] == ("judge", judge))

    def granted(self, officer, place, roles, node=None, but=None, sets=None):
        """Has an officer one of these roles at a place, at this computer or at any? The grant `but` is left out."""
        counts, against = sets or (self.counts, self.doubts)
        for one in reversed(self.grants.get(officer, ())):
            if one.place > place or one.name == but: continue
            own = one.fact["value"]
            here = node is None or not own.get("nodes") or node in own["nodes"]
            if here and not own.get("retired") and not roles.isdisjoint(own["roles"]):
                if one.name in counts: return True
            elif one.name in against: return False
        return False

    def lacks(self, one, roles):
        """Who may write what: what an officer lacked who wrote this, where people signed in; else nothing."""
        if not self.signed_in(one.place): return None
        if not one.actor.startswith("officer:"): return "nobody"
        officer = one.actor[len("officer:"):]
        at = self.at.get((officer, one.node), ())
        if any(self.granted(officer, one.place, roles, node) for node in at): return None
        return "elsewhere" if self.granted(officer, one.place, roles) else "role"

def trusts(revocation, one):
    """Is a record before the cut of its log?"""
    return any(cut["log"] == one.log and one.seq <= cut["seq"] for cut in revocation["logs"])

def cuts(one, other):
    """Does a fact revoke the computer of another with a cut before it?"""
    revocation = one.kind == "node.revoked" and one.fact["node"] == other.node and one.fact.get("revocation")
    return bool(revocation) and not trusts(revocation, other)

def labels(said, founder):
    """Of what was said about trust, by name: whether it stands ("in"), does not ("out"), or is "open"."""
    def replaces(one, other):
        same = one.kind == other.kind == "node.revoked" and one.fact["node"] == other.fact["node"]
        return same and one is not other and other.name in one.replaces and not cuts(other, one)
    against = {one: {other for other in said if cuts(other, one) or replaces(other, one)} for one in said}
    def settled():
        found = {one: "out" for one in said if one in against[one]}
        while True:
            new = {}
            for one in against.keys() - found.keys():
                others = [found.get(other) for other in against[one]]
                if "in" in others: new[one] = "out"
                elif all(other == "out" for other in others): new[one] = "in"
            if not new: return {one: found.get(one, "open") for one in said}
            found.update(new)
    found = settled()
    for one in said:
        # The anchor: of what takes each other away, what the founding computer said counts against the others.
        if found[one] == "open" and one.node == founder:
            against[one] = {other for other in against[one] if found[other] != "open" or other.node == founder}
    return {one.name: label for one, label in settled().items()}

class Counting:
    """Which facts count, and of those that do not, in `quarantine`, why."""
    def __init__(self, facts, scope):
        facts = sorted(facts, key=lambda one: one.place)
        said, trust, others = [], [], []
        for one in facts: (said if one.kind in PEOPLE else trust if one.kind in TRUST else others).append(one)
        founder, heard = next((one.node for one in facts if one.log == scope), None), set()
        while True:
            # A round: what follows where these revocations are heard, and which are heard of then.
            self.hear([one for one in trust if one.kind == "record.adopted" or one.name in heard], founder)
            known = [one for one in said if self.is_trusted(one)]
            self.people = People(known, founder)
            def has_right(one):
                """Nobody takes the right to a revocation away from behind its cut."""
                def bears(own): return (not cuts(one, own) or own.node == founder
                                        or own.kind == "people.sign_in" and one.node != founder)
                return not People([own for own in known if bears(own)], founder).lacks(one, WRITERS[one.kind])
            new = {one.name for one in trust if one.kind == "node.revoked" and one.name not in heard and has_right(one)}
            if not new: break
            heard |= new
        def is_heard(one): return one.kind == "node.revoked" or not self.people.lacks(one, WRITERS[one.kind])
        self.standing = [one for one in trust if self.labels.get(one.name) in ("in", "open") and is_heard(one)]
        adoptions = [one for one in self.standing if one.kind == "record.adopted" and self.labels[one.name] == "in"]
        self.adopted = adopted = {name for one in adoptions for name in one.fact["records"]}
        # From where on somebody is known as a judge, or as one who leads in an event.
        self.named, named = {}, [one for one in others if one.kind in ("judge.set", "module.leader")]
        for one in [one for one in named if one.name in adopted or not self.why(one)]:
            event = one.fact["event"] if one.kind == "module.leader" else None
            self.named.setdefault((event, one.fact.get("judge")), one.place)
        whys = {one.name: self.why(one) for one in others if one.name not in adopted}
        self.quarantine = {name: why for name, why in whys.items() if why}
        self.facts = [one for one in others if one.name not in self.quarantine]
        self.facts += [one for one in self.people.said if one.name in self.people.counts]

    def hear(self, said, founder):
        """Takes up what was said about trust: what stands of it, and what revocations of each node trust of it."""
        self.labels, self.revoked = labels(said, founder), collections.defaultdict(list)
        for one in said:
            if one.kind == "node.revoked" and one.fact.get("revocation") and self.labels[one.name] != "out":
                self.revoked[one.fact["node"]].append(one.fact["revocation"])

    def is_trusted(self, one): return all(trusts(revocation, one) for revocation in self.revoked.get(one.node, ()))

    def why(self, one):
        """Why a fact stands in quarantine, unless it was adopted."""
        if not self.is_trusted(one): return "revoked"
        if not one.actor.startswith("judge:"): return self.people.lacks(one, writers(one))
        if not self.people.signed_in(one.place): return None
        judge = one.actor[len("judge:"):]
        def is_named(event=None): return (event, judge) in self.named and self.named[event, judge] <= one.place
        return None if is_named() and is_judges(one, judge, is_named) else "judge"

# RESULTS: what was confirmed, and whether what was decided is approved.

OFFICES = {"draw_officer": "draw_officer", "supervisor": "supervisor", "envelope": "chief_judge"}

def unfilled(roles, approvers, taken=()):
    """The roles that are left where each person fills one at most, as many as can be."""
    if not roles: return []
    left = [roles[0]] + unfilled(roles[1:], approvers[1:], taken)
    for person in approvers[0] - set(taken):
        left = min(left, unfilled(roles[1:], approvers[1:], (*taken, person)), key=len)
    return left

class Results:
    """What bundles with records show of results and decisions."""
    def __init__(self, bundle):
        self.counting = Counting(bundle.facts, bundle.scope)
        self.facts, self.people = self.counting.facts, self.counting.people
        self.registers = collections.defaultdict(list)
        erasures = [one for one in self.facts if one.kind in ("person.erased", "notes.erased")]
        gone = {name for one in erasures for name in one.fact["records"]}
        # While names are locked an entry has another id: what is said of it then and later is looked at together.
        is_locked = any(one.kind == "draw.sealed" and one.fact["seal"].get("lock") for one in self.facts)
        for one in sorted(self.facts, key=lambda one: one.place):
            if one.kind not in DECISIONS or one.kind == "bulletin.published" and one.name in gone: continue
            fields = [field for field in DECISIONS[one.kind][1] if field != "entry" or not is_locked]
            of = tuple(one.fact.get(field, 1 if field == "attempt" else None) for field in fields)
            self.registers[one.kind, of].append(one)
        self.events = sorted({(one.fact["coded"] if one.kind == "entry.coded" else one.fact)["event"]
                              for one in self.facts if one.kind in SHOWS})

    def standing(self, kind, *of):
        """What no other that sets the same replaces, in display order."""
        own = self.registers.get((kind, of), [])
        replaced = {name for one in own for name in one.replaces}
        return [one for one in own if one.name not in replaced]

    def confirmed(self):
        """Of each event what both confirmed, if they did, and whether it is final."""
        for event in self.events:
            said = []
            for duty in ("chief_judge", "supervisor"):
                own = [one.fact["confirmation"] for one in self.standing("results.confirmed", event, duty)]
                # One of each duty, or several that say the same.
                said.append({(one["name"], one["digest"]) for one in own})
            digests = {digest for own in said for _, digest in own}
            agree = [len(own) for own in said] == [1, 1] and len(digests) == 1
            done = [one.fact["done"] for one in self.standing("results.final", event)]
            yield event, digests.pop() if agree else None, bool(done) and done[-1]

    def decided(self):
        """What stands and was decided while people signed in, in display order: the record, and the roles that lack."""
        people, approvers, found = self.people, self.people.approvers, []
        wanting = [(one, of) for kind, of in self.registers if kind != "draw.opened"
                   for one in self.standing(kind, *of)]
        draws = {one.fact["held"]["draw"] for one, _ in wanting if one.kind == "draw.held" and one.fact.get("held")}
        for one, of in wanting + [(one, None) for one in self.counting.standing]:
            judge, edition = signer(one), people.edition(one.place)
            if judge is not None:
                is_own, adopted = people.is_own(one.name, judge), self.counting.adopted
                wants = is_own or one.name not in adopted and people.wants_own(one, judge)
                if wants: found.append((one, [] if is_own else ["judge"]))
            elif (edition or 0) >= (2 if one.kind in SECOND else 1) and (one.kind != "draw.lot" or of[0] in draws):
                # A confirmation is approved in its duty.
                roles = DECISIONS[one.kind][0] or [of[1]]
                found.append((one, unfilled(roles, [approvers(one.name, set(role.split())) for role in roles])))
        for event in self.events:
            # Names are opened by two persons: whoever alone approved the first opening approves no other.
            first = set()
            for office, role in OFFICES.items():
                for one in self.standing("draw.opened", event, office):
                    if not self.people.signed_in(one.place): continue
                    own = approvers(one.name, {role}) - (first if len(first) == 1 else set())
                    found.append((one, [] if own else [role]))
                    first = first or own
        found = [own for own in found if self.people.signed_in(own[0].place)]
        return sorted(found, key=lambda own: own[0].place)

    def said(self, kind, withheld):
        """What is to be said, as lines; is any of it not confirmed, not approved or not known; what is wrong."""
        lines, wrong, many = [], [], collections.Counter()
        lacks = not self.events or kind == "records" and withheld > 0
        for event, digest, is_final in self.confirmed():
            lines.append(f"event {event}: {digest or 'not'} confirmed by chief judge and supervisor")
            lacks |= digest is None
            if is_final and digest is None: wrong.append(f"event {event}: final, and not what both confirmed")
        if any(one.kind == NEWER for one in self.facts):
            lines.append("some facts are of a later version, so what was confirmed is not known")
            lacks = True
        for one, missing in self.decided():
            if not missing and one.kind in MANY: many[one.kind] += 1; continue
            lacking = ", ".join(roles.replace(" ", " or ") for roles in missing)
            what = f"lacks the approval of {lacking}" if missing else "approved"
            lines.append(f"decision {one.name} ({one.kind}): {what}")
            lacks |= bool(missing)
        lines += [f"decisions {kind}: {count} approved" for kind, count in sorted(many.items())]
        whys = collections.Counter(self.counting.quarantine.values())
        return lines + [f"in quarantine: {count} records ({why})" for why, count in sorted(whys.items())], lacks, wrong

def main(path, scope, named=None):
    if named and not is_hash(named):
        named = re.sub(r"[\s._-]", "", named).upper().translate(str.maketrans("OIL", "011"))
        if not re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", named): sys.exit(__doc__)
    if not is_hash(scope): sys.exit(__doc__)
    try:
        with open(path, "rb") as file: raw = file.read(LONGEST) if os.fstat(file.fileno()).st_size <= LONGEST else None
    except OSError as error: print(error, file=sys.stderr); return 2
    if raw is None: print(f"longer than any bundle ({LONGEST} bytes)", file=sys.stderr); return 2
    bundle = Bundle(raw, scope)
    bundle.check()
    for _, said in sorted(bundle.wrong): print(f"wrong: {said}")
    if bundle.wrong: return 1
    results, lacking, wrong = [], False, []
    if bundle.kind != "receipts":
        results, lacking, wrong = Results(bundle).said(bundle.kind, bundle.counts["bodies withheld"])
    receipts, unknown = bundle.vouched(named)
    counts = ", ".join(f"{count} {of}" for of, count in bundle.counts.items())
    print(f"{bundle.kind} sealed by {bundle.maker}: {counts}", *receipts, *results, sep="\n")
    for said in wrong: print(f"wrong: {said}")
    if wrong: return 1
    if lacking or unknown: print("it holds; not all of it is confirmed")
    return 3 if lacking or unknown else 0

if __name__ == "__main__": sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (3, 4) else __doc__)
