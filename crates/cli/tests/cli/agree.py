"""Writes bundles of random facts about people, keys, computers and results, of several computers that say what they like, and what the
reference verifier says of each.

    python3 agree.py DOCS FOLDER               a line for each scene, as JSON: name, file, scope, exit code, and the lines that were said
    python3 agree.py DOCS FOLDER FROM TO       the same for each seed
"""
import contextlib, functools, io, json, os, random, sys

import forge
from forge import dump, header, record, sealed, sha, v

# Whatever signs here has signed what it says: each signature is looked at once.
v.signed = functools.lru_cache(maxsize=None)(v.signed)
PEOPLE = [f"o{number}" for number in range(4)]
NODES = [f"n{number}" for number in range(4)]
PAIRS = [forge.pair(10 + number) for number in range(8)]
KEYS = [key.hex() for key, _ in PAIRS]
SIGN = {key.hex(): sign for key, sign in PAIRS}
# Standings without anybody in them.
DIGEST = sha(b"")
GRANTED = ["organiser", "registrar", "chief_judge", "recorder", "checker", "supervisor", "draw_officer", "arbitrator"]
NOBODY = {"code": "J1", "name": "x", "kind": "scoring", "unit": "", "retired": False}
HEADING = dict.fromkeys(["competition", "event", "host", "organiser", "co_organiser", "place", "date"], "")
BULLETIN = {"kind": "provisional", "digest": "", "columns": {"whom": "all", "scores": True, "occupation": False}, "by": "x", "sealed": False,
            "heading": {**HEADING, "sessions": [], "synthetic": True}, "rows": []}
# What worlds are about: everything, or mostly one of these.
ABOUT = [[], ["officer.set", "officer.key", "officer.key_revoked", "people.sign_in"], ["officer.key_revoked", "officer.key_revoked", "officer.set"],
         ["node.revoked"], ["node.revoked", "node.revoked", "record.adopted", "officer.set", "people.sign_in"], ["results.confirmed", "results.final"],
         ["sheet.state"] * 6 + ["judge.key", "judge.key", "officer.key_revoked", "record.adopted", "node.revoked"],
         ["draw.held", "draw.lot", "draw.lot", "mark.rescore", "sheet.state", "people.sign_in"]]
CLASSES = {"person.erased": "roster", "notes.erased": "roster"}

def rulebook(name):
    with open(os.path.join(sys.argv[1], "rulebooks", name)) as file: return file.read()

