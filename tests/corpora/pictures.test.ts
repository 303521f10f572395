import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { pageSizes, pictureOptions } from '../../src/emitters/picture/picture-options.js'
import { emitSvg } from '../../src/emitters/picture/emit-pictures.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { findOverflows } from '../support/find-overflows.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { readSvg } from '../support/read-svg.js'
import { shared, sharedFolder } from '../support/shared.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
let attack: AttackIndex

beforeAll(async () => { attack = await loadAttackIndex() })

describe.skipIf(sharedFolder === undefined)('pictures of the real mapping files', () => {
  it.each(files)('%s, in every size', async (file) => {
    const sets = await readSharedSets(file, attack)
    for (const size of pictureOptions['picture-size'].values) {
      const context = emitContext(attack)
      const [artifact] = emitSvg(sets, context, {
        'picture-size': size, 'picture-techniques': 'all', 'picture-sub-techniques': 'annotated', 'matrix-score': 'count', 'palette': 'blue',
      })
      if (!artifact) throw new Error('No picture')
      const picture = artifact.value
      expect(await schemaErrors(artifact.schema, picture)).toEqual([])
      expect(findOverflows(picture)).toEqual([])
      const { texts, elements } = readSvg(new TextDecoder().decode(await artifact.render()))
      expect(elements.get('rect')).toBe(picture.cells.length + 1)
      expect(texts).toContain(picture.texts[0]?.text)
      expect(Math.min(...picture.cells.flatMap((cell) => cell.texts.map((text) => text.size)))).toBeGreaterThanOrEqual(pageSizes[size].smallest * 0.8)

      // Every technique that is mapped, itself or by a sub-technique, has a cell.
      const release = attack.release(sets[0]?.attack.domain ?? 'enterprise', sets[0]?.attack.version)
      const mapped = sets.flatMap(({ mappings }) => mappings.flatMap((row) => (row.kind === 'mapped' && row.status !== 'non_mappable' ? [row.technique.id] : [])))
        .filter((id) => release.technique(id)?.status === 'active').map((id) => id.split('.')[0])
      const shown = new Set(picture.cells.map(({ id }) => id))
      expect(mapped.filter((id) => !shown.has(id))).toEqual([])

      // What does not fit is reported.
      const said = context.log.entries.filter(({ message }) => message.includes('sub-techniques do not fit'))
      expect(said.length > 0).toBe(/no room for \d+ sub-technique/.test(picture.description))
    }
  })

})
