import { fieldOf, textOf, type TreeObject } from '../tree-fields.js'
import { tlpMarkingIds } from './tlp-markings.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

/** What a marking definition says (STIX 2.1, section 7.2.1): a statement, one of the four TLP markings, or an extension. */
export function checkMarking(object: TreeObject, site: Site): void {
  const type = fieldOf(object, 'definition_type')
  const hasExtensions = fieldOf(object, 'extensions') !== undefined
  for (const name of ['definition_type', 'definition']) {
    if (!hasExtensions && fieldOf(object, name) === undefined) site.tell({
      code: 'verify/schema', message: `${name} is missing, and there are no extensions`,
    })
  }
  if (type === 'statement' && textOf(fieldOf(object, 'definition'), 'statement') === undefined) {
    site.tell({ code: 'verify/schema', message: 'definition.statement is missing', steps: ['definition'] })
  }
  if (type === 'tlp') checkTlp(object, site)
}

/** The specification defines the objects of TLP 1 to the letter: with another id, one level is two markings. */
function checkTlp(object: TreeObject, site: Site): void {
  const level = textOf(fieldOf(object, 'definition'), 'tlp')
  const id = level === undefined ? undefined : tlpMarkingIds.get(level)
  if (id === undefined) {
    site.tell({
      code: 'verify/schema', message: 'definition.tlp is no level of TLP 1', found: showValue(level ?? null),
      steps: ['definition'],
      expected: [...tlpMarkingIds.keys()].join(', '),
    })
    return
  }
  if (textOf(object, 'id') !== id) {
    site.tell({
      code: 'verify/schema', message: 'id is not that of this level of TLP', found: showValue(textOf(object, 'id') ?? null),
      expected: id, steps: ['id'],
    })
  }
  if (site.version === '2.0') return
  const asDefined = { created: '2017-01-20T00:00:00.000Z', name: `TLP:${level?.toUpperCase() ?? ''}` }
  for (const [name, expected] of Object.entries(asDefined)) {
    const found = textOf(object, name)
    if (found !== expected) {
      site.tell({
        code: 'verify/doubtful', message: `${name} is not as the specification defines this marking`,
        found: showValue(found ?? null), expected,
      })
    }
  }
  const known = new Set(['type', 'id', 'spec_version', 'created', 'name', 'definition', 'definition_type'])
  if (Object.keys(object).some((name) => !known.has(name))) {
    site.tell({ code: 'verify/doubtful', message: 'a TLP marking has more properties than the specification gives it' })
  }
}
