import type { Mapping } from '../../model/mapping.js'
import type { MispTexts } from './misp-text.js'

const longestValue = 100
const reserved: ReadonlySet<string> = new Set(['score', 'mapping-type', 'status'])

/**
 * The tags of a row's relation, as machine tags: `crosswalk:protect="partial"`, `crosswalk:mapping-type="technique_scores"`. Category and
 * value stand in one tag, for MISP mixes the tags of relations between the same two clusters.
 */
export function tagRow({ relation, score, status }: Mapping, texts: MispTexts): readonly string[] {
  return [
    ...(score?.value === undefined && score?.category === undefined ? [] : [tagScore(score, texts)]),
    ...(relation === undefined ? [] : [tag('mapping-type', relation, texts)]),
    ...(status === undefined || status === 'complete' ? [] : [tag('status', status, texts)]),
  ].filter((one) => one !== undefined)
}

function tagScore({ category, value }: NonNullable<Mapping['score']>, texts: MispTexts): string | undefined {
  const predicate = category?.toLowerCase()
  if (predicate !== undefined && value !== undefined && /^[a-z][a-z0-9_-]{0,29}$/.test(predicate) && !reserved.has(predicate)) {
    return tag(predicate, value, texts)
  }
  return tag('score', [category, value].filter((part) => part !== undefined).join(' '), texts)
}

function tag(predicate: string, value: string, texts: MispTexts): string | undefined {
  const text = texts.quoted(value, longestValue)
  return text === '' ? undefined : `crosswalk:${predicate}="${text}"`
}
