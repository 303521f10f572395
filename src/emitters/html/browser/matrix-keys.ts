/**
 * Makes the cells of the matrices one tab stop, as in a grid: arrows go to the next cell, Home and End to the first and last one of a tactic,
 * with Ctrl to the first and last tactic; Enter opens the technique (a click on its button), Space unfolds its sub-techniques.
 */
export function moveByKeys(board: HTMLElement, unfold: (cell: Element) => void): void {
  const cells = [...board.querySelectorAll<HTMLElement>('.cell')]
  let stop = cells[0]
  for (const cell of cells) cell.tabIndex = -1
  rest(stop)
  board.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.classList.contains('cell')) rest(target)
  })
  board.addEventListener('keydown', (event) => {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.cell') : null
    if (!cell || event.altKey || event.metaKey) {
      // The scroll area, reached by Tab while the stop is hidden by a filter.
      if (event.target === board.querySelector('.board') && event.key === 'ArrowDown') listVisible(board)[0]?.focus()
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      unfold(cell)
      return
    }
    const next = findNext(cell, event.key, event.ctrlKey)
    if (!next) return
    event.preventDefault()
    next.focus()
  })
  // Space would also click the button when it is released.
  board.addEventListener('keyup', (event) => {
    if (event.key === ' ' && event.target instanceof Element && event.target.closest('.cell')) event.preventDefault()
  })
  /** A filter may hide the stop: then the first visible cell is the stop. */
  board.addEventListener('focusin', () => {
    if (stop && !isVisible(stop)) rest(listVisible(board)[0])
  })

  function rest(cell: HTMLElement | undefined): void {
    if (stop) stop.tabIndex = -1
    stop = cell
    if (cell) cell.tabIndex = 0
  }
}

/** The cell that a key leads to; undefined for other keys and at the edges. */
function findNext(cell: HTMLElement, key: string, toEdge: boolean): HTMLElement | undefined {
  const column = cell.closest('.tactic')
  const matrix = cell.closest('.matrix')
  if (!column || !matrix) return undefined
  const own = listVisible(column)
  const place = own.indexOf(cell)
  const columns = [...matrix.querySelectorAll('.tactic')].filter((other) => listVisible(other).length > 0)
  const at = columns.indexOf(column)
  const beside = (other: Element | undefined): HTMLElement | undefined => (other && other !== column ? nearest(cell, listVisible(other)) : undefined)
  switch (key) {
    case 'ArrowDown': return own[place + 1]
    case 'ArrowUp': return own[place - 1]
    case 'ArrowRight': return beside(columns[at + 1])
    case 'ArrowLeft': return beside(columns[at - 1])
    case 'Home': return toEdge ? listVisible(columns[0] ?? column)[0] : own[0]
    case 'End': return toEdge ? listVisible(columns.at(-1) ?? column).at(-1) : own.at(-1)
    default: return undefined
  }
}

/** The cell at the same height, or the closest to it. */
function nearest(cell: HTMLElement, others: readonly HTMLElement[]): HTMLElement | undefined {
  const { top } = cell.getBoundingClientRect()
  let [best, least] = [others[0], Number.POSITIVE_INFINITY]
  for (const other of others) {
    const distance = Math.abs(other.getBoundingClientRect().top - top)
    if (distance < least) [best, least] = [other, distance]
  }
  return best
}

function listVisible(area: Element): readonly HTMLElement[] {
  return [...area.querySelectorAll<HTMLElement>('.cell')].filter(isVisible)
}

function isVisible(cell: HTMLElement): boolean {
  return cell.getClientRects().length > 0
}
