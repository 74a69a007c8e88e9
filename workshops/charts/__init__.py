"""Numbers to SVG: one module per form, one template per form in templates/workshops/charts/.

Every form is a pure function from plain data to a frozen dataclass: positions across in per cent and down in pixels,
so that a picture fills its column while its type keeps its size; the sentence that says what is drawn; and the same
numbers again as a table, for those who do not see the picture.
"""
