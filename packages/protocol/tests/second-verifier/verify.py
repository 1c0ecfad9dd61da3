#!/usr/bin/env python3
"""A second verifier of results, written from docs/wire-format.md and docs/counting with Python's standard library alone.

    verify.py ballots.csv results.json [public key]
    verify.py --batch cases.jsonl      {"ballots": text, "results": text, "key": text or null} on each line

Prints "ok", or the name of the first check that fails; in a batch one line for each case. It counts elections
that are held by Schulze's method with winning votes again; of others everything but the outcome is checked. Of a result
of format 3 it checks what the file says of itself; folder.py verifies it with its board.
"""
import base64
import binascii
import hashlib
import json
import re
import sys

# --- Ed25519, RFC 8032 section 5.1 -------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT % P
    if (x * x - x2) % P != 0 or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(key, signature, message):
    a, r, s = decode_point(key), decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- bytes and JSON, sections 1, 2 and 9 ---------------------------------------------------------------------

MOST = 2**53 - 1


class Wrong(Exception):
    """A check that fails, by name."""


def need(condition, check):
    if not condition:
        raise Wrong(check)


def no_key_twice(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "format")
    return dict(pairs)


def whole(text):
    need(re.fullmatch("0|-?[1-9][0-9]*", text) is not None and abs(int(text)) <= MOST, "format")
    return int(text)


def refuse(_):
    raise Wrong("format")


def well_formed(value, depth=0):
    need(depth <= 25, "format")
    if isinstance(value, str):
        need(not any(0xD800 <= ord(char) <= 0xDFFF for char in value), "format")
    elif isinstance(value, list):
        for inner in value:
            well_formed(inner, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            well_formed(key, depth)
            well_formed(inner, depth + 1)


def read_json(text):
    try:
        value = json.loads(
            text, object_pairs_hook=no_key_twice, parse_int=whole, parse_float=refuse, parse_constant=refuse
        )
    except (ValueError, RecursionError):
        raise Wrong("format") from None
    well_formed(value)
    return value


def canonical(value):
    # Python orders texts by code point, as canonical JSON does.
    if isinstance(value, dict):
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def frame(*parts):
    data = [part if isinstance(part, bytes) else part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in data)


def from_base64url(text, length):
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    canonical_text = base64.urlsafe_b64encode(data).decode().rstrip("=")
    return data if len(data) == length and canonical_text == text else None


# --- the form of results.json ----------------------------------------------------------------------------------


def text(value):
    return isinstance(value, str) and value != ""


def any_text(value):
    return isinstance(value, str)


def number(least=0, most=MOST):
    return lambda value: type(value) is int and least <= value <= most


def boolean(value):
    return type(value) is bool


def one(*values):
    return lambda value: any(value == each and type(value) is type(each) for each in values)


def hexes(length):
    return lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{%d}" % (2 * length), value) is not None


def b64(length):
    return lambda value: isinstance(value, str) and from_base64url(value, length) is not None


def or_null(test):
    return lambda value: value is None or test(value)


def listed(test, least=0):
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(test, value))


def by_text(test):
    return lambda value: isinstance(value, dict) and all(key != "" and test(inner) for key, inner in value.items())


def fields(tests, maybe={}):
    """An object with exactly these keys; those of `maybe` may be missing."""
    return (
        lambda value: isinstance(value, dict)
        and tests.keys() <= value.keys() <= tests.keys() | maybe.keys()
        and all(test(value[key]) for key, test in {**maybe, **tests}.items() if key in value)
    )


