import { isList, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { About, AttackRelease } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine, readStatedDate } from '../reading/read-text.js'
import { nameCapability } from './identify-control.js'

/** Fields that apply to all rows of a control. The capability is absent if the control has neither a name nor an id. */
interface ControlHead {
  readonly capability?: { readonly id: string; readonly description: string }
  readonly attack: AttackRelease
  readonly about: About
}

/** Reads the fields above a control's techniques. By its documentation, the format is for Enterprise ATT&CK only. */
export function readHead(control: TreeObject, pointer: string, reader: FileReader): ControlHead {
  const line = (key: string): string | undefined => readField(control, key, pointer, '', reader)
  const date = (key: string): string | undefined => readStatedDate(line(key), `${pointer}/${key}`, reader)
  const name = line('name')
  const id = line('id') ?? (name === undefined ? undefined : nameCapability(name))
  const platform = control.platform
  if (platform !== undefined && platform !== null && typeof platform !== 'string') {
    const expected = 'AWS, Azure, GCP or M365'
    reader.report('parse/unknown-value', `${pointer}/platform`, { found: describeValue(platform), expected })
  }
  return {
    ...(id !== undefined && { capability: { id, description: name ?? id } }),
    attack: stated({ domain: 'enterprise' as const, version: release(control['ATT&CK version']) ?? line('ATT&CK version') }),
    about: stated({
      mappingVersion: typeof control.version === 'number' ? String(control.version) : line('version'),
      name: line('author'),
      contact: line('contact'),
      organization: line('organization'),
      created: date('creation date'),
      modified: date('last update'),
    }),
  }
}

/** The ATT&CK version, a number in this format: no reason for `parse/read-as-text`. 9 is release 9.0, as in CTID's unified files. */
function release(value: TreeValue | undefined): string | undefined {
  if (typeof value !== 'number') return undefined
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** A control's tags, each once, in document order: a list, or a string with commas. */
export function readTags(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly string[] {
  const items = isList(value) ? value : typeof value === 'string' ? value.split(',').map((tag) => tag.trim()) : [value]
  const tags = new Set<string>()
  for (const [index, item] of items.entries()) {
    const at = isList(value) ? `${pointer}/${index}` : pointer
    if (typeof item === 'object' && item !== null) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'a tag' })
    }
    const tag = readLine(item, 'tags', at, reader)
    if (tag !== undefined) tags.add(tag)
  }
  return [...tags]
}
