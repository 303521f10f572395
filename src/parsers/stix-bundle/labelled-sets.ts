import { readReleaseDomain, readReleaseVersion } from '../../attack/bundle/read-attack-bundle.js'
import { sortObjects } from '../../attack/bundle/stix-object.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { About, AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import { readDate, stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { type BundleEntry, type BundleIndex, labelsOf, textOf, textsOf } from './bundle-index.js'
import { splitRelease } from './read-capability.js'

/** A set as its grouping tells it by name, labels and dates alone: our profile `opencti` leaves the rest out. */
export interface LabelledSet {
  readonly title: string
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
}

/** The sets whose groupings carry no extension, by the ids of the objects that they hold. */
export function readGroupings(bundle: BundleIndex, claimed: ReadonlySet<string>): ReadonlyMap<string, readonly LabelledSet[]> {
  const owners = new Map<string, LabelledSet[]>()
  for (const entry of bundle.values()) {
    const set = entry.type === 'grouping' ? readGrouping(entry, bundle) : undefined
    for (const id of set ? textsOf(entry.value, 'object_refs') : []) {
      if (claimed.has(id) || !set) continue
      const known = owners.get(id)
      if (known) known.push(set)
      else owners.set(id, [set])
    }
  }
  return owners
}

function readGrouping({ value }: BundleEntry, bundle: BundleIndex): LabelledSet | undefined {
  const [id] = labelsOf(value, 'framework:')
  if (id === undefined) return undefined
  const [domain = ''] = labelsOf(value, 'attack-domain:')
  const title = textOf(value, 'name') ?? ''
  const [, release = '', version] = /^(.{1,200}) to ATT&CK(?: (\S{1,40}))? \(\w{1,20}\)(?:, set \d{1,6})?$/.exec(title) ?? []
  const { name, version: frameworkVersion } = splitRelease(release, id)
  const framework = { id, name: name === '' ? describeFramework(id).name : name, ...stated({ version: frameworkVersion }) }
  return { title, framework, attack: stated({ domain: readDomain(domain), version }), about: readAbout(value, bundle) }
}

function readAbout(value: BundleEntry['value'], bundle: BundleIndex): About {
  const created = dayOf(textOf(value, 'created'))
  const modified = dayOf(textOf(value, 'modified'))
  const author = bundle.get(textOf(value, 'created_by_ref') ?? '')?.value
  const name = author && textOf(author, 'name')
  const isOrganization = author?.identity_class === 'organization'
  return stated({
    created,
    modified,
    name: isOrganization ? undefined : name,
    // Crosswalk stands there where no author was stated.
    organization: isOrganization && name !== 'Crosswalk' ? name : undefined,
    contact: author && textOf(author, 'contact_information'),
  })
}

/** What a bundle of ATT&CK's own says of itself. */
interface BundleRelease {
  readonly attack: AttackRelease
  readonly about: About
}

/** Reads the release of ATT&CK from its collection or matrix; nothing where the bundle has neither, and so is not MITRE's. */
export function readBundleRelease(bundle: BundleIndex): BundleRelease {
  const objects = sortObjects(Array.from(bundle.values(), ({ value }) => value))
  if (objects.collections.length === 0 && objects.matrices.length === 0) return { attack: {}, about: {} }
  const collection = Array.from(bundle.values()).find(({ type }) => type === 'x-mitre-collection')
  const author = collection && bundle.get(textOf(collection.value, 'created_by_ref') ?? '')
  return {
    attack: stated({ domain: readReleaseDomain(objects, {}), version: readReleaseVersion(objects, {}) }),
    about: stated({
      created: collection && dayOf(textOf(collection.value, 'created')),
      modified: collection && dayOf(textOf(collection.value, 'modified')),
      organization: author && textOf(author.value, 'name'),
    }),
  }
}

/** Stands for "not stated" in the bundles that we write. */
const NO_DATE = '2000-01-01'

/** The day of a timestamp. */
function dayOf(timestamp: string | undefined): string | undefined {
  const day = timestamp === undefined ? undefined : readDate(timestamp)
  return day === NO_DATE ? undefined : day
}
