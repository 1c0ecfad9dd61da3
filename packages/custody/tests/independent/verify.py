"""A second verifier, written from docs/verifier-specification.md alone. Python 3, standard library only; clear, not fast.

    python3 verify.py VECTORS_DIRECTORY

goes through all vectors and prints, as JSON, what it found for each: a code of the specification, or what comes out.
"""

import hashlib
import hmac
import json
import math
import re
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from functools import lru_cache


class Refused(Exception):
    def __init__(self, code, officer=None):
        super().__init__(code)
        self.code, self.officer = code, officer


def need(condition, code):
    if not condition:
        raise Refused(code)


# ---- 1. conventions

def u32(n):
    return n.to_bytes(4, 'big')


def as_bytes(part):
    if isinstance(part, bytes):
        return part
    return str(part).encode() if isinstance(part, int) else part.encode()


def frame(*parts):
    return b''.join(u32(len(p)) + p for p in map(as_bytes, parts))


def lst(items):
    return u32(len(items)) + b''.join(u32(len(i)) + i for i in items)


def unframe(data, domain, count):
    """The parts after the domain, or None."""
    parts = []
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            return None
        end = at + 4 + int.from_bytes(data[at:at + 4], 'big')
        if end > len(data):
            return None
        parts.append(data[at + 4:end])
        at = end
    if len(parts) != count + 1 or parts[0] != domain.encode():
        return None
    return parts[1:]


def number(data):
    return int(data) if re.fullmatch(rb'0|[1-9][0-9]{0,8}', data) else None


def b64(data):
    return urlsafe_b64encode(data).rstrip(b'=').decode()


def unb64(text, length=None):
    """Bytes of canonical base64url, or None."""
    if not isinstance(text, str) or not re.fullmatch(r'[A-Za-z0-9_-]*', text) or len(text) % 4 == 1:
        return None
    data = urlsafe_b64decode(text + '=' * (-len(text) % 4))
    if b64(data) != text or (length is not None and len(data) != length):
        return None
    return data


def js_string(text):
    out = json.dumps(text, ensure_ascii=False)
    return re.sub('[\ud800-\udfff]', lambda m: '\\u%04x' % ord(m.group()), out)


def canonical(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return js_string(value)
    if isinstance(value, int) and abs(value) <= 2 ** 53 - 1:
        return str(value)
    if isinstance(value, list):
        return '[' + ','.join(map(canonical, value)) + ']'
    if isinstance(value, dict):
        return '{' + ','.join(js_string(k) + ':' + canonical(value[k]) for k in sorted(value)) + '}'
    raise ValueError('not canonical')


def parse(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def parse_strict(text):
    """What the text says when every reader finds the same in it, else None."""
    def pairs(found):
        value = dict(found)
        if len(value) != len(found):
            raise ValueError('a key twice')
        return value

    def whole_number(digits):
        if digits == '-0' or abs(int(digits)) > 2 ** 53 - 1:
            raise ValueError('a number')
        return int(digits)

    def no_number(digits):
        raise ValueError('not whole: ' + digits)

    def check(value, depth):
        if depth > 24:
            raise ValueError('too deep')
        if isinstance(value, str):
            value.encode()
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            check(inner, depth + 1)
        for key in value if isinstance(value, dict) else []:
            key.encode()

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=whole_number, parse_float=no_number,
                           parse_constant=no_number)
        check(value, 0)
        return value
    except ValueError:
        return None


def exactly(value, *keys):
    return isinstance(value, dict) and sorted(value) == sorted(keys)


def whole(value, least, most):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def sha256(data):
    return hashlib.sha256(data).digest()


def sha512(data):
    return hashlib.sha512(data).digest()


def hkdf(ikm, salt, info, length):
    key = hmac.new(salt, ikm, hashlib.sha256).digest()
    out, block = b'', b''
    for i in range(1, math.ceil(length / 32) + 1):
        block = hmac.new(key, block + info + bytes([i]), hashlib.sha256).digest()
        out += block
    return out[:length]


# ---- 1. group: the curve, then RFC 9496

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def is_negative(x):
    return x % P % 2 == 1


def magnitude(x):
    return -x % P if is_negative(x) else x % P


def sqrt_ratio(u, v):
    """SQRT_RATIO_M1 of RFC 9496 §4.2."""
    r = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    u %= P
    correct, flipped, flipped_i = check == u, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return correct or flipped, magnitude(r)


INVSQRT_A_MINUS_D = sqrt_ratio(1, -1 - D)[1]
# The root of -D - 1 that RFC 9496 lists, which is the negative one.
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) ** 2 % P

NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def neg(p):
    return (-p[0] % P, p[1], p[2], -p[3] % P)


def mul(k, p):
    k %= L
    return mul_plain(k, p)


def mul_plain(k, p):
    result = NEUTRAL
    while k > 0:
        if k & 1:
            result = add(result, p)
        p = add(p, p)
        k >>= 1
    return result


def total(points):
    result = NEUTRAL
    for p in points:
        result = add(result, p)
    return result


def same(p, q):
    return (p[0] * q[1] - p[1] * q[0]) % P == 0 or (p[1] * q[1] - p[0] * q[0]) % P == 0


