import { crosswalkIdentity } from './identities.js'
import { epoch } from './set-dates.js'
import { stixId } from './stix-id.js'
import type { ExtensionDefinition } from './stix-object.js'

/**
 * The definition of our property extension (STIX 2.1, section 7.3). Its id goes with the major version of its schema: a
 * reader that knows the id can read the rows.
 */
export const extensionDefinition: ExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: stixId('extension-definition', 'mapping rows', '1'),
  created_by_ref: crosswalkIdentity.id,
  created: epoch,
  modified: epoch,
  name: 'Crosswalk mapping rows',
  description:
    'Carries mapping rows unchanged: on relationships and capabilities the rows that they stand for, '
    + 'on groupings the mapping set and the place of each of its rows.',
  schema: 'https://attack-crosswalk.example/schemas/stix-extension.schema.json',
  version: '1.0.0',
  extension_types: ['property-extension'],
}

/** The key of our extension in `extensions`. */
export const extensionKey = extensionDefinition.id
