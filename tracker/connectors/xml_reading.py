"""The only module of the generic connectors that knows lxml: bytes become a tree, and paths find words in it. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from tracker.connectors.places import Find
from tracker.model import RawDocument, Source
from tracker.parsing import broken, charset


def read_xml(document: RawDocument, source: Source, *, strip: bool) -> Any:
    """The root of the document; `strip`: names lose their namespaces. Raises ParseError: no XML, cut off, a bomb."""
    if b"<!ENTITY" in document.body.replace(b"\0", b""):  # without NUL: UTF-16 too
        raise broken(document, source, "declares entities of its own: an XML bomb")
    label = charset(document)
    # The label of the header counts where the document is silent; valid UTF-8 is UTF-8 whatever both say.
    encoding = label if label == "utf-8" or b"encoding=" not in document.body[:100] else ""
    try:
        parser = etree.XMLParser(
            encoding=encoding or None, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        root = etree.fromstring(document.body, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        kind = document.content_type or "something else"
        raise broken(document, source, f"expected XML, got {kind} that does not read: {error}") from None
    if strip:
        _strip(root)
    return root


def _strip(root: Any) -> None:
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
        for name in [name for name in node.attrib if name.startswith("{")]:
            node.set(etree.QName(name).localname, node.attrib.pop(name))


@lru_cache(maxsize=512)
def xml_path(words: str, namespaces: tuple[tuple[str, str], ...] = ()) -> Find:
    """The function that finds what stands at an XPath: elements, words, a number. ValueError for no path."""
    try:
        compiled = etree.XPath(words, namespaces=dict(namespaces) or None, regexp=False)
    except etree.XPathError as error:
        raise ValueError(str(error)) from None

    def find(node: Any) -> Any:
        try:
            return compiled(node)
        except etree.XPathError as error:
            raise ValueError(str(error)) from None

    find(etree.Element("nothing"))  # an unknown prefix or function shows only when asked
    return find


def xml_words(words: str, namespaces: tuple[tuple[str, str], ...] = ()) -> Find:
    """As `xml_path`, with all the words within an element in place of the element."""
    found = xml_path(words, namespaces)

    def find(node: Any) -> Any:
        value = found(node)
        return [_words(one) for one in value] if isinstance(value, list) else value

    return find


def _words(node: Any) -> str:
    return str(node) if isinstance(node, str) else "".join(map(str, node.itertext()))
