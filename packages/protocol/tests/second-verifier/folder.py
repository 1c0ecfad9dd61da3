#!/usr/bin/env python3
"""A second verifier of whole folders of counts by officers, written from docs/verifier-specification.md, section 7. Python's standard library alone.

    folder.py FOLDER [custody.json] [--receipt receipt.json [release.json]]
    folder.py --batch FILE    each line of it such words as a JSON array; a line is printed for each

Of the sections before it and of docs/wire-format.md it has what was written from them: packages/custody/tests/independent/verify.py the board, and
verify.py beside this file the result. Prints "ok", or the first thing that fails; with a receipt, after a space, whether its ballot is in the box, was
released, or was dropped by the server.
"""
import base64
import hashlib
import importlib.util
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True


def module(name, *path):
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, *path))
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


board = module("board", "..", "..", "..", "custody", "tests", "independent", "verify.py")
result = module("result", "verify.py")
Wrong, need = result.Wrong, result.need


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


# --- step 3: the files -------------------------------------------------------------------------------------------

ORDER = ("box", "mix", "decrypt", "tie")


def header_of(data):
    """Kind, seq and officer, as the file itself says them."""
    parts = board.unframe(data[:-64], "elekto/board/1", 6) if len(data) >= 64 else None
    need(parts is not None, "files")
    kind, seq, officer = parts[0].decode("utf-8", "replace"), board.number(parts[2]), board.number(parts[4])
    need(kind in ORDER and None not in (seq, officer), "files")
    return kind, seq, officer


def name_of(kind, seq, officer):
    by_officer = "" if kind in ("box", "mix") else "-%02d" % officer
    return "%02d-%s%s.bin" % (seq, kind, by_officer)


def read_files(file, folder):
    named = [entry["name"] for entry in file["board"]]
    there = {name for name in os.listdir(folder) if re.fullmatch(r"\d\d+-[a-z]+(-\d\d+)?\.bin", name)}
    # Void posts may be kept in the folder, and no result names them.
    need({name for name in there if "-void-" not in name} == set(named), "files")
    need(named[:1] == ["00-box.bin"] and len(set(named)) == len(named), "files")
    found = []
    for entry in file["board"]:
        data = read(folder, entry["name"])
        need(hashlib.sha256(data).hexdigest() == entry["sha256"], "files")
        header = header_of(data)
        need(name_of(*header) == entry["name"], "files")
        found.append((header, data))
    places = [(ORDER.index(kind), seq, officer) for (kind, seq, officer), _ in found]
    need(places == sorted(places), "files")
    return found


# --- step 6: a voter's receipt -----------------------------------------------------------------------------------


def record_hash(manifest, record):
    return board.sha256(board.frame("elekto/record hash/1", manifest["mh"], record))


def fate_of(receipt, release, file, manifest, box):
    message = board.frame(
        "elekto/receipt/1", receipt["election"], bytes.fromhex(receipt["manifestHash"]), bytes.fromhex(receipt["recordHash"])
    )
    signature = base64url(receipt["signature"])
    need(result.is_signed(base64url(file["publicKey"]), signature, message), "receipt")
    need(bytes.fromhex(receipt["manifestHash"]) == manifest["mh"], "receipt")
    wanted = bytes.fromhex(receipt["recordHash"])
    body = board.unframe(box[:-64], "elekto/board/1", 6)[5]
    records = board.unframe(body, "elekto/box/1", 4)[3]
    if wanted in (record_hash(manifest, one) for one in board.split(records, 49 + 128 * manifest["w"])):
        return "in the box"
    if release is None:
        return "dropped"
    record = base64url(release["record"])
    try:
        need(record_hash(manifest, record) == wanted, "dropped")
        board.check_release(manifest, record, bytes.fromhex(release["newHash"] or ""), base64url(release["release"]))
    except (board.Refused, Wrong):
        return "dropped"
    return "released"


# --- step 11: decisions ------------------------------------------------------------------------------------------


def check_ties(file, key, manifest, count, ties):
    logins, mixes = key["logins"], len(count["mixes"])
    by_number = {}
    for (_, seq, officer), data in ties:
        by_number.setdefault(seq - mixes - 1, []).append((officer, data))
    need(set(by_number) == set(range(1, len(file["tieDecisions"]) + 1)), "ties")
    for number, decision in enumerate(file["tieDecisions"], 1):
        files = sorted(by_number[number])
        said = board.check_tie(key, manifest, count, number, [data for _, data in files])
        need(said == board.canonical({name: decision[name] for name in ("at", "how", "winners")}), "ties")
        need(decision["by"] == ", ".join(logins[officer - 1] for officer, _ in files), "ties")


# --- all steps in order ------------------------------------------------------------------------------------------


def verify(folder, transcript, receipt=None, release=None):
    text = read(folder, "results.json").decode()
    file = result.read_json(text)  # 1
    need(result.RESULTS_3(file), "format")
    files = read_files(file, os.path.join(folder, "board"))  # 3
    key = board.ceremony_key(transcript)  # 4
    need(file["manifest"]["officers"] == list(key["logins"]), "officers")
    need(file["manifest"]["threshold"] == key["t"], "officers")
    manifest = board.read_manifest(board.canonical(file["manifest"]))  # 5
    of = lambda wanted: [data.hex() for (kind, _, _), data in files if kind == wanted]
    count = {
        "transcript": transcript, "manifest": manifest["text"], "electors": file["eligible"],
        "box": of("box")[0], "mixes": of("mix"), "decryptions": of("decrypt"),
    }
    fate = None if receipt is None else fate_of(receipt, release, file, manifest, bytes.fromhex(count["box"]))  # 6
    combined = board.verify_count(count)  # 5 and 8
    need(file["manifestHash"] == manifest["mh"].hex(), "manifest")
    rows = result.read_rows(read(folder, "ballots.csv").decode(), file["manifest"])  # 9
    need(file["invalid"] == combined["invalid"] and file["cast"] == len(combined["rows"]) + combined["invalid"], "count")
    need(rows == [row["ranks"] for row in combined["rows"]], "rows")
    result.check_manifest(file, True)  # 10
    result.check_lists(file, rows, True)
    result.check_root(file, rows)
    result.check_recount(file, rows, True)
    check_ties(file, key, manifest, count, [one for one in files if one[0][0] == "tie"])  # 11
    unsigned = {name: inner for name, inner in file.items() if name != "signature"}  # 12
    message = result.frame("elekto/results/3", result.canonical(unsigned))
    need(result.is_signed(base64url(file["publicKey"]), base64url(file["signature"]), message), "signature")
    return fate


def said_of(args):
    at = args.index("--receipt") if "--receipt" in args else len(args)
    folder, *custody = args[:at]
    shown = [json.loads(read(name)) for name in args[at + 1 :]] + [None, None]
    transcript = read(custody[0] if custody else os.path.join(folder, "board", "custody.json")).decode()
    try:
        fate = verify(folder, transcript, shown[0], shown[1])
    except Wrong as wrong:
        return str(wrong)
    except board.Refused as refused:
        return refused.code
    return "ok" if fate is None else f"ok {fate}"


def main(args):
    if args[0] == "--batch":
        for line in read(args[1]).decode().splitlines():
            print(said_of(json.loads(line)))
        return 0
    said = said_of(args)
    print(said)
    return 0 if said.split(" ")[0] == "ok" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