class World:
    def __init__(self, seed, rules):
        self.chance, self.rules, self.scope, self.kind = random.Random(seed), rules, None, "published"
        self.about, self.events = self.chance.choice(ABOUT), self.chance.choice(["e", "e", "ef"])
        # Nearly everything is written and approved by those who may.
        self.honest = self.chance.random() < 0.4
        self.logs, self.records, self.order = [], [], 0
        # Keys and grants as whoever writes here believes them.
        self.grants, self.keys = {}, {}
        nodes = NODES[:self.chance.randrange(1, 5)]
        for node in nodes[:1] + [node for node in nodes for _ in range(self.chance.randrange(1, 3))]: self.open(node)
        self.main = self.logs[0]

    def open(self, node):
        self.logs.append({"id": None, "node": node, "lines": [], "prev": v.ZERO, "signature": "-"})
        self.say("log.opened", {"key": forge.KEY.hex(), "node": node}, log=self.logs[-1], **{"class": "trust", "audience": "public"})

    def say(self, kind, fact, actor="operator", log=None, replaces=(), version=1, order=None, withheld=False, **more):
        """Puts a record on a log; its name. The body of one that is withheld is left out of the bundle."""
        log = log or self.main
        self.order += 1
        if self.honest: order = None
        seq = len(log["lines"])
        body = {"kind": kind, "version": version, "fact": fact}
        if replaces: body["replaces"] = list(dict.fromkeys(replaces))
        body = dump(body)
        own = {"class": CLASSES.get(kind, "ruling"), "audience": "scoring", **more}
        text = header(self.scope or v.ZERO, log["id"] or v.ZERO, seq, log["prev"], body, actor=actor,
                      order=self.order if order is None else order, **own)
        name = sha(text.encode())
        self.scope, log["id"], log["prev"] = self.scope or name, log["id"] or name, name
        log["lines"].append((text, None if withheld else body))
        self.records.append({"name": name, "kind": kind, "fact": fact, "log": log, "seq": seq, "actor": actor})
        return name

    def some(self, *kinds):
        found = [one for one in self.records if one["kind"] in kinds]
        return self.chance.choice(found) if found else None

    def latest(self, kind, **fields):
        """What stands of this, as one who names the version before would name it; sometimes nothing."""
        found = [one["name"] for one in self.records if one["kind"] == kind and all(one["fact"].get(key) == value for key, value in fields.items())]
        return found[-1:] if self.chance.random() < 0.75 else self.chance.sample(found, min(len(found), self.chance.randrange(3)))

    def approve(self, name, role=None):
        """Somebody who has the role, or anybody, approves with a key that person has, or another."""
        chance = self.chance
        able = [who for who, value in self.grants.items() if role in value["roles"]] or PEOPLE
        officer = chance.choice(able if chance.random() < 0.9 or self.honest else PEOPLE)
        key = chance.choice(self.keys.get(officer) or KEYS) if chance.random() < 0.95 else chance.choice(KEYS)
        signature = SIGN[key]("jiangsai.approval.v1", name if chance.random() < 0.97 or self.honest else v.ZERO)
        log = self.main if chance.random() < 0.7 or self.honest else chance.choice(self.logs)
        self.say("approved", {"record": name, "officer": officer, "key": key, "signature": signature}, f"officer:{officer}", log,
                 order=self.when(), audience="desks")

    def approve_own(self, name, judge, log):
        """A judge approves the own sheet with a key that the judge has, or another; or somebody does in the name of the judge."""
        chance, key = self.chance, self.chance.choice(self.keys.get(judge) or KEYS)
        if chance.random() < 0.1: key = chance.choice(KEYS)
        if chance.random() < 0.1: judge = chance.choice("jk")
        named = {"judge": judge} if chance.random() < 0.95 else chance.choice([{}, {"officer": "o0"}, {"officer": "o0", "judge": judge}])
        signature = SIGN[key]("jiangsai.approval.v1", name if chance.random() < 0.95 else v.ZERO)
        self.say("approved", {"record": name, **named, "key": key, "signature": signature}, f"judge:{judge}", log, order=self.when(), audience="desks")

    def when(self):
        """Mostly now, sometimes earlier or later than it is."""
        return None if self.chance.random() < 0.8 else self.chance.randrange(self.order + 4)

    def form(self, actor="operator"):
        """A registration form, which is not published."""
        form = {"class": "roster", "audience": "registrars"}
        return self.say("person.form", {"person": "p", "form": {}}, actor, withheld=True, **form)

    def officer(self, officer, roles, nodes=(), **more):
        value = {"name": officer, "unit": "", "roles": sorted(roles), "retired": False}
        if nodes: value["nodes"] = list(nodes)
        self.grants[officer] = value
        return self.say("officer.set", {"officer": officer, "value": value}, **more)

    def key(self, officer, node, key, **more):
        self.keys.setdefault(officer, []).append(key)
        return self.say("officer.key", {"officer": officer, "node": node, "key": key}, **more)

    def judge_key(self, judge, key, log=None):
        self.keys.setdefault(judge, []).append(key)
        log = log or self.main
        return self.say("judge.key", {"judge": judge, "node": log["node"].replace("n", "k"), "key": key}, f"judge:{judge}", log)

    def edition(self): return self.chance.choice([{}, {"approvals": 1}, {"approvals": 2}, {"approvals": 2}, {"approvals": 3}])

    def begin(self):
        """An honest beginning, more or less."""
        chance = self.chance
        for event in self.events:
            self.say("event.name", {"event": event, "name": "x"})
            self.say("event.rulebook", {"event": event, "json": self.rules})
        for officer, roles in zip(PEOPLE, (["organiser"], ["chief_judge"], ["supervisor", "draw_officer"], ["recorder", "checker"])):
            more = chance.sample(GRANTED, chance.randrange(3)) if chance.random() < 0.4 else []
            self.officer(officer, {*roles, *more})
            if chance.random() < 0.95: self.key(officer, "k0", KEYS[PEOPLE.index(officer)])
        if "node.revoked" in self.about: self.officer("o1", {"organiser", "chief_judge"})
        for log in self.logs[1:]:
            for officer in PEOPLE[:chance.randrange(4)]: self.key(officer, log["node"].replace("n", "k"), chance.choice(KEYS), log=log)
        for judge in "jk":
            if chance.random() < 0.8: self.say("judge.set", {"judge": judge, "value": NOBODY})
            if chance.random() < 0.5: self.judge_key(judge, chance.choice(KEYS), chance.choice([self.main, *self.logs]))
        if chance.random() < 0.9: self.say("people.sign_in", {"on": True, **self.edition()})

    def act(self):
        chance = self.chance
        officer, event, log = chance.choice(PEOPLE), chance.choice(self.events), self.main if chance.random() < 0.6 else chance.choice(self.logs)
        node = chance.choice(self.logs)["node"]
        rare = ["draw.redrawn", "draw.sealed", "draw.opened"] if chance.random() < 0.9 else []
        kinds = [kind for kind in self.acts() if kind not in rare] + ["results.confirmed"] * 5
        kind = chance.choice(self.about if self.about and chance.random() < 0.8 else kinds)
        if self.honest: log = self.main
        fact, replaces = self.acts()[kind](officer, event, node)
        role = next(iter(sorted(v.WRITERS.get(kind, ()))), None) if kind != "results.confirmed" else fact["duty"]
        able = [who for who, value in self.grants.items() if role in value["roles"]] or PEOPLE
        actor = f"officer:{chance.choice(able)}"
        if chance.random() < (0.03 if self.honest else 0.25): actor = chance.choice(["operator", "judge:j", "judge:k", f"officer:{officer}", "officer:nobody"])
        signed = kind == "sheet.state" and fact["state"] != "reopened" and fact["state"]["signed"]["by"]
        if signed or kind in ("mark.set", "module.confirmed"):
            if chance.random() < 0.8: actor = f"judge:{signed or 'j'}"
        if chance.random() < 0.02: fact = {**fact, next(iter(fact), "x"): 5}
        version = 2 if chance.random() < 0.003 else 1
        name = self.say(kind, fact, actor, log, replaces, version, self.when())
        if signed and chance.random() < 0.7: self.approve_own(name, signed, log)
        keys = dict.fromkeys(["officer.key", "judge.key", "officer.key_revoked"], ["organiser"])
        wanted = {**{kind: roles for kind, (roles, _) in v.DECISIONS.items()}, **keys}
        for roles in wanted.get(kind, []) or ([fact.get("duty") or fact.get("office")] if kind in wanted else []):
            if not signed and (chance.random() < 0.75 or self.honest): self.approve(name, chance.choice((roles or "").split() or [None]))

    def acts(self):
        """Of each kind of fact, how one is made: by officer, event and computer."""
        chance = self.chance
        def readers(officer, event, node):
            by, box = chance.choice(KEYS), {"node": "k1", "to": "ab" * 32, "box": "x"}
            public, older = chance.choice(["cd", "ce"]) * 32, {"public": "ef" * 32, "boxes": []}
            signature = SIGN[by]("jiangsai.readers.v1", self.scope, by, f"key {public}", f"k1 {box['to']} x", f"key {older['public']}")
            if chance.random() < 0.2: by = chance.choice(KEYS)
            return {"public": public, "by": by, "boxes": [box], "older": [older], "signature": signature}, self.latest("readers.key")
        def grant(officer, event, node):
            value = dict(self.grants.get(officer, {"name": officer, "unit": "", "roles": []}))
            roles = set(value["roles"]) ^ set(chance.sample(GRANTED, chance.randrange(3)))
            value.update(roles=sorted(roles), retired=chance.random() < 0.1)
            if chance.random() < 0.3: value["nodes"] = [chance.choice(["k0", "k0", "k1", "k2"])]
            if chance.random() < 0.7: self.grants[officer] = value
            return {"officer": officer, "value": value}, self.latest("officer.set", officer=officer)
        def key(officer, event, node):
            made = chance.choice(KEYS)
            self.keys.setdefault(officer, []).append(made)
            return {"officer": officer, "node": node.replace("n", "k"), "key": made}, []
        def revoke_key(officer, event, node):
            made = self.some("officer.key", "judge.key", "officer.key_revoked") or {"fact": {"officer": officer, "node": "k0", "key": KEYS[0]}}
            about = {name: made["fact"][name] for name in ("officer", "judge", "node", "key") if name in made["fact"]}
            approved = [one["name"] for one in self.records if one["kind"] == "approved"]
            trusted = [name for name in approved if chance.random() < chance.choice([0, 0.5, 1])]
            before = {name: value for name, value in about.items() if name != "node"}
            return {**about, "trusted": trusted}, self.latest("officer.key_revoked", **before) if chance.random() < 0.8 else []
        def revoke(officer, event, node):
            logs = [log for log in self.logs if log["node"] == node and chance.random() < 0.8]
            ends = [chance.randrange(max(1, len(log["lines"]) - 8), len(log["lines"]) + 2) for log in logs]
            cuts = [{"log": log["id"], "seq": end, "head": v.ZERO} for log, end in zip(logs, ends)]
            said = None if chance.random() < 0.2 else {"logs": cuts}
            fact = {"node": node, "revocation": said}
            return fact, self.latest("node.revoked", node=node)
        def adopt(officer, event, node):
            names = [one["name"] for one in self.records]
            return {"records": chance.sample(names, chance.randrange(min(len(names), 12)))}, []
        def confirm(officer, event, node):
            duty = chance.choice(["chief_judge", "supervisor"])
            digest = DIGEST if chance.random() < 0.85 or self.honest else sha(str(len(self.records)).encode())
            own = {"event": event, "duty": duty, "confirmation": {"name": officer, "digest": digest}}
            return own, self.latest("results.confirmed", event=event, duty=duty)
        def erase(officer, event, node):
            one = self.some("bulletin.published", "mark.set", "event.name")
            return {"person": "p", "basis": "x", "records": [one["name"]] if one else []}, self.latest("person.erased")
        def opened(officer, event, node):
            office = chance.choice(["draw_officer", "supervisor", "envelope"])
            return {"event": "s", "office": office, "opening": {"seals": ["x"], "name": officer}}, self.latest("draw.opened", office=office)
        def judge_key(officer, event, node):
            judge, made = chance.choice("jk"), chance.choice(KEYS)
            self.keys.setdefault(judge, []).append(made)
            return {"judge": judge, "node": node.replace("n", "k"), "key": made}, []
        def sheet(officer, event, node):
            place = {"event": event, "entry": chance.choice("nm"), "module": "M", **whose()}
            state = chance.choice(["reopened", *[{"signed": {"by": place.get("judge", "j"), "marks": []}}] * 3])
            if state != "reopened" and chance.random() < 0.1: state = {"signed": {"by": chance.choice("jk"), "marks": []}}
            return {**place, "state": state}, self.latest("sheet.state", **place)
        def draw(officer, event, node):
            place = {"event": event, "layer": "number", "session": chance.choice(["", "", "am"])}
            held = {"draw": chance.choice("abc"), "by": chance.choice(["lots", {"computer": {"seed": "0" * 32}}])}
            return {**place, "held": held if chance.random() < 0.8 else None}, self.latest("draw.held", **place)
        def lot(officer, event, node):
            place = {"draw": chance.choice("abc"), "entry": chance.choice("nm")}
            return {**place, "lot": chance.choice([{"code": "1"}, {"session": "am", "code": "2"}, None])}, self.latest("draw.lot", **place)
        def rescore(officer, event, node):
            mark = {**place(event), **whose(), **chance.choice([{}, {"attempt": 1}, {"attempt": 2}])}
            return {**mark, "request": chance.choice([{"first": []}, None])}, self.latest("mark.rescore", **mark)
        place = lambda event: {"event": event, "entry": "n", "item": "T"}
        whose = lambda: chance.choice([{"judge": "j"}, {"judge": "k"}, {}])
        return {
            "officer.set": grant, "officer.key": key, "officer.key_revoked": revoke_key, "node.revoked": revoke, "record.adopted": adopt,
            "people.sign_in": lambda *_: ({"on": chance.random() < 0.5, **self.edition()}, self.latest("people.sign_in")),
            "judge.key": judge_key, "sheet.state": sheet, "draw.held": draw, "draw.lot": lot, "mark.rescore": rescore,
            "results.confirmed": confirm, "person.erased": erase, "readers.key": readers, "draw.opened": opened,
            "results.final": lambda officer, event, _: ({"event": event, "done": chance.random() < 0.4}, self.latest("results.final", event=event)),
            "draw.sealed": lambda *_: ({"event": "s", "seal": {"seal": "x", "officer": "a", "supervisor": "b"}}, self.latest("draw.sealed")),
            "entry.decision": lambda *_: ({"entry": chance.choice("nm"), "decision": {"by": "draw", "order": []}}, self.latest("entry.decision")),
            "finding.settled": lambda *_: ({"finding": chance.choice("xy"), "decision": "leave"}, self.latest("finding.settled")),
            "judge.set": lambda *_: ({"judge": chance.choice("jk"), "value": NOBODY}, []),
            "module.leader": lambda officer, event, _: ({"event": event, "module": "M", "judge": chance.choice(["j", "k", None])}, []),
            "mark.set": lambda officer, event, _: ({**place(event), **whose(), "mark": "absent"}, []),
            "module.confirmed": lambda officer, event, _: ({"event": event, "entry": "n", "module": "M", "confirmation": "signed"}, []),
            "bulletin.published": lambda officer, event, _: ({"event": event, "number": 1, "bulletin": BULLETIN}, []),
            "notes.erased": lambda *_: ({"records": []}, []),
            "draw.redrawn": lambda *_: ({}, []),
        }

    def happens(self):
        self.begin()
        for _ in range(self.chance.randrange(2, 26)): self.act()
        if self.chance.random() < 0.3: self.form()
        if self.chance.random() < 0.2: self.kind = "records"

    def bundle(self):
        head = f"jiangsai.bundle.v1\nkind {self.kind}\nscope {self.scope}\nfrom {forge.KEY.hex()}\nto everyone\nincarnation {v.ZERO}\nat 1\n".encode()
        runs = []
        for log in self.logs:
            last = len(log["lines"]) - 1
            signature = forge.sign("jiangsai.checkpoint.v1", log["id"], last, log["prev"])
            lines = [record(*line, signature if seq == last else "-") for seq, line in enumerate(log["lines"])]
            runs.append(f"run {log['id']} 0 {len(lines)}\n" + "".join(lines))
        return sealed(head, "".join(runs).encode())

