"""Write a paper as a flat OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from papers.content import Board, Paper, Passage, Row

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_FONTS = {"serif": "Liberation Serif", "sans": "Liberation Sans", "open": "DejaVu Sans"}
_WIDE = 595.3
_NOTE = 80.0


def write_text(paper: Paper) -> str:
    """Give a paper as a flat OpenDocument text (``.fodt``)."""
    title = "".join(_p("Title", escape(line)) for line in paper.title)
    body = "".join(_margin(paper) if paper.dress.margin else _flow(paper))
    if paper.dress.columns == 2:
        body = f'<text:section text:style-name="Columns" text:name="c">{body}</text:section>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{''.join(_styles(paper))}</office:styles>"
        f"<office:automatic-styles>{''.join(_own_styles(paper))}</office:automatic-styles>"
        f"<office:master-styles>{_masters(paper)}</office:master-styles>"
        f"<office:body><office:text>{title}{body}</office:text></office:body></office:document>\n"
    )


def _p(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def _styles(paper: Paper) -> Iterator[str]:
    dress = paper.dress
    font = f'fo:font-family="{_FONTS[dress.font]}" fo:language="en" fo:country="GB"'
    yield (
        f'<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:orphans="2" '
        f'fo:widows="2" fo:line-height="{dress.leading}pt"/>'
        f'<style:text-properties {font} fo:font-size="{dress.size}pt"/></style:style>'
    )
    gap = f'fo:margin-bottom="{dress.gap}pt"'
    align = 'fo:text-align="justify"' if dress.justified else ""
    yield _style("Body", f"{gap} {align}")
    yield _style("Title", 'fo:text-align="center" fo:margin-bottom="9pt"', bold=True)
    hang = 'fo:margin-left="30pt" fo:text-indent="-30pt"'
    yield _style("Heading", f'{gap} {hang} fo:keep-with-next="always"', bold=True, tab=0)
    yield _style("Plain_20_heading", f'{gap} fo:keep-with-next="always"', bold=True)
    for depth in range(3):
        hang = f'fo:margin-left="{26 * depth + 26}pt" fo:text-indent="-26pt"'
        yield _style(f"Clause{depth}", f"{gap} {hang} {align}", tab=0)
    yield _style("Cell", "")
    yield _style("Figure", 'fo:text-align="end"')
    yield _style("CellHead", "", bold=True)
    yield _style("FigureHead", 'fo:text-align="end"', bold=True)
    yield _furniture_style(paper)


def _style(name: str, properties: str, *, bold: bool = False, tab: float | None = None) -> str:
    tabs = f'<style:tab-stops><style:tab-stop style:position="{tab}pt"/></style:tab-stops>' if tab is not None else ""
    weight = '<style:text-properties fo:font-weight="bold"/>' if bold else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        f"<style:paragraph-properties {properties}>{tabs}</style:paragraph-properties>{weight}</style:style>"
    )


def _furniture_style(paper: Paper) -> str:
    wide = _WIDE - 2 * paper.dress.side
    return (
        '<style:style style:name="Furniture" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:line-height="12pt"><style:tab-stops>'
        f'<style:tab-stop style:position="{wide / 2}pt" style:type="center"/>'
        f'<style:tab-stop style:position="{wide}pt" style:type="right"/></style:tab-stops></style:paragraph-properties>'
        '<style:text-properties fo:font-size="8.5pt"/></style:style>'
    )


def _own_styles(paper: Paper) -> Iterator[str]:
    side = paper.dress.side
    form = "i" if paper.furniture.roman else "1"
    yield (
        f'<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{_WIDE}pt" '
        f'fo:page-height="841.9pt" style:num-format="{form}" fo:margin-top="30pt" fo:margin-bottom="30pt" '
        f'fo:margin-left="{side}pt" fo:margin-right="{side}pt"/><style:header-style><style:header-footer-properties '
        'fo:min-height="20pt" fo:margin-bottom="16pt"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="20pt" fo:margin-top="16pt"/></style:footer-style>'
        "</style:page-layout>"
    )
    yield (
        '<style:style style:name="Columns" style:family="section"><style:section-properties '
        'text:dont-balance-text-columns="true"><style:columns fo:column-count="2" fo:column-gap="20pt"/>'
        "</style:section-properties></style:style>"
    )
    line = "0.5pt solid #000000"
    borders = {
        "Full": f'fo:border="{line}"',
        "Below": f'fo:border="none" fo:border-bottom="{line}"',
        "Both": f'fo:border="none" fo:border-bottom="{line}" fo:border-top="{line}"',
        "None": 'fo:border="none"',
    }
    at = "top" if paper.dress.note_level == "first" or not paper.dress.margin else "bottom"
    for name, border in borders.items():
        yield (
            f'<style:style style:name="Cell{name}" style:family="table-cell"><style:table-cell-properties {border} '
            f'fo:padding="3pt" style:vertical-align="{at}"/></style:style>'
        )
    wide = _WIDE - 2 * side
    for index, widths in enumerate(_iter_widths(paper)):
        yield _table_style(index, [share * wide for share in widths])


def _iter_widths(paper: Paper) -> Iterator[tuple[float, ...]]:
    """Give the shares of the columns of each table, the Action column's first."""
    share = _NOTE / (_WIDE - 2 * paper.dress.side)
    yield (1 - share, share)
    yield from (part.widths for part in paper.parts if isinstance(part, Board))