@lru_cache(maxsize=None)
def decode(data):
    """A point from its canonical encoding, or None."""
    s = int.from_bytes(data, 'little')
    if len(data) != 32 or s >= P or s % 2 == 1:
        return None
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, root = sqrt_ratio(1, v * u2 * u2 % P)
    dx, dy = root * u2 % P, root * root * u2 * v % P
    x = magnitude(2 * s * dx)
    y = u1 * dy % P
    t = x * y % P
    return None if not square or is_negative(t) or y == 0 else (x, y, 1, t)


def encode(p):
    x0, y0, z0, t0 = p
    u1, u2 = (z0 + y0) * (z0 - y0) % P, x0 * y0 % P
    root = sqrt_ratio(1, u1 * u2 * u2 % P)[1]
    den1, den2 = root * u1 % P, root * u2 % P
    z_inv = den1 * den2 * t0 % P
    if is_negative(t0 * z_inv):
        x, y, den = y0 * SQRT_M1 % P, x0 * SQRT_M1 % P, den1 * INVSQRT_A_MINUS_D % P
    else:
        x, y, den = x0, y0, den2
    if is_negative(x * z_inv):
        y = -y % P
    return magnitude(den * (z0 - y)).to_bytes(32, 'little')


def decode_other(data):
    """Like decode, and None for the neutral element."""
    return None if data == bytes(32) else decode(data)


def decode_scalar(data):
    value = int.from_bytes(data, 'little')
    return value if len(data) == 32 and value < L else None


def scalar(message):
    return int.from_bytes(sha512(message), 'little') % L


ED_Y = 4 * pow(5, -1, P) % P


def ed_decode(data):
    """An Ed25519 point from its canonical encoding (RFC 8032 §5.1.3), or None."""
    if len(data) != 32:
        return None
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y % 2 ** 255
    if y >= P:
        return None
    square, x = sqrt_ratio(y * y - 1, D * y * y + 1)
    if not square or (x == 0 and sign == 1):
        return None
    if x % 2 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def ed_encode(p):
    z = pow(p[2], -1, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x % 2) << 255).to_bytes(32, 'little')


B = ed_decode(ED_Y.to_bytes(32, 'little'))
# The generator of ristretto255 is the element of Ed25519's base point.
G = B


def map_to_group(t):
    """MAP of RFC 9496 §4.3.4."""
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    c = -1
    if not square:
        s = -magnitude(s * t) % P
        c = r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1, w2, w3 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P, (1 - s * s) % P, (1 + s * s) % P
    return (w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P)


def expand_message_xmd(message, dst, length):
    """RFC 9380 §5.3.1 with SHA-512."""
    dst_prime = dst + bytes([len(dst)])
    b0 = sha512(bytes(128) + message + length.to_bytes(2, 'big') + b'\0' + dst_prime)
    block = sha512(b0 + b'\1' + dst_prime)
    out = block
    for i in range(2, math.ceil(length / 64) + 1):
        block = sha512(bytes(x ^ y for x, y in zip(b0, block)) + bytes([i]) + dst_prime)
        out += block
    return out[:length]


@lru_cache(maxsize=None)
def generator(i):
    uniform = expand_message_xmd(u32(i), b'elekto/generators/1', 64)
    halves = [int.from_bytes(uniform[at:at + 32], 'little') % 2 ** 255 % P for at in (0, 32)]
    return add(map_to_group(halves[0]), map_to_group(halves[1]))


# ---- 1. signatures

@lru_cache(maxsize=None)
def in_subgroup(data):
    p = ed_decode(data)
    if p is None:
        return False
    q = mul_plain(L, p)
    return q[0] % P == 0 and (q[1] - q[2]) % P == 0


@lru_cache(maxsize=None)
def is_signer(key):
    return in_subgroup(key) and ed_decode(key)[:2] != (0, 1)


@lru_cache(maxsize=None)
def is_signed(key, message, signature):
    if len(signature) != 64 or not is_signer(key) or not in_subgroup(signature[:32]):
        return False
    s = decode_scalar(signature[32:])
    if s is None:
        return False
    k = int.from_bytes(sha512(signature[:32] + key + message), 'little') % L
    return ed_encode(add(mul_plain(s, B), neg(mul_plain(k, ed_decode(key))))) == signature[:32]


# ---- 3. the custody file

def x25519(k, u):
    """RFC 7748 §5."""
    k = int.from_bytes(k, 'little')
    k = (k & ~7 & (1 << 255) - 1) | 1 << 254
    x1 = int.from_bytes(u, 'little') % 2 ** 255 % P
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        aa, bb = a * a % P, b * b % P
        e = aa - bb
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return x2 * pow(z2, P - 2, P) % P


