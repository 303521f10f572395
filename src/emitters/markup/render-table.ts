/** A column of a table: its title, which is ours, and what its cells hold, as Markdown. */
export interface TableColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Numbers stand to the right. */
  readonly number?: true
  /** Left out where all its cells are blank. */
  readonly optional?: true
}

/** A table as GFM has it (section 4.10); no lines where there are no rows. */
export function renderTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return []
  const cells = columns.map(({ cell }) => rows.map(cell))
  const kept = columns.flatMap((column, index) => {
    const own = cells[index] ?? []
    return column.optional === true && own.every((text) => text === '') ? [] : [{ ...column, own }]
  })
  return [
    renderLine(kept.map(({ title }) => title)),
    renderLine(kept.map(({ number }) => (number === true ? '---:' : '---'))),
    ...rows.map((_row, index) => renderLine(kept.map(({ own }) => own[index] ?? ''))),
    '',
  ]
}

function renderLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
