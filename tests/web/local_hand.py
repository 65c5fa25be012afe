"""Codes as RFC 6238 says them, written apart from the library; and an account with a password."""

import base64
import hashlib
import hmac
import struct
import time

from django.test import Client

from samband.core.models import User
from samband.people.services import local

PASSWORD = "fyra gröna ord i rad"


def code_of(secret: str, moment: float | None = None) -> str:
    """The six digits of the half minute in which `moment` (seconds) lies."""
    step = int((time.time() if moment is None else moment) // 30)
    digest = hmac.digest(base64.b32decode(secret.replace(" ", "")), struct.pack(">Q", step), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def with_password(world, name: str = "alice") -> User:
    """The account, given a link by an administrator, with a password set by it."""
    user = world.users[name]
    path = local.give_link(world.actor("administrator"), user, "Har inget kort än")
    reply = Client().post(path, {"password": PASSWORD, "again": PASSWORD})
    assert reply.status_code == 302, reply.content.decode()
    user.refresh_from_db()
    return user


def type_in(client: Client, user: User, secret: str = PASSWORD):
    return client.post("/login/local/", {"name": user.username, "password": secret})


def secret_of(client: Client) -> str:
    """The seed that the page shows."""
    page = client.get("/security/codes/").content.decode()
    return page.partition("data-secret>")[2].partition("<")[0].replace(" ", "")


def with_codes(client: Client, user: User) -> tuple[str, list[str]]:
    """Log in, turn codes on with the code of the half minute before; the seed, and the recovery codes."""
    type_in(client, user)
    secret = secret_of(client)
    page = client.post("/security/codes/", {"code": code_of(secret, time.time() - 30)}).content.decode()
    codes = page.partition("web-recovery")[2].partition("</ul>")[0].split("<li>")[1:]
    return secret, [code.partition("<")[0] for code in codes]
