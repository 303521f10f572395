import { findMentions } from './find-mentions.js'
import { readLeadingTerm, readWholeTerm } from './leading-term.js'
import type { NoteItem } from './note-block.js'
import type { TechniqueNames } from './technique-names.js'

/** What the items of lists call capabilities. */
export interface ItemTerms {
  /** The leading term of an item or else of the nearest item that it is nested in, which may be a term as a whole. */
  termOf(item: NoteItem): string | undefined
}

/** Creates the terms of a document's items. Each item is looked at once. */
export function createItemTerms(names: TechniqueNames): ItemTerms {
  const inherited = new Map<NoteItem, string | undefined>()
  return { termOf: (item) => leadingTerm(item) ?? (item.parent && inherit(item.parent)) }

  /** What an item says to those nested in it. No recursion: lists may be nested as deep as they like. */
  function inherit(from: NoteItem): string | undefined {
    const chain: NoteItem[] = []
    let term: string | undefined
    for (let item: NoteItem | undefined = from; item; item = item.parent) {
      if (inherited.has(item)) {
        term = inherited.get(item)
        break
      }
      chain.push(item)
    }
    for (const item of chain.toReversed()) {
      term = leadingTerm(item) ?? readWholeTerm(item.span.text) ?? term
      inherited.set(item, term)
    }
    return term
  }

  /** A technique's name before its id ("PowerShell: T1059.001") is no capability. */
  function leadingTerm({ span }: NoteItem): string | undefined {
    const term = readLeadingTerm(span.text)
    return term === undefined || isTechniqueName(term, span.text, names) ? undefined : term
  }
}

/** Whether a term is the name of a technique whose id stands near the beginning of the text. */
export function isTechniqueName(term: string, text: string, names: TechniqueNames): boolean {
  return findMentions(text.slice(0, 1000)).ids.some(({ kind, id }) => kind === 'technique' && names.isNameOf(id, term))
}
