import { buildMatrix } from '../../coverage/build-matrix.js'
import { countNoun } from '../../diagnostics/count-noun.js'
import { chooseLayout, type ChosenLayout } from './choose-layout.js'
import type { Painter } from './create-painter.js'
import { drawLegend } from './draw-legend.js'
import { drawMatrix } from './draw-matrix.js'
import { pageSizes } from './page-size.js'
import type { Picture } from './picture.js'
import type { PictureOptions } from './picture-options.js'
import type { PictureSubject } from './picture-subject.js'
import { placeText } from './place-text.js'

const ink = '#1a1a1a'
const faded = '#4d4d4d'

/** A picture, and what it has no room for. */
export interface BuiltPicture extends Pick<ChosenLayout, 'hidden' | 'shortened'> {
  readonly picture: Picture
}

/** Puts a page together: title, facts, legend, the matrix as large as it fits, and at the foot what is not shown. */
export function buildPicture(subject: PictureSubject, painter: Painter, options: PictureOptions): BuiltPicture {
  const page = pageSizes[options['picture-size']]
  const { base } = page
  const margin = base * 1.6
  const room = page.width - 2 * margin
  const title = placeText(subject.title, { x: margin, y: margin, size: base * 1.75, weight: 'bold', color: ink, room })
  const facts = placeText(subject.facts.join(' · '), { x: margin, y: title.end, size: base, color: faded, room, mostLines: 2 })
  const legend = drawLegend(painter.legend, page, margin, facts.end + base * 0.35)
  const footTop = page.height - margin - base
  const area = { x: margin, y: legend.end + base * 0.7, width: room, height: footTop - base * 0.5 - legend.end - base * 0.7 }

  const { layout, choice, hidden, shortened } = chooseLayout(buildMatrix(subject.coverage), painter, area, page, options)
  const hasSubTechniques = subject.coverage.techniques.some(({ isSubTechnique, state }) => isSubTechnique && state === 'mapped')
  const notes = [
    ...(hidden.techniques > 0 ? [`no room for ${countNoun(hidden.techniques, 'technique')}`] : []),
    ...(hidden.subTechniques > 0 ? [`no room for ${countNoun(hidden.subTechniques, 'sub-technique')}`] : []),
    ...(choice.subTechniques === 'none' && hasSubTechniques ? ['+n: so many of its sub-techniques are mapped'] : []),
    ...(options['picture-techniques'] === 'mapped' ? ['only mapped techniques are shown'] : []),
    ...(shortened > 0 ? [`${countNoun(shortened, 'name')} shortened`] : []),
    ...subject.notes,
  ]
  const foot = placeText(notes.join(' · '), { x: margin, y: footTop, size: base * 0.8, color: faded, room })
  return {
    hidden,
    shortened,
    picture: {
      size: page.name,
      width: page.width, height: page.height, printedWidth: page.printedWidth, printedHeight: page.printedHeight,
      title: `${subject.title}: ${subject.facts[0] ?? ''}`,
      description: [...subject.facts, ...notes].join('. '),
      texts: [...title.texts, ...facts.texts, ...foot.texts],
      cells: [...legend.cells, ...drawMatrix(layout, area)],
    },
  }
}
