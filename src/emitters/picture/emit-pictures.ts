import { coverSet, labelSets } from '../../coverage/cover-set.js'
import type { Coverage, SetCoverage } from '../../coverage/coverage.js'
import { coverDomains, uniteCoverage } from '../../coverage/unite-coverage.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { buildPicture, type BuiltPicture, describeSubject } from './build-picture.js'
import { createPainter, createTextCleaner } from './create-painter.js'
import type { PictureOptions } from './picture-options.js'
import { type Picture, renderSvg } from './picture.js'
import type { PngOptions } from './pictures.js'

/** SVG pictures of the coverage of sets together, one for each domain. */
export function emitSvg(sets: readonly ResolvedSet[], context: EmitContext, options: PictureOptions): readonly PictureArtifact[] {
  return emitPictures(sets, context, options, {
    emitter: 'svg', title: 'SVG picture', extension: '.svg', draw: (picture) => new TextEncoder().encode(renderSvg(picture)),
  })
}

const [narrowest, widest] = [320, 8192]

/** PNG pictures, as `emitSvg`; none, and `emit/no-rasteriser` is reported, if the host cannot draw them. */
export async function emitPng(
  sets: readonly ResolvedSet[], context: EmitContext, options: PngOptions,
): Promise<readonly PictureArtifact[]> {
  const rasterise = await context.openRasteriser?.()
  if (!rasterise) {
    context.report('emit/no-rasteriser', { subject: context.baseName })
    return []
  }
  const requested = options['png-width']
  const width = Number.isNaN(requested) ? narrowest : Math.round(Math.min(widest, Math.max(narrowest, requested)))
  return emitPictures(sets, context, options, {
    emitter: 'png', title: 'PNG picture', extension: '.png', draw: (picture) => rasterise(renderSvg(picture), width),
  })
}

/** A file with a picture. */
interface PictureArtifact extends Artifact {
  readonly value: Picture
}

/** The differences between SVG and PNG. */
interface PictureFormat {
  readonly emitter: string
  /** As messages name it: "SVG picture". */
  readonly title: string
  readonly extension: string
  readonly draw: (picture: Picture) => Uint8Array
}

/** One picture for each ATT&CK domain of the sets, of their coverage together. */
function emitPictures(
  sets: readonly ResolvedSet[], context: EmitContext, options: PictureOptions, format: PictureFormat,
): readonly PictureArtifact[] {
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, context.attack))
  const scopes = coverDomains({ sets: covered, unions: uniteCoverage(covered) })
  return scopes.map((scope) => {
    const name = `${context.baseName}${scopes.length > 1 ? `-${scope.domain}` : ''}${format.extension}`
    return createArtifact(name, 'of' in scope ? scope.of : [scope], scope, context, options, format)
  })
}

function createArtifact(
  name: string, of: readonly SetCoverage[], coverage: Coverage & Pick<SetCoverage, 'release'>,
  context: EmitContext, options: PictureOptions, format: PictureFormat,
): PictureArtifact {
  const cleaner = createTextCleaner()
  const rows = of.flatMap(({ countedRows }) => countedRows)
  const painter = createPainter(coverage, rows, options, cleaner)
  const built = buildPicture(describeSubject(of, coverage, context, cleaner), painter, options)
  reportLosses({ title: format.title, of, built, changed: cleaner.changed(), options, score: painter.score }, context)
  const { picture } = built
  const cells = picture.cells.filter(({ kind }) => kind === 'technique' || kind === 'sub-technique')
  return {
    name,
    emitter: format.emitter,
    schema: 'matrix-picture',
    value: picture,
    counts: {
      rows: rows.length,
      techniques: new Set(cells.map(({ id }) => id)).size,
      cells: cells.length,
    },
    render: () => format.draw(picture),
  }
}

/** The outcome of drawing sets, from which losses are reported. */
interface PictureOutcome {
  /** As messages name it: "SVG picture". */
  readonly title: string
  readonly of: readonly SetCoverage[]
  readonly built: BuiltPicture
  /** The number of texts that were changed. */
  readonly changed: number
  readonly options: PictureOptions
  readonly score: PictureOptions['matrix-score']
}

/** Reports each kind of loss of a picture once. */
function reportLosses(outcome: PictureOutcome, { report, baseName }: EmitContext): void {
  const { title, of, built, changed, options, score } = outcome
  const lose = (count: number, message: string): void => {
    if (count > 0) report('emit/not-representable', { message: `${title}: ${message}`, count, subject: baseName })
  }
  const counted = of.reduce((sum, { countedRows }) => sum + countedRows.length, 0)
  const outside = of.flatMap((one) => one.outside)
  const outsideIds = new Set(outside.map(({ id }) => id))
  const mappings = of.flatMap(({ set }) => set.mappings)
  const isInside = (id: string): boolean => !outsideIds.has(id)

  lose(counted, `of ${countNoun(counted, 'row')}, only the number of capabilities or the best score of each technique is shown`)
  lose(outside.reduce((sum, { rows }) => sum + rows, 0),
    'rows of techniques that are unknown, revoked or deprecated in the ATT&CK release are not shown')
  lose(mappings.filter(({ kind }) => kind === 'unmapped-capability').length, 'capabilities that map to nothing are not shown')
  lose(mappings.filter((row) => row.kind === 'unmapped-technique' && isInside(row.technique.id)).length,
    'rows without a capability are shown only as "Declared unmappable"')
  lose(mappings.filter((row) => row.kind === 'mapped' && row.status === 'non_mappable' && isInside(row.technique.id)).length,
    'pairs declared non-mappable are not shown')
  lose(built.hidden.techniques, 'techniques do not fit; a larger --picture-size shows more')
  lose(built.hidden.subTechniques,
    'sub-techniques do not fit and are only counted at their techniques; a larger --picture-size shows more')
  lose(built.shortened, 'names of techniques are shortened')
  if (score !== options['matrix-score'] && counted > 0) {
    report('emit/left-out', {
      message: `${title}: no row states a score value; cells show the number of capabilities, `
        + `not --matrix-score ${options['matrix-score']}`,
      subject: baseName,
    })
  }
  if (changed > 0) {
    report('emit/text-adjusted', {
      message: `${title}: characters that XML forbids were replaced by U+FFFD, or bidirectional control characters removed`,
      count: changed,
      subject: baseName,
    })
  }
}