IDS = listed(text)
INSTANT = number(0, 8_640_000_000_000_000)
METHODS = "schulze ranked-pairs minimax copeland kemeny-young borda borda-classic irv scottish-stv meek-stv".split()
RATIO = fields({"part": number(), "whole": number(1)})
RULES = {
    "minimumShare": RATIO,
    "noneOfTheAbove": fields(
        {"candidate": text, "rule": one("seats", "drop"), "majority": RATIO, "support": number()}
    ),
    "groups": fields({"field": text, "seats": by_text(number(1))}),
    "terms": listed(fields({"seats": number(1), "term": text}), 1),
}
PINNED = {
    "key": text,
    "name": text,
    "seats": number(),
    "counting": fields(
        {
            "method": one(*METHODS),
            "strength": one("winning", "margins", "ratio", "opposition"),
            "unranked": one("no-opinion", "last"),
            "secondary": boolean,
            "order": one("losses", "wins", "layers"),
        }
    ),
    "representationLimit": or_null(fields({"field": text, "max": number()})),
    "limitValues": or_null(by_text(text)),
    "candidates": IDS,
    "allowNoOpinion": boolean,
    "receipts": one("none", "after_close", "immediate"),
    "deleteAfter": boolean,
    "publicKey": b64(32),
    "suite": one(1),
    "sourceCommit": text,
}
MANIFEST_1 = fields({**PINNED, "version": one(1), "shards": number(1)})
SECOND = {
    **PINNED,
    "version": one(2),
    "kind": one("election", "rehearsal"),
    "run": hexes(16),
    "names": by_text(any_text),
}
MAYBE = {
    "edition": one(3),
    "houseRules": fields(
        {},
        {
            **RULES,
            "quorum": lambda value: fields({"ballots": number()})(value) or RATIO(value),
            "vacancies": one("count-back"),
        },
    ),
    "groupValues": by_text(text),
}
MANIFEST_2 = fields(SECOND, MAYBE)
OFFICERS_MANIFEST = fields(
    {
        **SECOND,
        "suite": one(2),
        "custody": hexes(32),
        "threshold": number(2),
        "officers": lambda value: listed(text)(value) and len(value) >= 3,
        "serverKey": b64(32),
        "trackers": one(False),
    },
    MAYBE,
)
OUTCOME = {
    "method": text,
    "options": fields(
        {
            "strength": text,
            "unranked": text,
            "secondary": boolean,
            "order": text,
            "seats": number(),
            "limit": or_null(fields({"field": text, "max": number()})),
        },
        {**RULES, "quorum": number()},
    ),
    "counts": fields({"cast": number(), "blank": number(), "opinions": by_text(number())}),
    "candidates": IDS,
    "pairwise": by_text(by_text(number())),
    "strongestPaths": by_text(by_text(lambda value: value is None or any_text(value) or number()(value))),
    "relation": by_text(IDS),
    "places": listed(fields({"place": number(1), "candidates": IDS})),
    "condorcetWinner": or_null(text),
    "condorcetLoser": or_null(text),
    "smith": IDS,
    "schwartz": IDS,
}
ROUND = {
    "round": number(1),
    "quota": or_null(text),
    "votes": by_text(text),
    "exhausted": text,
    "elected": IDS,
    "excluded": IDS,
}
TIE = {"candidates": IDS, "seats": number()}
DECIDED = {**TIE, "winners": IDS, "how": any_text}
TERM = {"term": text}
OUTCOME_2 = fields(
    {
        **OUTCOME,
        "seats": fields(
            {
                "available": number(),
                "elected": IDS,
                "openTies": listed(fields(TIE, TERM)),
                "skipped": IDS,
                "decisions": listed(fields(DECIDED, TERM)),
            },
            {"terms": listed(fields({"term": text, "elected": IDS}))},
        ),
        "rounds": listed(fields(ROUND)),
    }
)
OUTCOME_1 = fields(
    {
        **OUTCOME,
        "seats": fields(
            {
                "available": number(),
                "elected": IDS,
                "boundaryTie": or_null(fields(TIE)),
                "skipped": listed(fields({"candidate": text, "reason": any_text})),
                "decisions": listed(fields(DECIDED)),
            }
        ),
        "rounds": listed(fields({**ROUND, "message": any_text})),
        "warnings": listed(fields({"code": text, "message": any_text})),
        "steps": listed(fields({"code": text, "message": any_text, "candidates": IDS})),
        "explanation": listed(
            fields(
                {
                    "first": text,
                    "second": text,
                    "for": number(),
                    "against": number(),
                    "decided": boolean,
                    "path": or_null(IDS),
                    "sentence": any_text,
                }
            )
        ),
    }
)
COMMON = {
    "election": text,
    "manifest": lambda value: MANIFEST_1(value) or MANIFEST_2(value),
    "manifestHash": hexes(32),
    "closedAt": INSTANT,
    "eligible": number(),
    "cast": number(),
    "trackers": listed(hexes(16)),
    "records": listed(hexes(32)),
    "root": hexes(32),
    "tieDecisions": listed(fields({"winners": listed(text, 1), "how": text, "by": text, "at": INSTANT})),
    "publicKey": b64(32),
    "signature": b64(64),
}
RESULTS_1 = fields({**COMMON, "format": one("elekto-results/1"), "commit": text, "outcome": OUTCOME_1})
SINCE_2 = {
    **COMMON,
    "openedAs": or_null(text),
    "struck": listed(fields({"id": text, "commit": text})),
    "voided": listed(fields({"run": hexes(16), "manifestHash": hexes(32), "at": INSTANT})),
    "outcome": OUTCOME_2,
}
RESULTS_2 = fields({**SINCE_2, "format": one("elekto-results/2")})
BOARD_FILE = re.compile(r"[0-9]{2}-(?:box|mix|(?:decrypt|tie)-[0-9]{2})\.bin")
RESULTS_3 = fields(
    {
        **{name: test for name, test in SINCE_2.items() if name not in ("trackers", "records")},
        "format": one("elekto-results/3"),
        "manifest": OFFICERS_MANIFEST,
        "invalid": number(),
        "board": listed(
            fields({"name": lambda name: text(name) and BOARD_FILE.fullmatch(name) is not None, "sha256": hexes(32)}), 1
        ),
    }
)