class Scene(World):
    """A world in which everything is as it is told: an organiser o0, a chief judge o1, a supervisor o2 and a recorder o3 who sign in, with a
    key of each at the computer n0 that founded the competition; and another computer."""
    def __init__(self, rules):
        super().__init__(0, rules)
        self.logs, self.records, self.order, self.scope = [], [], 0, None
        for node in ("n0", "n1"): self.open(node)
        self.main, self.other = self.logs
        self.say("event.name", {"event": "e", "name": "x"})
        self.say("event.rulebook", {"event": "e", "json": rules})
        grants = [self.officer(f"o{at}", [role]) for at, role in enumerate(["organiser", "chief_judge", "supervisor", "recorder"])]
        self.grant = dict(zip(PEOPLE, grants))
        for at, officer in enumerate(PEOPLE): self.key(officer, "k0", KEYS[at])
        self.began = self.say("people.sign_in", {"on": True})

    def signs(self, name, at, log=None, key=None):
        """Somebody approves with the own key, or with this; the name of the approval."""
        key = key or self.keys[f"o{at}"][0]
        approval = {"record": name, "officer": f"o{at}", "key": key, "signature": SIGN[key]("jiangsai.approval.v1", name)}
        return self.say("approved", approval, f"officer:o{at}", log, audience="desks")

    def decides(self, kind, fact, at, log=None, **more):
        """Somebody decides and approves it at once; the names of both."""
        name = self.say(kind, fact, f"officer:o{at}", log, **more)
        return name, self.signs(name, at, log)

    def changes(self, officer, roles, approved=True, **value):
        """The organiser changes what somebody may do."""
        about = {"officer": officer, "value": {"name": officer, "unit": "", "roles": roles, "retired": False, **value}}
        name = self.say("officer.set", about, "officer:o0", replaces=[self.grant[officer]])
        if approved: self.signs(name, 0)
        self.grant[officer] = name
        return name

    def chief(self, log=None, at=1): return self.confirms("chief_judge", at, log)

    def confirms(self, duty, at, log=None):
        return self.decides("results.confirmed", {"event": "e", "duty": duty, "confirmation": {"name": f"o{at}", "digest": DIGEST}}, at, log)

    def both(self, log=None):
        """Both confirm, the chief judge at another computer, where there is one; the names of the chief judge's."""
        self.confirms("supervisor", 2)
        return self.chief(log)

    def final(self): self.decides("results.final", {"event": "e", "done": True}, 1)

    def works_at_the_other(self, *people):
        """People have a key at the other computer too, which was said there and approved by the organiser."""
        for at in people:
            name = self.say("officer.key", {"officer": f"o{at}", "node": "k1", "key": KEYS[at]}, f"officer:o{at}", self.other)
            self.signs(name, 0)

    def cut(self, log, lines): return {"logs": [{"log": log["id"], "seq": lines - 1, "head": v.ZERO}]}

    def revokes(self, node, revocation, at=0, log=None, **more):
        return self.decides("node.revoked", {"node": node, "revocation": revocation}, at, log, **more)[0]

    def revokes_key(self, at, trusted=(), by=0, **more):
        fact = {"officer": f"o{at}", "node": "k0", "key": KEYS[at], "trusted": list(trusted)}
        return self.decides("officer.key_revoked", fact, by, **more)[0]

    def begins_at_the_other(self):
        """Signing in ended, and began again elsewhere."""
        ended = self.decides("people.sign_in", {"on": False}, 0, replaces=[self.began])[0]
        self.say("people.sign_in", {"on": True}, log=self.other, replaces=[ended])

    def seals(self, *people):
        name = self.say("draw.sealed", {"event": "s", "seal": {"seal": "x", "officer": "a", "supervisor": "b"}}, f"officer:o{people[0]}")
        for at in people: self.signs(name, at)

    def opens(self, office, at):
        self.decides("draw.opened", {"event": "s", "office": office, "opening": {"seals": ["x"], "name": f"o{at}"}}, at)

    def begins_anew(self, edition, approved=True):
        """People sign in from here on by this edition of the table of decisions."""
        name = self.say("people.sign_in", {"on": True, "approvals": edition}, "officer:o0", replaces=[self.began])
        if approved: self.signs(name, 0)
        self.began = name

    def judges(self, *keyed, log=None):
        """Both confirm; and there are judges j and k, these with a key of their own that an organiser approved."""
        self.both()
        for judge in "jk": self.say("judge.set", {"judge": judge, "value": NOBODY}, "officer:o1")
        for judge in keyed: self.signs(self.judge_key(judge, OWN[judge], log), 0)

    def sheet(self, judge="j", log=None, **more):
        """A judge signs the own sheet without a key."""
        about = {"event": "e", "entry": "n", "module": "M", "judge": judge, "state": {"signed": {"by": judge, "marks": []}}}
        return self.say("sheet.state", about, f"judge:{judge}", log, **more)

    def own(self, name, log=None, key=None, of=None, **named):
        """Judge j, or whoever is named, approves a record with the own key, or with this; the signature may be that of another record."""
        key = key or OWN["j"]
        approval = {"record": name, **(named or {"judge": "j"}), "key": key, "signature": SIGN[key]("jiangsai.approval.v1", of or name)}
        return self.say("approved", approval, "judge:j", log, audience="desks")

    def revokes_own(self, trusted=(), log=None):
        fact = {"judge": "j", "node": "k0", "key": OWN["j"], "trusted": list(trusted)}
        return self.decides("officer.key_revoked", fact, 0, log)[0]

    def reopens(self, at=1, **more):
        about = {"event": "e", "entry": "n", "module": "M", "judge": "j", "state": "reopened"}
        return self.say("sheet.state", about, f"officer:o{at}", **more)

    def again(self, **more):
        return self.say("mark.rescore", {"event": "e", "entry": "n", "item": "T", "judge": "j", "request": {"first": []}, **more}, "officer:o1")

    def draws(self, draw="a", at=0, **more):
        held = draw and {"draw": draw, "by": "lots"}
        return self.say("draw.held", {"event": "e", "layer": "number", "session": "", "held": held}, f"officer:o{at}", **more)

    def lot(self, draw="a", entry="n"): return self.say("draw.lot", {"draw": draw, "entry": entry, "lot": {"code": "1"}}, "officer:o0")

    def all_of_the_second(self):
        """One of each decision that is in the table since the second edition; their names."""
        return [self.draws(), self.lot(), self.reopens(), self.again()]

    def organisers(self):
        """There are three of them."""
        for officer in ("o2", "o3"): self.changes(officer, ["organiser", "supervisor"])

