import { crosswalkIdentity } from '../emitters/stix/identities.js'
import { extensionDefinition } from '../emitters/stix/extension-definition.js'
import { checkOfficialIds } from './check-official-ids.js'
import { checkRows } from './check-rows.js'
import { checkStixObject } from './check-stix-object.js'
import { checkStixReferences } from './check-stix-references.js'
import { reportSchemaError } from './report-schema-error.js'
import { fieldOf, itemsOf, textOf } from './tree-fields.js'
import { treeOf } from './tree-of.js'
import type { Validator } from './validator.js'

const ownIds: ReadonlySet<string> = new Set([extensionDefinition.id, crosswalkIdentity.id])

/**
 * STIX bundles (STIX 2.1, section 8; 2.0 bundles are tolerated). One that holds our extension definition or our identity
 * has to satisfy our own, narrower schema, and its rows are compared with ATT&CK; any other only what the specification requires of every object.
 */
export const stixBundleValidator: Validator = {
  id: 'stix-bundle',
  title: 'STIX bundle',
  recognises: (document) => {
    const value = treeOf(document)?.value
    return textOf(value, 'type') === 'bundle' || (textOf(value, 'id') ?? '').startsWith('bundle--')
  },
  async validate(document, context) {
    const bundle = treeOf(document)?.value
    const objects = itemsOf(bundle, 'objects')
    const own = objects.some((object) => ownIds.has(textOf(object, 'id') ?? ''))
    if (own) await reportSchemaError('stix-bundle', bundle, context)
    if (textOf(bundle, 'type') !== 'bundle') {
      context.reportAt('/type', 'verify/schema', { message: 'The type of a bundle is "bundle"' })
    }
    if (!/^bundle--[0-9a-f-]{36}$/i.test(textOf(bundle, 'id') ?? '')) {
      context.reportAt('/id', 'verify/schema', { message: 'The id of a bundle is "bundle--" and a UUID' })
    }
    if (!Array.isArray(fieldOf(bundle, 'objects'))) {
      context.reportAt('', 'verify/schema', { message: 'A bundle has a list of objects' })
    } else if (objects.length === 0) {
      context.reportAt('/objects', 'verify/doubtful', { message: 'The bundle holds no objects' })
    }

    const specVersion = textOf(bundle, 'spec_version') ?? '2.1'
    for (const [index, object] of objects.entries()) checkStixObject(object, `/objects/${index}`, specVersion, context)
    checkStixReferences(objects, own, context)
    checkOfficialIds(objects, context)
    if (own) await checkRows(document.file, context)
    return countTypes(objects.map((object) => textOf(object, 'type') ?? 'unknown'))
  },
}

function countTypes(types: readonly string[]): Record<string, number> {
  const relationships = types.filter((type) => type === 'relationship').length
  return { objects: types.length, relationships }
}
