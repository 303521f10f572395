import type { EmitContext } from '../emitter.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { aboutFacts } from '../table/about-facts.js'
import type { CellTexts } from '../table/cell-text.js'
import { countFacts } from '../table/count-facts.js'
import { countSets } from '../table/set-counts.js'
import { setsTitle, setTitle } from '../table/set-title.js'
import { guideLines, type ShownSheets } from './guide-lines.js'
import { listLines } from './list-lines.js'
import { signOffLines } from './sign-off-lines.js'
import { verdictLines } from './verdict-lines.js'
import type { CellValue, LineKind, PageLine, PageSheet } from './workbook.js'

/** Lines of a page as they are written down: what the line is, then its cells. */
export type LineDraft = readonly [kind: LineKind, ...cells: readonly (string | number | undefined)[]]

/**
 * What an auditor asks first: which versions of what, how much, what colours and blanks mean, and where everything comes from.
 */
export function readMeSheet(
  sets: readonly ResolvedSet[], shown: ShownSheets, context: EmitContext, texts: CellTexts,
): PageSheet {
  const drafts: readonly LineDraft[] = [
    ['title', setsTitle(sets)],
    [
      'text',
      'Each row of the sheet Mappings says that a security capability bears on an ATT&CK technique, or that it maps to nothing.',
    ],
    ...sets.flatMap((set): readonly LineDraft[] => [
      ['blank'],
      ['heading', sets.length > 1 ? setTitle(set) : 'About'],
      ...aboutFacts(set, context, 'workbook').map(asLine),
    ]),
    ['blank'],
    ['heading', 'Counts'],
    ...countFacts(countSets(sets)).map(asLine),
    ...signOffLines,
    ...guideLines(shown, verdictLines(sets), context.supplement),
    ...sets.flatMap((set) => listLines(set, sets.length > 1)),
  ]
  return {
    layout: 'page',
    name: 'Read me',
    widths: [42, 72, 56, 10],
    lines: drafts.map(([kind, ...cells]): PageLine => ({ kind, cells: cells.map((cell) => cleanCell(cell, texts)) })),
  }
}

function cleanCell(cell: string | number | undefined, texts: CellTexts): CellValue {
  if (typeof cell === 'number') return cell
  return cell ? texts.clean(cell, 'Read me') : null
}

function asLine([label, value]: readonly [string, string | number]): LineDraft {
  return ['line', label, value]
}