# --- the checks, in their order ----------------------------------------------------------------------------------


def ascending(items):
    return all(a < b for a, b in zip(items, items[1:]))


def check_house_rules(manifest, standing):
    rules = manifest.get("houseRules", {})
    shares = [rules[key] for key in ("quorum", "minimumShare") if "whole" in rules.get(key, {})]
    need(all(share["part"] <= share["whole"] for share in shares), "manifest")
    none = rules.get("noneOfTheAbove")
    if none is not None:
        need(none["candidate"] in standing, "manifest")
        need(none["majority"]["part"] >= none["majority"]["whole"], "manifest")
    terms = rules.get("terms")
    if terms is not None:
        need(terms and sum(each["seats"] for each in terms) == manifest["seats"], "manifest")
        need(len({each["term"] for each in terms}) == len(terms), "manifest")
    groups = rules.get("groups")
    need((groups is None) == ("groupValues" not in manifest), "manifest")
    if groups is None:
        return
    kept, limit = groups["seats"], manifest["representationLimit"]
    need(kept and sum(kept.values()) <= manifest["seats"], "manifest")
    if limit is not None:
        need(limit["field"] == groups["field"] and max(kept.values()) <= limit["max"], "manifest")
    members = manifest["groupValues"]
    need(set(members) <= standing and set(members.values()) <= set(kept), "manifest")


def check_manifest(file, second):
    manifest = file["manifest"]
    standing = set(manifest["candidates"])
    need(ascending(manifest["candidates"]), "manifest")
    need((manifest["limitValues"] is None) == (manifest["representationLimit"] is None), "manifest")
    need(set(manifest["limitValues"] or {}) <= standing, "manifest")
    if manifest["version"] == 2:
        need(set(manifest["names"]) == standing, "manifest")
    check_house_rules(manifest, standing)
    domain = "elekto/manifest/%d" % manifest["version"]
    need(hashlib.sha256(frame(domain, canonical(manifest))).hexdigest() == file["manifestHash"], "manifest")
    if not second:
        need(file["commit"] == manifest["sourceCommit"], "manifest")
        return
    if file["openedAs"] is None:
        need(file["election"] == manifest["key"], "manifest")
    else:
        need(file["openedAs"] == manifest["key"] != file["election"], "manifest")
    struck = [entry["id"] for entry in file["struck"]]
    need(set(struck) <= standing and len(set(struck)) == len(struck), "manifest")


