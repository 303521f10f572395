import { frameworks } from '../../frameworks/frameworks.js'

/** The mapping types of every known framework, by their words in lower case. */
const names = new Set(frameworks.flatMap((framework) => framework.relations.map((relation) => relation.toLowerCase())))

const mostWords = Math.max(...Array.from(names, (name) => name.split(' ').length))

/** How many of the last words are a known mapping type, the longest winning; 0 where they are none. */
export function countRelationWords(words: readonly string[]): number {
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    if (names.has(words.slice(-count).join(' ').toLowerCase())) return count
  }
  return 0
}
