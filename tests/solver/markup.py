"""A page as a tree, for whoever reads it the way a browser does."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style"}


class Node:
    """One element."""

    def __init__(self, tag, attrs=()):
        self.tag = tag
        self.attrs = {name: value or "" for name, value in attrs}
        self.inside = []

    @property
    def classes(self):
        """Its classes."""
        return self.attrs.get("class", "").split()

    @property
    def text(self):
        """All words in it, with single spaces."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self):
        for each in self.inside:
            if isinstance(each, str):
                yield each
            elif each.tag not in UNSEEN:
                yield from each._pieces()
                yield " " if each.tag in ("small", "th", "td", "title") else ""

    def all(self, tag="", css="", **attrs):
        """Every element below it of this tag, class and attributes, in order."""
        for each in self.inside:
            if isinstance(each, Node):
                if tag in ("", each.tag) and (not css or css in each.classes) and attrs.items() <= each.attrs.items():
                    yield each
                yield from each.all(tag, css, **attrs)

    def one(self, tag="", css="", **attrs):
        """The first of them, or None."""
        return next(self.all(tag, css, **attrs), None)

    def own(self, tag):
        """Its own children of this tag."""
        return [each for each in self.inside if isinstance(each, Node) and each.tag == tag]


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Node("page")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].inside.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].inside.append(data)


def tree(html):
    """The root of a page."""
    builder = _Builder()
    builder.feed(html)
    return builder.root