def header_cells(data):
    cells, at = [], 0
    while True:
        found = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)').match(data, at)
        quoted, bare = found.group(1), found.group(2)
        cells.append(quoted.replace('""', '"') if quoted is not None else bare)
        at = found.end()
        if data[at : at + 1] == ",":
            at += 1
            continue
        for line_end in ("\n", "\r\n"):
            if data.startswith(line_end, at):
                return cells, at + len(line_end), line_end
        raise Wrong("ballots")


def read_rows(data, manifest):
    header, start, line_end = header_cells(data)
    candidates = manifest["candidates"]
    need(sorted(header) == sorted(candidates), "ballots")
    lines = data[start:].split(line_end)
    need(lines.pop() == "", "ballots")
    ranks = {str(rank): rank for rank in range(1, len(candidates) + 1)}
    if manifest["allowNoOpinion"]:
        ranks["No opinion"] = 0
    columns = [header.index(candidate) for candidate in candidates]
    rows = []
    for line in lines:
        cells = line.split(",")
        need(len(cells) == len(header) and all(cell in ranks for cell in cells), "ballots")
        rows.append([ranks[cells[column]] for column in columns])
    return rows


def check_lists(file, rows, second):
    need(len(rows) == file["cast"] - file.get("invalid", 0), "count")
    expected = 0 if file["manifest"]["receipts"] == "none" else file["cast"]
    # In format 3 the box says which records are in it.
    for items in (file[name] for name in ("trackers", "records") if name in file):
        need(len(items) == expected and ascending(items), "count")
    need(not second or file["cast"] <= file["eligible"], "count")


def merkle(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + merkle(leaves[:half]) + merkle(leaves[half:])).digest()


def check_root(file, rows):
    trackers = file.get("trackers") or [""] * len(rows)
    leaves = [
        frame("elekto/counted ballot/1", tracker, ",".join(map(str, row))) for tracker, row in zip(trackers, rows)
    ]
    need(merkle(leaves).hex() == file["root"], "root")


def units(candidate):
    return candidate.encode("utf-16-be")


def count_pairs(rows, standing, last):
    def prefers(x, y):
        return x != 0 and (last if y == 0 else x < y)

    return {
        a: {b: sum(prefers(row[i], row[j]) for row in rows) for b, j in standing if a != b} for a, i in standing
    }


