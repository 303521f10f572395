import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { emitPictures, type PictureArtifact } from '../picture/emit-pictures.js'
import { renderSvg } from '../picture/render-svg.js'
import type { PngOptions } from './png-options.js'

const [narrowest, widest] = [320, 8192]

/** What sets cover together as PNG, a picture for each domain; nothing, and reported, where there is no means to draw it. */
export async function emitPng(
  sets: readonly ResolvedSet[], context: EmitContext, options: PngOptions,
): Promise<readonly PictureArtifact[]> {
  const rasterise = await context.openRasteriser?.()
  if (!rasterise) {
    context.report('emit/no-rasteriser', { subject: context.baseName })
    return []
  }
  const asked = options['png-width']
  const width = Number.isNaN(asked) ? narrowest : Math.round(Math.min(widest, Math.max(narrowest, asked)))
  return emitPictures(sets, context, options, {
    emitter: 'png', title: 'PNG picture', extension: '.png', draw: (picture) => rasterise(renderSvg(picture), width),
  })
}