# The own keys of judges.
OWN = {"j": KEYS[6], "k": KEYS[7]}
CONFIRMED = {"event": "e", "duty": "chief_judge", "confirmation": {"name": "x", "digest": DIGEST}}

# What happens in each; what follows from it stands in agree.rs.
SCENES = {
    "everything as it should be": lambda s: (s.both(), s.final()),
    "a role taken away afterwards": lambda s: (s.both(), s.changes("o1", []), s.changes("o2", [])),
    "a role taken away before": lambda s: (s.changes("o1", ["recorder"]), s.both()),
    "a role taken away before, which no organiser approved": lambda s: (s.changes("o1", [], approved=False), s.both()),
    "a role given by oneself": lambda s: (s.decides("officer.set", {"officer": "o3", "value": {
        "name": "o3", "unit": "", "roles": ["organiser", "chief_judge"], "retired": False}}, 3), s.confirms("supervisor", 2), s.chief(at=3)),
    "retired before": lambda s: (s.changes("o1", ["chief_judge"], retired=True), s.both()),
    "retired afterwards": lambda s: (s.both(), s.changes("o1", ["chief_judge"], retired=True)),
    "may work at another computer alone": lambda s: (s.changes("o1", ["chief_judge"], nodes=["k1"]), s.both()),
    "writes at a computer without a key": lambda s: s.both(s.other),
    "writes at a computer with a key": lambda s: (s.works_at_the_other(1), s.both(s.other)),
    "without the role": lambda s: (s.confirms("supervisor", 2), s.chief(at=3)),
    "in the duty of another": lambda s: (s.confirms("supervisor", 2), s.chief(at=2)),
    "nobody signed in": lambda s: (s.confirms("supervisor", 2), s.say("results.confirmed", CONFIRMED)),
    "a key revoked": lambda s: (s.both(), s.revokes_key(1)),
    "a key revoked, and an approval still trusted": lambda s: s.revokes_key(1, [s.both()[1]]),
    "a key revoked by its own": lambda s: (s.both(), s.revokes_key(0, by=0)),
    "a revocation of a key moved": lambda s: [approval := s.both()[1], s.revokes_key(1, [approval], replaces=[s.revokes_key(1)])],
    "a revocation of a key moved, which no organiser approved": lambda s: [approval := s.both()[1], s.say("officer.key_revoked", {
        "officer": "o1", "node": "k0", "key": KEYS[1], "trusted": [approval]}, "officer:o1", replaces=[s.revokes_key(1)])],
    "two keys that revoke each other": lambda s: (s.organisers(), s.revokes_key(3, by=2), s.revokes_key(2, by=3), s.both()),
    "two keys that revoke each other, until a third decides": lambda s: (
        s.organisers(), s.revokes_key(3, by=2), s.revokes_key(2, by=3), s.revokes_key(3), s.both()),
    "two who take each other's roles away": lambda s: [
        s.organisers(), one := s.changes("o3", ["recorder"], approved=False), other := s.changes("o2", ["recorder"], approved=False),
        s.signs(one, 2), s.signs(other, 3), s.both()],
    "approved with the key of another computer than the role is for": lambda s: [
        s.signs(s.say("officer.key", {"officer": "o1", "node": "k1", "key": KEYS[5]}, "officer:o1"), 0),
        s.changes("o1", ["chief_judge"], nodes=["k0"]), s.confirms("supervisor", 2),
        s.signs(s.say("results.confirmed", CONFIRMED, "officer:o1"), 1, key=KEYS[5])],
    "a key of the founding computer revoked elsewhere": lambda s: (
        s.works_at_the_other(0), s.both(), s.decides("officer.key_revoked", {
            "officer": "o1", "node": "k0", "key": KEYS[1], "trusted": []}, 0, s.other)),
    "signing in ended, and nobody approved that": lambda s: (
        s.say("people.sign_in", {"on": False}, "officer:o0", replaces=[s.began]), s.confirms("supervisor", 2),
        s.say("results.confirmed", CONFIRMED)),
    "signing in ended": lambda s: (
        s.decides("people.sign_in", {"on": False}, 0, replaces=[s.began]), s.confirms("supervisor", 2),
        s.say("results.confirmed", CONFIRMED)),
    "a computer revoked before": lambda s: (s.works_at_the_other(1), s.revokes("n1", s.cut(s.other, 2)), s.both(s.other)),
    "a computer revoked behind": lambda s: (s.works_at_the_other(1), s.both(s.other), s.revokes("n1", s.cut(s.other, len(s.other["lines"])))),
    "a computer revoked, and trusted again": lambda s: (
        s.works_at_the_other(1), s.both(s.other), s.revokes("n1", None, replaces=[s.revokes("n1", s.cut(s.other, 2))])),
    "a revocation that one of another computer names": lambda s: (
        s.works_at_the_other(1), s.both(s.other), s.revokes("n2", s.cut(s.other, 2), replaces=[s.revokes("n1", s.cut(s.other, 2))])),
    "revocations that cross": lambda s: (
        s.works_at_the_other(1), s.both(s.other), s.revokes("n1", s.cut(s.other, 9)), s.revokes("n1", s.cut(s.other, 2))),
    "revoked by somebody without the right": lambda s: (s.works_at_the_other(1), s.both(s.other), s.revokes("n1", s.cut(s.other, 1), at=3)),
    "revoked, and the record adopted": lambda s: [
        s.works_at_the_other(1), name := s.both(s.other)[0], s.revokes("n1", s.cut(s.other, 2)), s.decides("record.adopted", {"records": [name]}, 1)],
    "revoked, the record adopted, and approved again": lambda s: [
        s.works_at_the_other(1), name := s.both(s.other)[0], s.revokes("n1", s.cut(s.other, 2)), s.decides("record.adopted", {"records": [name]}, 1),
        s.signs(name, 1)],
    "revoked, and adopted by somebody without the right": lambda s: [
        s.works_at_the_other(1), name := s.both(s.other)[0], s.revokes("n1", s.cut(s.other, 2)), s.decides("record.adopted", {"records": [name]}, 0)],
    "what a lost computer says of who organises": lambda s: (
        s.works_at_the_other(0, 1), s.both(), s.decides("officer.set", {"officer": "o0", "value": {
            "name": "o0", "unit": "", "roles": [], "retired": False}}, 0, s.other), s.revokes("n1", s.cut(s.other, 3))),
    "what a lost computer says of the one that founded it all": lambda s: (
        s.works_at_the_other(0, 1), s.both(), s.revokes("n1", s.cut(s.other, 3)), s.revokes("n0", s.cut(s.main, 2), log=s.other)),
    "two that revoke each other side by side": lambda s: (
        s.works_at_the_other(0, 1), s.both(s.other), s.revokes("n0", s.cut(s.main, 16), log=s.other), s.revokes("n1", s.cut(s.other, 4))),
    "what anybody says of the computer that founded it all": lambda s: (
        s.both(), s.say("node.revoked", {"node": "n0", "revocation": s.cut(s.main, 1)}, log=s.other)),
    "what somebody without the role any more says of the computer that took it away": lambda s: [
        s.works_at_the_other(3), s.changes("o3", ["organiser"]), end := len(s.main["lines"]), s.changes("o3", ["recorder"]), s.both(),
        s.revokes("n0", s.cut(s.main, end), at=3, log=s.other)],
    "signing in begun at a computer that a third cuts": lambda s: (s.begins_at_the_other(), s.open("n2"), s.say(
        "node.revoked", {"node": "n1", "revocation": s.cut(s.other, 1)}, log=s.logs[-1]), s.both()),
    "signing in begun at a computer that the founding one cuts": lambda s: (s.begins_at_the_other(), s.say(
        "node.revoked", {"node": "n1", "revocation": s.cut(s.other, 1)}), s.both()),
    "names sealed and opened by two": lambda s: (s.both(), s.changes("o3", ["draw_officer"]), s.seals(2, 3), s.opens("draw_officer", 3),
                                                 s.opens("supervisor", 2)),
    "names sealed and opened by one in two offices": lambda s: (s.both(), s.changes("o2", ["draw_officer", "supervisor"]), s.seals(2),
                                                                s.opens("draw_officer", 2), s.opens("supervisor", 2)),
    "names opened by envelope": lambda s: (s.both(), s.seals(2), s.opens("envelope", 1), s.opens("supervisor", 2)),
    "final, and one of the two in quarantine": lambda s: (s.confirms("supervisor", 2), s.chief(at=3), s.final()),
    "final by rules that look at forms, which are left out, and one of the two in quarantine": lambda s: (
        s.say("event.rulebook", {"event": "e", "json": rulebook("team-relay.json")}, "officer:o1"), s.form("officer:o0"),
        s.confirms("supervisor", 2), s.chief(at=3), s.final()),
    "final, and facts of a later version": lambda s: (s.both(), s.final(), s.say("draw.redrawn", {}, "officer:o0")),
    "final, and facts of a later version in quarantine": lambda s: (s.both(), s.final(), s.say("draw.redrawn", {})),
    "marks of another judge": lambda s: (s.both(), s.decides("judge.set", {"judge": "j", "value": NOBODY}, 1), [s.say(
        "mark.set", {"event": "e", "entry": "n", "item": "T", "judge": judge, "mark": "absent"}, "judge:j") for judge in "jk"]),
    "marks of everybody, by who leads and who does not": lambda s: (
        s.both(), [s.decides("judge.set", {"judge": judge, "value": NOBODY}, 1) for judge in "jk"],
        s.decides("module.leader", {"event": "e", "module": "M", "judge": "k"}, 1),
        [s.say("mark.set", {"event": "e", "entry": "n", "item": "T", "mark": "absent"}, f"judge:{judge}") for judge in "jk"]),
    "a sheet signed with the judge's own key": lambda s: (s.judges("j"), s.own(s.sheet())),
    "a sheet signed by a judge without a key": lambda s: (s.judges("k"), s.sheet()),
    "a sheet signed without the key that the judge has": lambda s: (s.judges("j"), s.sheet()),
    "a sheet that another judge approved": lambda s: (s.judges("j", "k"), s.own(s.sheet(), key=OWN["k"], judge="k")),
    "a sheet approved with another judge's key": lambda s: (s.judges("j", "k"), s.own(s.sheet(), key=OWN["k"])),
    "a sheet that an officer approved": lambda s: (s.judges("j"), s.signs(s.sheet(), 1)),
    "a sheet approved with the judge's key in the name of an officer": lambda s: (s.judges("j"), s.own(s.sheet(), officer="o1")),
    "a sheet approved with an officer's key in the name of the judge": lambda s: (s.judges("j"), s.own(s.sheet(), key=KEYS[1])),
    "a sheet approved in the names of a judge and an officer": lambda s: (s.judges("j"), s.own(s.sheet(), judge="j", officer="o1")),
    "a sheet approved in nobody's name": lambda s: (s.judges("j"), s.own(s.sheet(), judge=None)),
    "a sheet with the approval of another": lambda s: [s.judges("j"), one := s.sheet(), s.own(one), s.own(s.sheet(), of=one)],
    "a confirmation that a judge approved in the place of the chief judge": lambda s: (
        s.confirms("supervisor", 2), s.signs(s.judge_key("j", OWN["j"]), 0), s.own(s.say("results.confirmed", CONFIRMED, "officer:o1"))),
    "a key that came after the sheet was signed": lambda s: (s.judges(), s.sheet(), s.signs(s.judge_key("j", OWN["j"]), 0)),
    "a key that came after the sheet was signed, and approved it": lambda s: [
        s.judges(), name := s.sheet(), s.signs(s.judge_key("j", OWN["j"]), 0), s.own(name)],
    "a key that no organiser approved": lambda s: (s.judges(), s.judge_key("j", OWN["j"]), s.own(s.sheet())),
    "a key that the judge approved": lambda s: (s.judges(), s.own(s.judge_key("j", OWN["j"])), s.own(s.sheet())),
    "a key that an organiser approved after the sheet was signed with it": lambda s: [
        s.judges(), key := s.judge_key("j", OWN["j"]), s.own(s.sheet()), s.signs(key, 0)],
    "a key that an organiser approved after the sheet was signed without it": lambda s: [
        s.judges(), key := s.judge_key("j", OWN["j"]), s.sheet(), s.signs(key, 0)],
    "a judge's key revoked": lambda s: (s.judges("j"), s.own(s.sheet()), s.revokes_own()),
    "a judge's key revoked, and an approval still trusted": lambda s: (s.judges("j"), s.revokes_own([s.own(s.sheet())])),
    "a judge's key revoked before": lambda s: (s.judges("j"), s.revokes_own(), s.own(s.sheet())),
    "a judge's key revoked before, and an approval trusted afterwards": lambda s: [
        s.judges("j"), before := s.revokes_own(), approval := s.own(s.sheet()), s.decides("officer.key_revoked", {
            "judge": "j", "node": "k0", "key": OWN["j"], "trusted": [approval]}, 0, replaces=[before])],
    "a judge's key revoked before, and another known": lambda s: (
        s.judges("j"), s.revokes_own(), s.signs(s.judge_key("j", KEYS[5]), 0), s.own(s.sheet())),
    "a judge's key revoked, which no organiser approved": lambda s: (s.judges("j"), s.own(s.sheet()), s.say("officer.key_revoked", {
        "judge": "j", "node": "k0", "key": OWN["j"], "trusted": []}, "officer:o3")),
    "a judge's key revoked as that of an officer": lambda s: (s.judges("j"), s.own(s.sheet()), s.decides("officer.key_revoked", {
        "officer": "j", "node": "k0", "key": OWN["j"], "trusted": []}, 0)),
    "a judge's key of the founding computer revoked elsewhere": lambda s: (
        s.works_at_the_other(0), s.judges("j"), s.own(s.sheet()), s.revokes_own(log=s.other)),
    "a sheet signed without a key at another computer than that of the key": lambda s: (s.judges("j"), s.sheet(log=s.other)),
    "a sheet signed with a key at another computer than that of the key": lambda s: [s.judges("j"), s.own(s.sheet(log=s.other), s.other)],
    "a sheet signed without a key at another computer with a key": lambda s: (s.judges("j", log=s.other), s.sheet(log=s.other)),
    "a sheet signed in the name of a judge who is not that of the actor": lambda s: (s.judges("j"), s.say("sheet.state", {
        "event": "e", "entry": "n", "module": "M", "judge": "j", "state": {"signed": {"by": "j", "marks": []}}}, "judge:k")),
    "a sheet signed without a key behind a cut, and adopted": lambda s: [
        s.judges("j", log=s.other), name := s.sheet(log=s.other), s.revokes("n1", s.cut(s.other, 2)),
        s.decides("record.adopted", {"records": [name]}, 1)],
    "a sheet signed with a key behind a cut, and adopted": lambda s: [
        s.judges("j", log=s.other), name := s.sheet(log=s.other), s.own(name), s.revokes("n1", s.cut(s.other, 2)),
        s.decides("record.adopted", {"records": [name]}, 1)],
    "a sheet signed without a key, and adopted by somebody without the right": lambda s: (
        s.judges("j"), s.decides("record.adopted", {"records": [s.sheet()]}, 0)),
    "a sheet opened again, and signed anew with the key": lambda s: (s.judges("j"), s.own(s.sheet(replaces=[s.reopens(replaces=[s.sheet()])]))),
    "a sheet signed after signing in ended": lambda s: [
        s.judges("j"), s.decides("people.sign_in", {"on": False}, 0, replaces=[s.began]), s.sheet()],
    "decisions of the second edition where the first holds": lambda s: (s.both(), s.all_of_the_second()),
    "decisions of the second edition that nobody approved": lambda s: (s.both(), s.begins_anew(2), s.all_of_the_second()),
    "decisions of the second edition, approved": lambda s: (
        s.both(), s.begins_anew(2), [s.signs(name, at) for name, at in zip(s.all_of_the_second(), (0, 0, 1, 1))]),
    "decisions of the second edition, approved by others": lambda s: (
        s.both(), s.begins_anew(2), [s.signs(name, at) for name, at in zip(s.all_of_the_second(), (1, 2, 0, 3))]),
    "decisions of a later edition": lambda s: (s.both(), s.begins_anew(3), s.all_of_the_second()),
    "the second edition and then the first, which nobody approved": lambda s: (
        s.both(), s.begins_anew(2), s.begins_anew(1, approved=False), s.all_of_the_second()),
    "an edition below the first, said twice, which nobody approved": lambda s: (
        s.both(), s.begins_anew(0, approved=False), s.begins_anew(0, approved=False),
        s.say("results.final", {"event": "e", "done": True}, "officer:o1")),
    "the second edition and the first side by side": lambda s: (
        s.both(), s.begins_anew(2), s.decides("people.sign_in", {"on": True}, 0), s.all_of_the_second()),
    "decisions before the second edition": lambda s: (s.both(), s.all_of_the_second(), s.begins_anew(2)),
    "an edition that is no number": lambda s: (s.both(), s.say("people.sign_in", {"on": True, "approvals": "2"}, "officer:o0"), s.all_of_the_second()),
    "a draw and a lot that the draw officer approved": lambda s: (
        s.both(), s.begins_anew(2), s.changes("o3", ["draw_officer"]), s.signs(s.draws(at=3), 3), s.signs(s.lot(), 3)),
    "lots in a draw that is void": lambda s: (
        s.both(), s.begins_anew(2), s.lot(), s.lot(entry="m"), s.signs(s.draws("b", replaces=[s.draws()]), 0), s.signs(s.lot("b"), 0)),
    "a draw that is taken back": lambda s: (s.both(), s.begins_anew(2), s.draws(None, replaces=[s.draws()]), s.lot()),
    "marks to be given again, in attempts": lambda s: (
        s.both(), s.begins_anew(2), s.signs(s.again(), 1), s.signs(s.again(attempt=1), 1), s.again(attempt=2)),
    "an approval that does not verify": lambda s: (s.confirms("supervisor", 2), s.say("approved", {
        "record": s.say("results.confirmed", CONFIRMED, "officer:o1"),
        "officer": "o1", "key": KEYS[1], "signature": "0" * 128}, "officer:o1", audience="desks")),
}

def written(folder, name, world):
    """Writes a bundle; what the reference verifier says of it, as a line."""
    path = os.path.join(folder, name.replace(" ", "-"))
    with open(path, "wb") as file: file.write(world.bundle())
    with contextlib.redirect_stdout(io.StringIO()) as said: code = v.main(path, world.scope)
    print(json.dumps([name, path, world.scope, code, said.getvalue().splitlines()]), flush=True)

if __name__ == "__main__":
    for name, happens in SCENES.items() if len(sys.argv) == 3 else ():
        scene = Scene(rulebook("blank.json"))
        happens(scene)
        written(sys.argv[2], name, scene)
    for seed in range(*map(int, sys.argv[3:])) if len(sys.argv) > 3 else ():
        world = World(seed, rulebook("blank.json"))
        world.happens()
        written(sys.argv[2], str(seed), world)