def seats_of(manifest, places, decisions, struck, barred, available):
    limit = manifest["representationLimit"]
    groups = manifest.get("houseRules", {}).get("groups")
    kept = {} if groups is None else groups["seats"]
    members_of = {k: v for k, v in manifest.get("groupValues", {}).items() if k not in struck}
    values = {} if limit is None else {k: v for k, v in manifest["limitValues"].items() if k not in struck}
    values.update(members_of)
    most = float("inf") if limit is None else limit["max"]
    waiting = {value: {k for k, v in members_of.items() if v == value and k not in barred} for value in kept}
    taken, left = {}, available
    elected, ties, skipped, used = [], [], [], []

    def room(value):
        return float("inf") if value is None else most - taken.get(value, 0)

    def owed(value):
        if value not in kept:
            return 0
        return max(0, min(kept[value] - taken.get(value, 0), len(waiting[value])))

    def free():
        return left - sum(map(owed, kept))

    def by_value(members):
        found = {}
        for member in members:
            found.setdefault(values.get(member), []).append(member)
        return list(found.items())

    def take(value, seats):
        nonlocal left
        left -= seats
        if value is not None:
            taken[value] = taken.get(value, 0) + seats

    def leave(member):
        for members in waiting.values():
            members.discard(member)

    def elect(member):
        elected.append(member)
        take(values.get(member), 1)
        leave(member)

    def may_sit(member):
        value = values.get(member)
        return member not in barred and room(value) > 0 and (free() > 0 or owed(value) > 0)

    def settle(members, seats, value, reserved):
        at_least = [(group, min(len(group), room(v), owed(v))) for v, group in by_value(members)]
        for decision in decisions:
            winners = decision["winners"]
            fits = len(set(winners)) == len(winners) == seats and set(winners) <= set(members)
            fits = fits and all(len(group) <= room(v) for v, group in by_value(winners))
            if fits and all(len(set(winners) & set(group)) >= least for group, least in at_least):
                winners = [member for member in members if member in winners]
                used.append({"candidates": members, "seats": seats, "winners": winners, "how": decision["how"]})
                for winner in winners:
                    elect(winner)
                for member in members:
                    leave(member)
                    if member not in winners and room(value) <= 0:
                        skipped.append(member)
                return
        ties.append({"candidates": members, "seats": seats})
        for v, number_ in reserved:
            take(v, number_)
        for member in members:
            leave(member)

    def seat(value, members, seats):
        if seats == len(members):
            for member in members:
                elect(member)
        else:
            settle(members, seats, value, [(value, seats)])

    for place in places:
        if left == 0:
            break
        allowed = [member for member in place["candidates"] if may_sit(member)]
        for member in place["candidates"]:
            if member not in allowed:
                skipped.append(member)
                leave(member)
        here = []
        for value, members in by_value(allowed):
            fit = min(len(members), room(value))
            here.append((value, members, fit, min(fit, owed(value))))
        open_to_all = free()
        competing = [group for group in here if group[2] > group[3]]
        if sum(fit - own for _, _, fit, own in competing) <= open_to_all:
            for value, members, fit, _ in here:
                seat(value, members, fit)
            continue
        for value, members, fit, own in here:
            if fit == own:
                seat(value, members, fit)
        if open_to_all == 0:
            for value, members, _, own in competing:
                seat(value, members, own)
            continue
        tied = [member for member in allowed if any(member in members for _, members, _, _ in competing)]
        own_seats = [(value, own) for value, _, _, own in competing if own > 0]
        seats = open_to_all + sum(own for _, own in own_seats)
        settle(tied, seats, None, own_seats + [(None, open_to_all)])
    return {
        "available": manifest["seats"],
        "elected": elected,
        "openTies": ties,
        "skipped": skipped,
        "decisions": used,
    }


def serve(terms, places, seats, decisions):
    """Who serves which term, by place; people who are level where a term ends are a tie."""
    rooms = [each["seats"] for each in terms]
    served = [[] for _ in terms]
    settled = [(each["how"], set(each["winners"])) for each in seats["decisions"]]
    left = []
    for decision in decisions:
        said = (decision["how"], set(decision["winners"]))
        if said in settled:
            settled.remove(said)
        else:
            left.append(decision)
    elected = set(seats["elected"])
    for place in [] if seats["openTies"] else places:
        level = [member for member in place["candidates"] if member in elected]
        while level:
            at = next(i for i, room in enumerate(rooms) if room > 0)
            if len(level) <= rooms[at]:
                served[at] += level
                rooms[at] -= len(level)
                break
            tie = {"candidates": level, "seats": rooms[at], "term": terms[at]["term"]}
            fits = [
                each
                for each in left
                if len(set(each["winners"])) == len(each["winners"]) == rooms[at] and set(each["winners"]) <= set(level)
            ]
            if not fits:
                seats["openTies"].append(tie)
                for i, room in enumerate(rooms):
                    taken = min(room, len(level))
                    rooms[i] -= taken
                    level = level[taken:]
                break
            winners = [member for member in level if member in fits[0]["winners"]]
            seats["decisions"].append({**tie, "winners": winners, "how": fits[0]["how"]})
            served[at] += winners
            rooms[at] = 0
            level = [member for member in level if member not in winners]
    seats["terms"] = [{"term": each["term"], "elected": served[i]} for i, each in enumerate(terms)]


