import { describeFramework } from '../../frameworks/describe-framework.js'
import type { About, AttackRelease, FrameworkRelease, Relation } from '../../model/mapping-set.js'
import { readDate } from '../../model/read-date.js'
import { stated } from '../../model/stated.js'
import type { LayerHead } from './layer-head.js'

/** What the metadata of one of our layers says; src/emitters/navigator/describe-layer.ts writes it. */
export interface OwnFacts {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  /** The mapping types by name: a layer does not tell their ids. */
  readonly relations: readonly Relation[]
  /** The mapping type of every row, where all have the same. */
  readonly onlyRelation?: string
  readonly rowsShown: number
  readonly rowsInAll: number
  /** Counts of what the layer says that it left out. */
  readonly leftOut: readonly string[]
}

const maker = 'attack-crosswalk '

/** Whether Crosswalk made a layer. */
export function isOwnLayer({ metadata }: LayerHead): boolean {
  const isMadeByUs = metadata.some(([name, value]) => name === 'Made by' && value.startsWith(maker))
  return isMadeByUs && metadata.some(([name]) => name === 'Framework')
}

/** Reads the metadata of a layer of ours. */
export function readOwnFacts({ metadata, domain, attackVersion }: LayerHead): OwnFacts {
  const facts = new Map(metadata.toReversed())
  const text = (name: string): string | undefined => facts.get(name) || undefined
  const [, frameworkName, frameworkId] = /^(.{1,400}) \(([^()]{1,100})\)$/s.exec(text('Framework') ?? '') ?? []
  const framework = describeFramework(frameworkId ?? text('Framework') ?? '')
  const [, shown = '0', all = '0'] = /^(\d{1,9}) of (\d{1,9})$/.exec(text('Rows shown') ?? '') ?? []
  const shownVersion = text('ATT&CK')
  const types = listTypes(text('Mapping types') ?? '')
  const [only] = types.length === 1 ? types : []
  const date = (name: string): string | undefined => readDate(text(name) ?? '')
  return {
    framework: {
      id: frameworkId ?? framework.id,
      name: frameworkName ?? framework.name,
      ...stated({ version: text('Framework version') }),
    },
    attack: stated({ domain, version: shownVersion === undefined ? attackVersion : readAttackVersion(shownVersion) }),
    about: stated({
      mappingVersion: text('Mapping version'),
      name: text('Author'),
      organization: text('Organization'),
      contact: text('Contact'),
      created: date('Created'),
      modified: date('Modified'),
      versionSchema: text('Version schema'),
    }),
    relations: types.map(({ name }) => ({ id: name, name })),
    ...(only?.rows === Number(shown) && { onlyRelation: only.name }),
    rowsShown: Number(shown),
    rowsInAll: Number(all),
    leftOut: ['Metadata entries not shown', 'Links not shown', 'Comments cut or not shown']
      .flatMap((name) => (facts.has(name) ? [`${name.toLowerCase()}: ${facts.get(name) ?? ''}`] : [])),
  }
}

/** "Enterprise 16.1"; "Enterprise 16.1 (the documents state 16)": what the documents state counts, or nothing. */
function readAttackVersion(text: string): string | undefined {
  const [, shown, note] = /^\w{1,20} (\S{1,40})(?: \((.{1,100})\))?$/.exec(text) ?? []
  if (note === undefined) return shown
  return /^the documents state (.{1,60})$/.exec(note)?.[1]
}

/** "Win 11, BitLocker (10), Win 11, PDE (6)": names may hold commas, counts end them. */
function listTypes(text: string): readonly { readonly name: string; readonly rows: number }[] {
  const entries = text.matchAll(/(?:^|, )(.{1,200}?) \((\d{1,9})\)(?=, |$)/gs)
  return Array.from(entries, ([, name = '', rows]) => ({ name, rows: Number(rows) }))
}
