"""Federal programmes of the United States: which of them towns get. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import rule

US_FUNDER = (
    r"(?:^|\| )(?:U\.S\. )?(?:Department of (?:the )?[A-Z]|Environmental Protection Agency|National Science"
    r" Foundation|Federal Communications|Corporation for National|Small Business Administration)"
)

UNITED_STATES = (rule("US-Bundesprogramm", US_FUNDER, 0.1, 1.6, "", "US-Bundesprogramm", area="US"),)