def barred_by(rules, ids, pairs, opinions, ballots):
    """Who may take no seat, and of these who does not beat none of the above."""
    none, share = rules.get("noneOfTheAbove"), rules.get("minimumShare")
    if none is not None and none["candidate"] not in ids:
        none = None
    under = set()
    if none is not None:
        part, whole = none["majority"]["part"], none["majority"]["whole"]
        for a in ids:
            if a == none["candidate"]:
                continue
            given, against = pairs[a][none["candidate"]], pairs[none["candidate"]][a]
            if not (given > against and given * whole >= against * part and given >= none["support"]):
                under.add(a)
    few = {a for a in ids if share is not None and opinions[a] * share["whole"] < ballots * share["part"]}
    itself = set() if none is None else {none["candidate"]}
    return under | few | itself, under if none is not None and none["rule"] == "drop" else set()


def schulze(file, rows, standing, pairs, struck):
    manifest = file["manifest"]
    ids = sorted((candidate for candidate, _ in standing), key=units)
    column = dict(standing)

    rules = manifest.get("houseRules", {})
    kept = [column[a] for a in ids]
    blank = sum(all(row[i] == 0 for i in kept) for row in rows)
    opinions = {a: sum(row[column[a]] != 0 for row in rows) for a in ids}
    barred, dropped = barred_by(rules, ids, pairs, opinions, len(rows) - blank)
    counted = [a for a in ids if a not in dropped]

    def closure(link, among):
        width = {a: {b: link(a, b) if a in among and b in among else 0 for b in ids if a != b} for a in ids}
        for k in among:
            for a in among:
                for b in among:
                    if len({a, b, k}) == 3:
                        width[a][b] = max(width[a][b], min(width[a][k], width[k][b]))
        return width

    def strength(a, b):
        return pairs[a][b] if pairs[a][b] > pairs[b][a] else 0

    def beats(a, b):
        return a not in dropped and (b in dropped or paths[a][b] > paths[b][a])

    paths = closure(strength, counted)
    every_path = closure(strength, ids)
    draws = closure(lambda a, b: 1 if pairs[a][b] >= pairs[b][a] else 0, ids)
    relation = {a: [b for b in ids if a != b and beats(a, b)] for a in ids}
    losses = {a: sum(a in relation[b] for b in ids) for a in ids}
    places = [
        {"place": 1 + lost, "candidates": [a for a in ids if losses[a] == lost]} for lost in sorted(set(losses.values()))
    ]
    quorum = rules.get("quorum")
    if quorum is not None:
        share = quorum if "whole" in quorum else None
        quorum = quorum["ballots"] if share is None else -(-file["eligible"] * share["part"] // share["whole"])
    available = 0 if quorum is not None and len(rows) < quorum else manifest["seats"]

    def only(test):
        found = [a for a in ids if len(ids) > 1 and all(test(pairs[a][b], pairs[b][a]) for b in ids if a != b)]
        return found[0] if found else None

    counting, limit = manifest["counting"], manifest["representationLimit"]
    in_force = {key: inner for key, inner in rules.items() if key not in ("quorum", "vacancies")}
    seats = seats_of(manifest, places, file["tieDecisions"], struck, barred, available)
    if "terms" in rules:
        serve(rules["terms"], places, seats, file["tieDecisions"])
    if quorum is not None:
        in_force["quorum"] = quorum
    if in_force.get("noneOfTheAbove", {}).get("candidate") in struck:
        del in_force["noneOfTheAbove"]
    return {
        "method": "schulze",
        "options": {
            **{key: counting[key] for key in ("strength", "unranked", "secondary", "order")},
            "seats": manifest["seats"],
            "limit": limit,
            **in_force,
        },
        "counts": {
            "cast": len(rows),
            "blank": blank,
            "opinions": opinions,
        },
        "candidates": ids,
        "pairwise": pairs,
        "strongestPaths": paths,
        "relation": relation,
        "places": places,
        "condorcetWinner": only(lambda x, y: x > y),
        "condorcetLoser": only(lambda x, y: x < y),
        "smith": [a for a in ids if all(draws[a][b] for b in ids if a != b)],
        "schwartz": [a for a in ids if all(every_path[b][a] == 0 or every_path[a][b] > 0 for b in ids if a != b)],
        "seats": seats,
        "rounds": [],
    }


def as_data(outcome):
    """An outcome of format 1 as data; it names the first open tie only."""
    data = {key: inner for key, inner in outcome.items() if key not in ("steps", "warnings", "explanation")}
    seats = dict(data["seats"])
    tie = seats.pop("boundaryTie")
    seats["openTies"] = [] if tie is None else [tie]
    seats["skipped"] = [each["candidate"] for each in seats["skipped"]]
    rounds = [{key: inner for key, inner in each.items() if key != "message"} for each in data["rounds"]]
    return {**data, "seats": seats, "rounds": rounds}


def check_recount(file, rows, second):
    manifest = file["manifest"]
    counting = manifest["counting"]
    struck = {entry["id"] for entry in file["struck"]} if second else set()
    standing = [(id, i) for i, id in enumerate(manifest["candidates"]) if id not in struck]
    pairs = count_pairs(rows, standing, counting["unranked"] == "last")
    stated = file["outcome"]["pairwise"]
    need(all(stated.get(a, {}).get(b) == n for a, row in pairs.items() for b, n in row.items()), "pairwise")
    mine = ("schulze", "winning", False, "losses")
    if tuple(counting[key] for key in ("method", "strength", "secondary", "order")) != mine:
        return
    if any(winner in struck or winner not in dict(standing) for d in file["tieDecisions"] for winner in d["winners"]):
        raise Wrong("recount")
    outcome = schulze(file, rows, standing, pairs, struck)
    published = file["outcome"]
    if not second:
        published = as_data(published)
        outcome["seats"]["openTies"] = outcome["seats"]["openTies"][:1]
    need(canonical(outcome) == canonical(published), "recount")
    used = [set(decision["winners"]) for decision in outcome["seats"]["decisions"]]
    if second:
        need(len(used) == len(file["tieDecisions"]), "recount")
        need(all(set(decision["winners"]) in used for decision in file["tieDecisions"]), "recount")


def verify(ballots, results, key=None):
    """The name of the first check that fails; None when all is well."""
    try:
        file = read_json(results)
        third = RESULTS_3(file)
        second = third or RESULTS_2(file)
        need(second or RESULTS_1(file), "format")
        unsigned = {name: inner for name, inner in file.items() if name != "signature"}
        message = frame("elekto/results/%d" % (3 if third else 2 if second else 1), canonical(unsigned))
        signed = is_signed(from_base64url(file["publicKey"], 32), from_base64url(file["signature"], 64), message)
        need(signed and key in (None, file["publicKey"]), "signature")
        check_manifest(file, second)
        rows = read_rows(ballots, file["manifest"])
        check_lists(file, rows, second)
        check_root(file, rows)
        check_recount(file, rows, second)
        return None
    except Wrong as wrong:
        return str(wrong)


def main(args):
    if args[:1] == ["--batch"]:
        with open(args[1], encoding="utf-8") as cases:
            for line in cases:
                case = json.loads(line)
                print(verify(case["ballots"], case["results"], case["key"]) or "ok")
        return 0
    with open(args[0], encoding="utf-8", newline="") as ballots, open(args[1], encoding="utf-8", newline="") as results:
        found = verify(ballots.read(), results.read(), args[2] if len(args) > 2 else None)
    print(found or "ok")
    return 0 if found is None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
