"""Dovecot on loopback with a configuration of its own: free ports, a throw-away certificate, a folder that goes away.

Runs as whoever runs the tests. As root it takes the two accounts of Debian's package (dovecot, dovenull), since
Dovecot refuses to log anybody in as root.
"""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import trustme

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"  # Debian's place for daemons is not on everybody's path
PROGRAM = shutil.which("dovecot", path=PATH)
USER, PASSWORD = "europa@ludwigsburg.example", "ge heim ü"
CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    """A running server. `plain` speaks STARTTLS, `secure` TLS from the first byte on."""

    plain: int
    secure: int
    authority: Path

    @property
    def environ(self) -> dict[str, str]:
        """What a program needs to read it."""
        return {"MAILBOX": f"{USER}:{PASSWORD}", "SSL_CERT_FILE": str(self.authority)}

    @contextmanager
    def logged_in(self) -> Iterator[imaplib.IMAP4_SSL]:
        """The mailbox as its owner's mail program sees it."""
        context = ssl.create_default_context(cafile=self.authority)
        with imaplib.IMAP4_SSL("localhost", self.secure, ssl_context=context) as line:
            line.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield line

    def put(self, folder: str, *messages: bytes) -> None:
        """Messages that arrived just now, in a folder that is made if need be."""
        with self.logged_in() as line:
            line.create(folder)
            for raw in messages:
                answer, said = line.append(folder, None, imaplib.Time2Internaldate(time.time()), raw)
                assert answer == "OK", said

    def held(self, folder: str) -> list[tuple[str, bool]]:
        """Subject and whether it was read, of all messages in a folder."""
        with self.logged_in() as line:
            assert line.select(folder, readonly=True)[0] == "OK"
            _, found = line.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
            pairs = [entry for entry in found if isinstance(entry, tuple)]
        return [(head.decode().partition(":")[2].strip(), b"\\Seen" in flags) for flags, head in pairs]


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Serves until the block ends. Its folder is short and open: sockets have short names, and its accounts differ."""
    folder = Path(tempfile.mkdtemp(prefix="dc-"))
    folder.chmod(0o755)
    plain, secure = _free_ports()
    authority = _certificates(folder)
    (folder / "dovecot.conf").write_text(CONFIG.format(folder=folder, plain=plain, secure=secure, **_accounts()))
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    for name in ("mail", "home"):
        (folder / name).mkdir()
        os.chown(folder / name, int(_accounts()["uid"]), int(_accounts()["gid"]))
    with (folder / "out").open("wb") as out:
        program = subprocess.Popen([PROGRAM or "dovecot", "-F", "-c", folder / "dovecot.conf"], stdout=out, stderr=out)
    try:
        _wait(program, secure, folder)
        yield Dovecot(plain=plain, secure=secure, authority=authority)
    finally:
        program.terminate()
        program.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _accounts() -> dict[str, str]:
    """Who the server's processes are, and whom the mail belongs to."""
    if os.geteuid() == 0:
        own = pwd.getpwnam("dovecot")
        return {
            "internal": "dovecot",
            "group": "dovecot",
            "login": "dovenull",
            "uid": str(own.pw_uid),
            "gid": str(own.pw_gid),
        }
    me, group = getpass.getuser(), grp.getgrgid(os.getegid()).gr_name
    return {"internal": me, "group": group, "login": me, "uid": str(os.geteuid()), "gid": str(os.getegid())}


def _certificates(folder: Path) -> Path:
    authority = trustme.CA()
    server = authority.issue_cert("localhost", "127.0.0.1")
    (folder / "server.pem").write_bytes(b"".join(one.bytes() for one in server.cert_chain_pems))
    (folder / "server.key").write_bytes(server.private_key_pem.bytes())
    authority.cert_pem.write_to_path(folder / "authority.pem")
    return folder / "authority.pem"


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        return one.getsockname()[1], two.getsockname()[1]


def _wait(program: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Until somebody listens; what the server says of itself where nobody will."""
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if program.poll() is not None:
            break
        time.sleep(0.05)
    said = "\n".join(
        (folder / name).read_text("utf-8", "replace") for name in ("out", "log") if (folder / name).exists()
    )
    raise AssertionError(f"Dovecot did not start: {said}")
