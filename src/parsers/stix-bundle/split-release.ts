import { describeFramework } from '../../frameworks/describe-framework.js'

/** A framework's name and version, as far as a text tells them apart. */
export interface NamedRelease {
  readonly name: string
  readonly version?: string
}

/** More words than a framework's name has; texts may be hostile. */
const MOST_WORDS = 30

/** "NIST 800-53 rev5" of the framework nist_800_53: the words that make its id are its name, the rest is the version. */
export function splitRelease(text: string, frameworkId: string): NamedRelease {
  const words = text.trim().split(/\s+/, MOST_WORDS)
  for (let count = words.length; count > 0; count -= 1) {
    const name = words.slice(0, count).join(' ')
    if (describeFramework(name).id !== frameworkId) continue
    const version = words.slice(count).join(' ')
    return version === '' ? { name } : { name, version }
  }
  return { name: text.trim() }
}

/** A source's name with a version behind it: "NIST 800-53 Revision 4" is NIST 800-53, rev4. */
export function splitSourceName(text: string): NamedRelease {
  const [, revised, revision] = /^(\S.{0,100}?) (?:revision|rev\.?) ?(\d{1,3})$/i.exec(text) ?? []
  if (revised !== undefined && revision !== undefined) return { name: revised, version: `rev${revision}` }
  const [, named, version] = /^(\S.{0,100}?) v(?:ersion )?(\d{1,3}(?:\.\d{1,3}){0,3})$/i.exec(text) ?? []
  return named === undefined || version === undefined ? { name: text } : { name: named, version }
}
