import { bench, describe } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { type Emitter, resolveOptionValues } from '../../src/emitters/emitter.js'
import { emitters } from '../../src/emitters/registry.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { sampleSet } from '../support/sample-sets.js'
import { sharedFolder } from '../support/shared.js'

const attack = await loadAttackIndex()
const files = sharedFolder === undefined
  ? []
  : ['aws-12.12.2024_attack-16.1-enterprise.json', 'nist_800_53-rev5_attack-14.1-enterprise.json']
const real = await Promise.all(files.map(async (file) => ({ name: file, sets: await readSharedSets(file, attack) })))

/** Where the real documents are not, a set of five rows alone is measured. */
describe.each([{ name: 'five rows', sets: [sampleSet()] }, ...real])('$name', ({ sets }) => {
  for (const emitter of emitters as readonly Emitter[]) {
    bench(`${emitter.id}: emit, verify, render`, async () => {
      for (const set of sets) {
        for (const artifact of await emitter.emit([set], emitContext(attack), resolveOptionValues(emitter.options, {}))) {
          const errors = await schemaErrors(artifact.schema, artifact.value)
          if (errors.length > 0) throw new Error(`${artifact.name} is not valid`)
          await artifact.render()
        }
      }
    }, { time: 300 })
  }
})
