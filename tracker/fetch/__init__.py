"""The only package that reads from the network: one answer per request, politely, bounded, and kept apart from walls.

client.py     Fetcher: archive, robots.txt, turn, hop, judgement, second try
wire.py       connections: TLS, proxies, and a limit on the time that one answer may take
proxies.py    which proxy an address goes through
guard.py      which addresses a source may reach
robots.py     what a site allows
turns.py      one request at a time and a pause between two, per host
body.py       bytes out of a stream, never more than allowed
messages.py   what we say to a server
keys.py       the key of a source: who may see it
login.py      the token that a source gives for its key
redirects.py  which address is meant, and where a redirect leads
answers.py    what an answer is worth
troubles.py   what a failed exchange means
mailboxes.py  folders of mailboxes as sources
imap.py       one conversation with a mail server, bounded
imap_names.py addresses of mailboxes, and how IMAP spells names
"""

from tracker.fetch.client import Fetcher, Memory
from tracker.fetch.guard import usual_pause

__all__ = ["Fetcher", "Memory", "usual_pause"]
