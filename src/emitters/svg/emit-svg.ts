import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { emitPictures, type PictureArtifact } from '../picture/emit-pictures.js'
import type { PictureOptions } from '../picture/picture-options.js'
import { renderSvg } from '../picture/render-svg.js'

/** What sets cover together as SVG, a picture for each domain. */
export function emitSvg(sets: readonly ResolvedSet[], context: EmitContext, options: PictureOptions): readonly PictureArtifact[] {
  return emitPictures(sets, context, options, {
    emitter: 'svg', title: 'SVG picture', extension: '.svg', draw: (picture) => new TextEncoder().encode(renderSvg(picture)),
  })
}
