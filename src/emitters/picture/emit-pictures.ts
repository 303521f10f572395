import { coverDomains } from '../../coverage/cover-domains.js'
import type { Coverage, SetCoverage } from '../../coverage/coverage.js'
import { coverSet } from '../../coverage/cover-set.js'
import { labelSets } from '../../coverage/label-sets.js'
import { uniteCoverage } from '../../coverage/unite-coverage.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { buildPicture } from './build-picture.js'
import { createTextCleaner } from './clean-text.js'
import { createPainter } from './create-painter.js'
import type { Picture } from './picture.js'
import type { PictureOptions } from './picture-options.js'
import { describeSubject } from './picture-subject.js'
import { reportLosses } from './report-losses.js'

/** A file with a picture. */
export interface PictureArtifact extends Artifact {
  readonly value: Picture
}

/** What SVG and PNG differ in. */
export interface PictureFormat {
  readonly emitter: string
  /** As messages name it: "SVG picture". */
  readonly title: string
  readonly extension: string
  readonly draw: (picture: Picture) => Uint8Array
}

/** A picture of what sets cover together: one for each ATT&CK domain that they are of. */
export function emitPictures(
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