def _table_style(index: int, widths: list[float]) -> str:
    table = (
        f'<style:style style:name="T{index}" style:family="table"><style:table-properties '
        f'style:width="{sum(widths)}pt" table:align="left" fo:margin-top="4pt" fo:margin-bottom="9pt"/></style:style>'
    )
    return table + "".join(
        f'<style:style style:name="T{index}.{column}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}pt"/></style:style>'
        for column, width in enumerate(widths)
    )


def _masters(paper: Paper) -> str:
    furniture = paper.furniture
    parts = ""
    for name, rows in (("header", furniture.head), ("footer", furniture.foot)):
        if not rows:
            continue
        parts += f"<style:{name}>{''.join(map(_furnish, rows))}</style:{name}>"
        if furniture.mirrored:
            swapped = "".join(_furnish(row[::-1]) for row in rows)
            parts += f"<style:{name}-left>{swapped}</style:{name}-left>"
        if not furniture.opens:
            parts += f"<style:{name}-first>{_p('Furniture', '')}</style:{name}-first>"
    return f'<style:master-page style:name="Standard" style:page-layout-name="Page">{parts}</style:master-page>'


def _furnish(row: Row) -> str:
    words = "<text:tab/>".join(escape(part) for part in row)
    words = words.replace("{pages}", "<text:page-count/>")
    return _p("Furniture", words.replace("{page}", '<text:page-number text:select-page="current"/>'))


def _flow(paper: Paper) -> Iterator[str]:
    boards = 0
    for part in paper.parts:
        if isinstance(part, Passage):
            yield _passage(part)
            continue
        boards += 1
        yield _board(part, boards, paper)


def _passage(part: Passage) -> str:
    words = escape(part.text)
    if part.role == "paragraph":
        return _p("Body", words)
    style = f"Clause{part.depth}" if part.role == "clause" else "Heading" if part.number else "Plain_20_heading"
    return _p(style, f"{escape(part.number)}<text:tab/>{words}" if part.number else words)


def _margin(paper: Paper) -> Iterator[str]:
    """Give the passages and their notes as one table."""
    dress = paper.dress
    border = "CellFull" if dress.margin == "grid" else "CellNone"
    rows = [
        _row([_passage(part), _p("Cell", escape(part.owners))], border)
        for part in paper.parts
        if isinstance(part, Passage)
    ]
    head = ""
    if dress.margin_header:
        head = _row([_p("Cell", ""), _p("CellHead", dress.margin_header)], border)
        head = f"<table:table-header-rows>{head}</table:table-header-rows>" if paper.number % 2 else head
    yield _table(0, 2, head + "".join(rows))


def _board(board: Board, index: int, paper: Paper) -> str:
    ruled = {"full": ("CellFull",) * 3, "none": ("CellNone",) * 3, "level": ("CellBoth", "CellBelow", "CellBelow")}
    first, middle, last = ruled[board.rules]
    if board.rules == "level" and paper.number % 2:
        middle = "CellNone"
    names = [("FigureHead" if at in board.figures else "CellHead") for at in range(len(board.header))]
    head = _row([_p(name, escape(cell)) for name, cell in zip(names, board.header, strict=True)], first)
    if board.repeats:
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    rows = "".join(
        _row(
            [_p("Figure" if at in board.figures else "Cell", escape(cell)) for at, cell in enumerate(cells)],
            last if cells is board.rows[-1] else middle,
        )
        for cells in board.rows
    )
    return _table(index, len(board.header), head + rows)


def _table(index: int, columns: int, rows: str) -> str:
    named = "".join(f'<table:table-column table:style-name="T{index}.{column}"/>' for column in range(columns))
    return f'<table:table table:style-name="T{index}" table:name="T{index}">{named}{rows}</table:table>'


def _row(cells: list[str], style: str) -> str:
    inner = "".join(f'<table:table-cell table:style-name="{style}">{cell}</table:table-cell>' for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"