def read_header(value):
    fail = 'header-format'
    need(exactly(value, 'format', 'kind', 'threshold', 'officers', 'until', 'nonce'), fail)
    need(value['format'] == 'elekto-custody/1' and value['kind'] in ('election', 'rehearsal'), fail)
    need(unb64(value['nonce'], 16) is not None and isinstance(value['officers'], list), fail)
    until = value['until']
    need(isinstance(until, str) and re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', until), fail)
    try:
        date.fromisoformat(until)
    except ValueError:
        raise Refused(fail)
    officers = value['officers']
    n, t = len(officers), value['threshold']
    need(n >= 3, 'header-too-few')
    need(n <= 64, fail)
    need(whole(t, 1, n) and 2 * t > n, 'header-threshold')
    for officer in officers:
        need(exactly(officer, 'login', 'sign', 'receive') and isinstance(officer['login'], str), fail)
        need(re.fullmatch(r'[A-Za-z0-9][A-Za-z0-9_-]{0,38}', officer['login']), fail)
        need(unb64(officer['sign'], 32) is not None and unb64(officer['receive'], 32) is not None, fail)
    for officer in officers:
        need(is_signer(unb64(officer['sign'])), 'header-key')
        need(x25519(bytes([1] * 32), unb64(officer['receive'])) != 0, 'header-key')
    keys = [o[k] for o in officers for k in ('sign', 'receive')]
    need(len({o['login'].lower() for o in officers}) == n and len(set(keys)) == 2 * n, 'header-twice')
    ceremony = sha256(frame('elekto/ceremony/1', canonical(value)))
    return {
        'n': n, 't': t, 'kind': value['kind'], 'id': ceremony,
        'signers': [unb64(o['sign']) for o in officers],
        'receivers': [unb64(o['receive']) for o in officers], 'logins': [o['login'] for o in officers],
        'xs': [scalar(frame('elekto/identifier/1', ceremony, j)) for j in range(1, n + 1)],
    }


def check_post(header, post):
    fail = 'post-format'
    need(exactly(post, 'officer', 'body', 'signature') and whole(post['officer'], 1, header['n']), fail)
    signature, body = unb64(post['signature'], 64), post['body']
    need(signature is not None and isinstance(body, dict), fail)

    def some(text):
        return isinstance(text, str) and len(text) <= 200 and unb64(text) is not None

    def many(items):
        return isinstance(items, list) and len(items) <= 100 and all(map(some, items))

    kind = body.get('kind')
    if kind == 'deal':
        good = exactly(body, 'kind', 'commitments', 'proof', 'shares')
        good = good and many(body['commitments']) and some(body['proof']) and many(body['shares'])
    elif kind == 'confirm':
        good = exactly(body, 'kind', 'transcript') and unb64(body['transcript'], 32) is not None
    elif kind == 'complaint':
        good = exactly(body, 'kind', 'dealer') and whole(body['dealer'], 1, header['n'])
    elif kind == 'opening':
        good = exactly(body, 'kind', 'complainer', 'share', 'ekm') and whole(body['complainer'], 1, header['n'])
        good = good and unb64(body['share'], 32) is not None and unb64(body['ekm'], 32) is not None
    else:
        good = False
    need(good, fail)
    message = frame('elekto/ceremony post/1', header['id'], post['officer'], canonical(body))
    need(is_signed(header['signers'][post['officer'] - 1], message, signature), 'post-signature')


def check_deal(header, dealer, body):
    commitments = [unb64(c) for c in body['commitments']]
    proof = unb64(body['proof'])
    good = len(commitments) == header['t'] and len(body['shares']) == header['n'] and len(proof) == 64
    need(good and all(len(unb64(s)) == 80 for s in body['shares']), 'deal-length')
    points = [decode_other(c) for c in commitments]
    need(None not in points, 'deal-group')
    big_r, z = decode(proof[:32]), decode_scalar(proof[32:])
    c = scalar(frame('elekto/deal/1', header['id'], dealer, lst(commitments), proof[:32]))
    need(big_r is not None and z is not None, 'deal-proof')
    need(same(mul(z, G), add(big_r, mul(c, points[0]))), 'deal-proof')
    return points


@lru_cache(maxsize=None)
def outcome_of_ceremony(text):
    try:
        return check_ceremony(text), None
    except Refused as refused:
        return None, refused.code


def ceremony_key(text):
    key, code = outcome_of_ceremony(text)
    need(code is None, code)
    return key


def check_ceremony(text):
    value = parse_strict(text)
    need(exactly(value, 'header', 'posts') and isinstance(value['posts'], list), 'transcript-format')
    posts = value['posts']
    need(len(posts) <= 10000, 'transcript-format')
    header = read_header(value['header'])
    for post in posts:
        check_post(header, post)
    check_two_words(posts)
    n, t = header['n'], header['t']
    deals = {p['officer']: p['body'] for p in posts if p['body']['kind'] == 'deal'}
    points = {i: check_deal(header, i, deals[i]) for i in sorted(deals)}
    need(len(deals) == n, 'key-unfinished')
    sums, keys, transcript = add_deals(header, deals, points)
    confirms = [p for p in posts if p['body']['kind'] == 'confirm']
    need(all(unb64(p['body']['transcript']) == transcript for p in confirms), 'confirm-differs')
    need(len({p['officer'] for p in confirms}) == n, 'key-unfinished')
    order = [(p['body']['kind'], p['officer']) for p in posts]
    due = [(kind, i) for kind in ('deal', 'confirm') for i in range(1, n + 1)]
    need(order == due, 'transcript-extra')
    return {**header, 'Y': sums[0], 'V': keys, 'transcript': transcript}


def check_two_words(posts):
    said = {}
    for post in sorted(posts, key=lambda p: p['officer']):
        body = post['body']
        slot = (post['officer'], body['kind'], body.get('dealer'), body.get('complainer'))
        if said.setdefault(slot, canonical(body)) != canonical(body):
            raise Refused('post-twice', post['officer'])


def add_deals(header, deals, points):
    n, t = header['n'], header['t']
    sums = [total(points[i][k] for i in points) for k in range(t)]
    keys = [total(mul(pow(x, k, L), sums[k]) for k in range(t)) for x in header['xs']]
    need(not any(same(p, NEUTRAL) for p in [sums[0], *keys]), 'key-neutral')
    transcript = sha256(frame(
        'elekto/transcript/1', header['id'], lst([canonical(deals[i]).encode() for i in range(1, n + 1)]),
        encode(sums[0]), lst([encode(p) for p in keys])))
    return sums, keys, transcript


# ---- 3. while the ceremony runs

def rotate(x, n):
    return (x << n | x >> 32 - n) & 0xffffffff


def chacha20_block(key, counter, nonce):
    """RFC 8439 §2.3."""
    words = [int.from_bytes(part, 'little')
             for part in split(b'expand 32-byte k' + key + counter.to_bytes(4, 'little') + nonce, 4)]
    state = list(words)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[x] = state[x] + state[y] & 0xffffffff
                state[z] = rotate(state[z] ^ state[x], by)
    return b''.join((x + y & 0xffffffff).to_bytes(4, 'little') for x, y in zip(state, words))


def chacha20_poly1305(key, nonce, plaintext, data):
    """RFC 8439 §2.8."""
    stream = b''.join(chacha20_block(key, i, nonce) for i in range(1, 2 + len(plaintext) // 64))
    sealed = bytes(x ^ y for x, y in zip(plaintext, stream))
    one_time = chacha20_block(key, 0, nonce)
    r = int.from_bytes(one_time[:16], 'little') & 0x0ffffffc0ffffffc0ffffffc0fffffff
    padded = data.ljust(-(-len(data) // 16) * 16, b'\0') + sealed.ljust(-(-len(sealed) // 16) * 16, b'\0')
    padded += len(data).to_bytes(8, 'little') + len(sealed).to_bytes(8, 'little')
    tag = 0
    for block in split(padded, 16):
        tag = (tag + int.from_bytes(block + b'\1', 'little')) * r % (2 ** 130 - 5)
    tag = (tag + int.from_bytes(one_time[16:], 'little')) % 2 ** 128
    return sealed + tag.to_bytes(16, 'little')


def hpke_seal(receiver, ekm, info, data, plaintext):
    """RFC 9180, base mode, DHKEM(X25519, HKDF-SHA-256), HKDF-SHA-256, ChaCha20-Poly1305."""
    kem, hpke = b'KEM\0\x20', b'HPKE\0\x20\0\1\0\3'

    def extract(suite, salt, label, ikm):
        return hmac.new(salt, b'HPKE-v1' + suite + label + ikm, hashlib.sha256).digest()

    def expand(suite, prk, label, context, length):
        labelled = length.to_bytes(2, 'big') + b'HPKE-v1' + suite + label + context
        # One block of HKDF-Expand is enough for all lengths here.
        return hmac.new(prk, labelled + b'\1', hashlib.sha256).digest()[:length]

    secret = expand(kem, extract(kem, b'', b'dkp_prk', ekm), b'sk', b'', 32)
    enc = x25519(secret, (9).to_bytes(32, 'little')).to_bytes(32, 'little')
    shared = x25519(secret, receiver).to_bytes(32, 'little')
    shared = expand(kem, extract(kem, b'', b'eae_prk', shared), b'shared_secret', enc + receiver, 32)
    context = b'\0' + extract(hpke, b'', b'psk_id_hash', b'') + extract(hpke, b'', b'info_hash', info)
    secret = extract(hpke, shared, b'secret', b'')
    key, nonce = expand(hpke, secret, b'key', context, 32), expand(hpke, secret, b'base_nonce', context, 12)
    return enc + chacha20_poly1305(key, nonce, plaintext, data)


def judge_answer(header, points, deal, dealer, complainer, answer):
    """Who is to blame: a code and a position."""
    wrong = ('deal-share', dealer)
    value, x = decode_scalar(unb64(answer['share'])), header['xs'][complainer - 1]
    if value is None or not same(mul(value, G), total(mul(pow(x, k, L), p) for k, p in enumerate(points))):
        return wrong
    again = hpke_seal(header['receivers'][complainer - 1], unb64(answer['ekm']),
                      frame('elekto/share/1', header['id'], dealer, complainer),
                      lst([unb64(c) for c in deal['commitments']]), unb64(answer['share']))
    return ('complaint-false', complainer) if again == unb64(deal['shares'][complainer - 1]) else wrong


def judge_ceremony(text, silence_counts):
    """(state, code, position of whoever is at fault)"""
    value = parse_strict(text)
    header, posts = read_header(value['header']), value['posts']
    for post in posts:
        check_post(header, post)
    try:
        check_two_words(posts)
        deals = {p['officer']: p['body'] for p in posts if p['body']['kind'] == 'deal'}
        points = {i: check_deal(header, i, deals[i]) for i in sorted(deals)}
    except Refused as refused:
        return 'void', refused.code, refused.officer
    confirms = sorted((p for p in posts if p['body']['kind'] == 'confirm'), key=lambda p: p['officer'])
    is_dealt = len(deals) == header['n']
    transcript = add_deals(header, deals, points)[2] if is_dealt else None
    agreed = {p['officer'] for p in confirms if unb64(p['body']['transcript']) == transcript}
    if len(agreed) == header['n']:
        return 'complete', None, None
    # The order in which they are listed is the server's: it decides nothing.
    for complainer, dealer in sorted((p['officer'], p['body']['dealer']) for p in posts
                                     if p['body']['kind'] == 'complaint'):
        if complainer in {p['officer'] for p in confirms}:
            return 'void', 'complaint-and-confirm', complainer
        if dealer not in deals:
            return 'void', 'complaint-without-deal', complainer
        answers = [p['body'] for p in posts if p['officer'] == dealer and p['body']['kind'] == 'opening'
                   and p['body']['complainer'] == complainer]
        if not answers:
            return ('void', 'deal-unanswered', dealer) if silence_counts else ('disputed', None, None)
        return ('void', *judge_answer(header, points[dealer], deals[dealer], dealer, complainer, answers[0]))
    if not is_dealt:
        return 'dealing', None, None
    odd = [p['officer'] for p in confirms if p['officer'] not in agreed]
    return ('void', 'confirm-differs', odd[0]) if odd else ('confirming', None, None)


# ---- 4. the manifest

def read_manifest(text):
    fail = 'manifest-format'
    value = parse(text)
    need(isinstance(value, dict), fail)
    try:
        need(canonical(value) == text, fail)
    except ValueError:
        raise Refused(fail)
    need(value.get('suite') == 2 and value.get('kind') in ('election', 'rehearsal'), fail)
    custody, server = value.get('custody'), unb64(value.get('serverKey'), 32)
    run = value.get('run')
    need(isinstance(run, str) and re.fullmatch('[0-9a-f]{32}', run), fail)
    need(unb64(value.get('publicKey'), 32) is not None and server is not None, fail)
    need(isinstance(custody, str) and re.fullmatch('[0-9a-f]{64}', custody), fail)
    need(is_signer(server), fail)
    candidates = value.get('candidates')
    need(isinstance(candidates, list) and 1 <= len(candidates) <= 1000, fail)
    need(all(isinstance(c, str) for c in candidates) and len(set(candidates)) == len(candidates), fail)
    need(isinstance(value.get('allowNoOpinion'), bool) and isinstance(value.get('trackers'), bool), fail)
    return {
        'text': text, 'mh': sha256(frame('elekto/manifest/2', text)), 'kind': value['kind'],
        'custody': bytes.fromhex(custody), 'Y': unb64(value['publicKey']), 'server': server,
        **shape(len(candidates), value['trackers'], value['allowNoOpinion']),
    }


def shape(m, trackers, no_opinion):
    v = 1
    while 256 ** v < (m + 1) ** m:
        v += 1
    w = math.ceil((v + (16 if trackers else 0)) / 29)
    return {'m': m, 'trackers': trackers, 'no_opinion': no_opinion, 'v': v, 'w': w}


# ---- 5. a ballot

def payload_point(data):
    for ctr in range(1, 128):
        p = decode(bytes([2 * ctr]) + data + bytes(2))
        if p is not None:
            return p
    return None


def make_payload(rules, ranks, tracker):
    value = 0
    for rank in ranks:
        value = value * (rules['m'] + 1) + rank
    data = value.to_bytes(rules['v'], 'big') + (tracker or b'')
    return data.ljust(29 * rules['w'], b'\0')


def read_payload(rules, points):
    """(tracker, ranks), or None for a ballot that is not valid."""
    data = b''
    for p in points:
        piece = encode(p)[1:30]
        again = payload_point(piece)
        if again is None or encode(again) != encode(p):
            return None
        data += piece
    v, m = rules['v'], rules['m']
    end = v + (16 if rules['trackers'] else 0)
    value = int.from_bytes(data[:v], 'big')
    if any(data[end:]) or value >= (m + 1) ** m:
        return None
    ranks = []
    for _ in range(m):
        value, rank = divmod(value, m + 1)
        ranks.insert(0, rank)
    if 0 in ranks and not rules['no_opinion']:
        return None
    return (data[v:end], ranks)


def split(data, size):
    return [data[at:at + size] for at in range(0, len(data), size)]


def read_record(rules, record):
    w = rules['w']
    need(len(record) == 49 + 128 * w and record[0] == 2, 'ballot-format')
    handle, tag, rest = record[1:17], record[17:49], split(record[49:], 32)
    a, b, big_a, z = rest[:w], rest[w:2 * w], rest[2 * w:3 * w], rest[3 * w:]
    points = [decode_other(x) for x in a + b]
    commitments, responses = [decode(x) for x in big_a], [decode_scalar(x) for x in z]
    need(None not in points + commitments + responses, 'ballot-group')
    need(sha256(frame('elekto/handle/2', rules['mh'], lst(a)))[:16] == handle, 'ballot-handle')
    c = scalar(frame('elekto/ballot/2', rules['mh'], rules['Y'], w, handle, tag, lst(a), lst(b), lst(big_a)))
    return {'row': b''.join(a + b), 'a': points[:w], 'b': points[w:], 'A': commitments, 'z': responses, 'c': c}


def check_proof(ballot):
    for z, big_a, a in zip(ballot['z'], ballot['A'], ballot['a']):
        need(same(mul(z, G), add(big_a, mul(ballot['c'], a))), 'ballot-proof')


def check_release(rules, record, new_hash, release):
    a = record[49:81]
    big_r, z = decode(release[:32]), decode_scalar(release[32:])
    need(big_r is not None and z is not None, 'release-format')
    old = sha256(frame('elekto/record hash/1', rules['mh'], record))
    c = scalar(frame('elekto/release/2', rules['mh'], old, new_hash, a, release[:32]))
    need(same(mul(z, G), add(big_r, mul(c, decode(a)))), 'release-proof')


# ---- 6. files of the board

def read_file(key, manifest, data, kind, seq, prev):
    parts = unframe(data[:-64], 'elekto/board/1', 6) if len(data) >= 64 else None
    need(parts is not None and parts[0] == kind.encode(), 'file-format')
    mh, its_seq, its_prev, officer, body = parts[1], number(parts[2]), parts[3], number(parts[4]), parts[5]
    need(None not in (its_seq, officer) and len(mh) == 32 and len(its_prev) == 32, 'file-format')
    need(mh == manifest['mh'], 'file-election')
    need(officer == 0 if kind == 'box' else 1 <= officer <= key['n'], 'file-officer')
    signer = manifest['server'] if kind == 'box' else key['signers'][officer - 1]
    message = frame('elekto/board/1', *parts[:5], sha256(body))
    need(is_signed(signer, message, data[-64:]), 'file-signature')
    need(its_seq == seq, 'file-order')
    need(its_prev == prev, 'file-previous')
    return officer, body


def check_box(key, manifest, electors, data):
    _, body = read_file(key, manifest, data, 'box', 0, bytes(32))
    parts = unframe(body, 'elekto/box/1', 4)
    need(parts is not None, 'box-format')
    text, count, register, records = parts
    count = number(count)
    need(count is not None, 'box-format')
    need(text == manifest['text'].encode(), 'box-manifest')
    size = 49 + 128 * manifest['w']
    need(len(register) in (0, 32) and len(records) == count * size, 'box-format')
    need(count <= electors, 'box-electors')
    records = split(records, size)
    handles = [r[1:17] for r in records]
    need(all(x < y for x, y in zip(handles, handles[1:])), 'box-order')
    ballots = [read_record(manifest, r) for r in records]
    for ballot in ballots:
        check_proof(ballot)
    return [{'row': b['row'], 'a': b['a'], 'b': b['b']} for b in ballots]


def differences(rows):
    found = set()
    for row in rows:
        for k, first in enumerate(row['a']):
            for other in row['a'][k + 1:]:
                found.add(encode(add(other, neg(first))))
    return found


def check_mix(key, manifest, place, before, body):
    box_hash, prev, position, officer = place
    n, w, mh = len(before), manifest['w'], manifest['mh']
    parts = unframe(body, 'elekto/mix body/1', 8)
    sizes = [64 * w * n, 32 * n, 32 * n, 32 * n, 32 * (3 + 2 * w), 32 * (3 + w), 32 * n, 32 * n]
    need(parts is not None and [len(p) for p in parts] == sizes, 'mix-length')
    rows = split(parts[0], 64 * w)
    c_enc, hat_enc, t_hat_enc, t_enc = (split(p, 32) for p in parts[1:5])
    s, s_hat, s_row = ([decode_scalar(x) for x in split(p, 32)] for p in parts[5:])
    after = []
    for row in rows:
        points = [decode_other(x) for x in split(row, 32)]
        need(None not in points, 'mix-group')
        after.append({'row': row, 'a': points[:w], 'b': points[w:]})
    c, hat, t_hat, t = ([decode(x) for x in p] for p in (c_enc, hat_enc, t_hat_enc, t_enc))
    need(None not in c + hat + t_hat + t + s + s_hat + s_row, 'mix-group')
    old = {x for row in before for x in split(row['row'], 32)}
    new = {x for row in rows for x in split(row, 32)}
    need(not old & new and not differences(before) & differences(after), 'mix-linkable')

    ctx = sha512(frame('elekto/mix/1', mh, box_hash, prev, position, officer, manifest['Y'], n, w,
                       lst([r['row'] for r in before]), lst(rows), lst(c_enc)))
    u = [scalar(frame('elekto/mix-u/1', ctx, i)) for i in range(1, n + 1)]
    x = scalar(frame('elekto/mix-x/1', ctx, lst(hat_enc), lst(t_hat_enc), *t_enc[:3], lst(t_enc[3:])))
    h = [generator(i) for i in range(n + 1)]
    product = 1
    for factor in u:
        product = product * factor % L
    bar = add(total(c), neg(total(h[1:])))
    need(same(mul(s[0], G), add(t[0], mul(x, bar))), 'mix-permutation')
    need(same(mul(s[1], G), add(t[1], mul(x, add(hat[-1], neg(mul(product, h[0])))))), 'mix-permutation')
    left = add(mul(s[2], G), total(mul(k, p) for k, p in zip(s_row, h[1:])))
    need(same(left, add(t[2], mul(x, total(map(mul, u, c))))), 'mix-permutation')
    for part, base, first in (('a', G, 3), ('b', key['Y'], 3 + w)):
        for k in range(w):
            left = total(mul(z, row[part][k]) for z, row in zip(s_row, after))
            left = add(left, neg(mul(s[3 + k], base)))
            right = total(mul(z, row[part][k]) for z, row in zip(u, before))
            need(same(left, add(t[first + k], mul(x, right))), 'mix-ballots')
    for i in range(n):
        left = add(mul(s_hat[i], G), mul(s_row[i], hat[i - 1] if i > 0 else h[0]))
        need(same(left, add(t_hat[i], mul(x, hat[i]))), 'mix-permutation')
    return after


def check_decryption(key, manifest, place, rows, body):
    box_hash, head, officer = place
    n, w = len(rows), manifest['w']
    parts = unframe(body, 'elekto/decrypt body/1', 4)
    need(parts is not None and len(parts[0]) == 32 * w * n, 'decryption-length')
    points = [decode_other(x) for x in split(parts[0], 32)]
    r1, r2, z = decode(parts[1]), decode(parts[2]), decode_scalar(parts[3])
    need(None not in points + [r1, r2, z], 'decryption-group')
    v = key['V'][officer - 1]
    ctx = sha512(frame('elekto/decrypt/1', manifest['mh'], box_hash, head, key['transcript'], officer, encode(v), n, w,
                       lst([r['row'] for r in rows]), lst(split(parts[0], 32 * w))))
    rho = [scalar(frame('elekto/decrypt-rho/1', ctx, i, k)) for i in range(1, n + 1) for k in range(1, w + 1)]
    c = scalar(frame('elekto/decrypt-c/1', ctx, parts[1], parts[2]))
    big_a = total(map(mul, rho, [p for row in rows for p in row['a']]))
    big_b = total(map(mul, rho, points))
    need(same(mul(z, G), add(r1, mul(c, v))), 'decryption-proof')
    need(same(mul(z, big_a), add(r2, mul(c, big_b))), 'decryption-proof')
    return split(points, w)


def close_gaps(ranks):
    used = sorted({r for r in ranks if r > 0})
    return [used.index(r) + 1 if r > 0 else 0 for r in ranks]


def combine(key, manifest, rows, decryptions):
    if not rows:
        return [], 0
    need(len(decryptions) >= key['t'], 'decryption-too-few')
    quorum = sorted(decryptions)[:key['t']]
    xs = {j: key['xs'][j - 1] for j in quorum}
    factors = {}
    for j in quorum:
        factor = 1
        for other in quorum:
            if other != j:
                factor = factor * xs[other] * pow(xs[other] - xs[j], -1, L) % L
        factors[j] = factor
    valid, invalid = [], 0
    for i, row in enumerate(rows):
        points = [add(b, neg(total(mul(factors[j], decryptions[j][i][k]) for j in quorum)))
                  for k, b in enumerate(row['b'])]
        content = read_payload(manifest, points)
        if content is None:
            invalid += 1
        else:
            valid.append((content[0], close_gaps(content[1])))
    return sorted(valid), invalid


def verify_count(count):
    key = ceremony_key(count['transcript'])
    manifest = read_manifest(count['manifest'])
    need(manifest['custody'] == key['transcript'], 'manifest-custody')
    need(manifest['Y'] == encode(key['Y']), 'manifest-key')
    need(manifest['kind'] == key['kind'], 'manifest-kind')
    box = bytes.fromhex(count['box'])
    rows = check_box(key, manifest, count['electors'], box)
    box_hash = head = sha256(box)
    mixers, decryptions = [], {}
    for data in map(bytes.fromhex, count['mixes']):
        position = len(mixers) + 1
        officer, body = read_file(key, manifest, data, 'mix', position, head)
        need(len(rows) > 0, 'mix-of-nothing')
        need(officer not in mixers, 'mix-twice')
        rows = check_mix(key, manifest, (box_hash, head, position, officer), rows, body)
        mixers.append(officer)
        head = sha256(data)
    for data in map(bytes.fromhex, count['decryptions']):
        officer, body = read_file(key, manifest, data, 'decrypt', len(mixers) + 1, head)
        need(len(rows) > 0, 'decryption-of-nothing')
        need(len(mixers) >= key['t'], 'decryption-early')
        need(officer not in decryptions, 'decryption-twice')
        decryptions[officer] = check_decryption(key, manifest, (box_hash, head, officer), rows, body)
    valid, invalid = combine(key, manifest, rows, decryptions)
    return {
        'boxHash': box_hash.hex(), 'invalid': invalid,
        'rows': [{'tracker': t.hex() if manifest['trackers'] else None, 'ranks': r} for t, r in valid],
    }


# ---- 6. decisions

def check_decision(key, manifest, kind, seq, prev, files):
    said, officers = None, set()
    for data in files:
        officer, body = read_file(key, manifest, data, kind, seq, prev)
        try:
            text = body.decode()
            canon = canonical(json.loads(text)) == text
        except ValueError:
            canon = False
        need(canon, 'decision-format')
        need(said in (None, text), 'decision-differs')
        said = text
        officers.add(officer)
    need(len(officers) >= key['t'], 'decision-too-few')
    return said


def check_tie(key, manifest, count, number, files):
    mixes = [bytes.fromhex(m) for m in count['mixes']]
    head = sha256(mixes[-1] if mixes else bytes.fromhex(count['box']))
    return check_decision(key, manifest, 'tie', len(mixes) + 1 + number, head, files)


def check_void(key, manifest, decrypted, files):
    need(not decrypted, 'void-after-decryption')
    return check_decision(key, manifest, 'void', 0, bytes(32), files)


# ---- 8. holding a share

def check_holding(key, kind, election, mh, officer, proof):
    big_r, z = decode(proof[:32]), decode_scalar(proof[32:])
    need(big_r is not None and z is not None, 'liveness-format')
    v = key['V'][officer - 1]
    said = frame('elekto/liveness/1', kind, election, key['transcript'], mh if kind == 'alive' else b'', officer, encode(v))
    c = scalar(frame('elekto/liveness challenge/1', said, proof[:32]))
    need(same(mul(z, G), add(big_r, mul(c, v))), 'liveness-proof')


# ---- 9. going through the vectors

def outcome(step, *arguments):
    try:
        return step(*arguments)
    except Refused as refused:
        return refused.code


def rules_of(case):
    r = case['rules']
    return {'mh': bytes.fromhex(r['manifestHash']), 'Y': bytes.fromhex(r['electionKey']),
            **shape(r['candidates'], r['trackers'], r['allowNoOpinion'])}


def try_group(vectors):
    return {
        'scalars': [str(scalar(bytes.fromhex(s['message']))) for s in vectors['scalars']],
        'generators': [encode(generator(i)).hex() for i in range(len(vectors['generators']))],
        'payloads': [[encode(payload_point(p)).hex() for p in split(bytes.fromhex(c['payload']), 29)]
                     for c in vectors['payloads']],
        'notPoints': [decode(bytes.fromhex(p)) is None for p in vectors['notPoints']],
    }


def read_own_ballot(case):
    rules = rules_of(case)
    seed, record = bytes.fromhex(case['seed']), bytes.fromhex(case['record'])
    ballot = read_record(rules, record)
    check_proof(ballot)
    r = [int.from_bytes(hkdf(seed, rules['mh'], b'elekto/seed/elgamal/%d' % k, 64), 'little') % L
         for k in range(1, rules['w'] + 1)]
    tag_key = hkdf(seed, rules['mh'], b'elekto/seed/tag', 32)
    tracker = hkdf(seed, rules['mh'], b'elekto/seed/tracker', 16) if rules['trackers'] else None
    made = [payload_point(p) for p in split(make_payload(rules, case['ranks'], tracker), 29)]
    key = decode(rules['Y'])
    read = [add(b, neg(mul(k, key))) for k, b in zip(r, ballot['b'])]
    content = read_payload(rules, read)
    return {
        'exponents': [str(k) for k in r], 'tagKey': tag_key.hex(), 'tracker': tracker and tracker.hex(),
        'points': [encode(p).hex() for p in made], 'handle': record[1:17].hex(),
        'recordHash': sha256(frame('elekto/record hash/1', rules['mh'], record)).hex(),
        'ranks': content and content[1],
        'mine': all(same(mul(k, G), a) for k, a in zip(r, ballot['a'])),
        'tag': hmac.new(tag_key, bytes.fromhex(case['voterBinding']), hashlib.sha256).digest() == record[17:49],
    }


def try_ballots(vectors):
    def bad(case):
        check_proof(read_record(rules_of(vectors['cases'][case['case']]), bytes.fromhex(case['record'])))

    def release(case):
        of = vectors['cases'][case['case']]
        new_hash = bytes.fromhex(case['newHash'] or '')
        check_release(rules_of(of), bytes.fromhex(of['record']), new_hash, bytes.fromhex(case['release']))

    return {
        'cases': [outcome(read_own_ballot, c) for c in vectors['cases']],
        'bad': [outcome(bad, c) for c in vectors['bad']],
        'releases': [outcome(release, c) for c in vectors['releases']],
    }


def try_ceremonies(vectors):
    def good(case):
        key = ceremony_key(case['transcript'])
        return {'electionKey': encode(key['Y']).hex(), 'verificationKeys': [encode(v).hex() for v in key['V']],
                'transcriptHash': key['transcript'].hex()}

    return {'cases': [outcome(good, c) for c in vectors['cases']], 'bad': [outcome(good, c) for c in vectors['bad']]}


def try_boards(vectors):
    def bad(case):
        return verify_count({**vectors['cases'][case['case']], **case['change']})

    return {'cases': [outcome(verify_count, c) for c in vectors['cases']], 'bad': [outcome(bad, c) for c in vectors['bad']]}


def try_officers(vectors):
    header = json.loads(vectors['transcript'])['header']
    key, manifest = ceremony_key(vectors['transcript']), read_manifest(vectors['manifest'])

    def files(case):
        return [bytes.fromhex(f) for f in case['files']]

    def dispute(case):
        state, code, officer = judge_ceremony(json.dumps({'header': header, 'posts': case['posts']}), case['silenceCounts'])
        return {'state': state, 'code': code, 'party': officer and key['logins'][officer - 1]}

    def holding(case):
        check_holding(key, case['kind'], case['election'], bytes.fromhex(case['manifestHash']), case['officer'],
                      bytes.fromhex(case['proof']))

    return {
        'custody': [outcome_of_ceremony(c['transcript'])[1] for c in vectors['custody']],
        'disputes': [dispute(c) for c in vectors['disputes']],
        'liveness': [outcome(holding, c) for c in vectors['liveness']],
        'ties': [outcome(check_tie, key, manifest, vectors['counts'][c['count']], c['number'], files(c))
                 for c in vectors['ties']],
        'voids': [outcome(check_void, key, manifest, c['decrypted'], files(c)) for c in vectors['voids']],
    }


def main(directory):
    found = {}
    for name, step in (('group-1', try_group), ('ballots-2', try_ballots), ('ceremony-1', try_ceremonies),
                       ('board-1', try_boards), ('officers-1', try_officers)):
        with open(f'{directory}/{name}.json', encoding='utf-8') as file:
            found[name] = step(json.load(file))
    json.dump(found, sys.stdout)


if __name__ == '__main__':
    main(sys.argv[1])
