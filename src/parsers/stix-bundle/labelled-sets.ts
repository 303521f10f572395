import { readReleaseDomain, readReleaseVersion } from '../../attack/bundle/read-attack-bundle.js'
import { sortObjects } from '../../attack/bundle/stix-object.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { About, AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import { readDate, stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { type BundleEntry, type BundleIndex, labelsOf, textOf, textsOf } from './bundle-index.js'
import { splitRelease } from './read-capability.js'

/** A mapping set as its grouping describes it in name, labels and dates: Crosswalk's profile `opencti` omits the extension. */
export interface LabelledSet {
  readonly title: string
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
}

/** The sets whose groupings have no extension, by the ids in their `object_refs`. */
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
    // Crosswalk names itself if no author is stated.
    organization: isOrganization && name !== 'Crosswalk' ? name : undefined,
    contact: author && textOf(author, 'contact_information'),
  })
}

/** Release, dates and author of an ATT&CK bundle. */
interface BundleRelease {
  readonly attack: AttackRelease
  readonly about: About
}

/** Reads the ATT&CK release from a bundle's collection or matrix. Empty if it has neither: then it is not an ATT&CK bundle. */
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

/** Means "not stated" in Crosswalk's bundles. */
const NO_DATE = '2000-01-01'

/** The date of a timestamp; undefined if there is none or it means "not stated". */
function dayOf(timestamp: string | undefined): string | undefined {
  const day = timestamp === undefined ? undefined : readDate(timestamp)
  return day === NO_DATE ? undefined : day
}
