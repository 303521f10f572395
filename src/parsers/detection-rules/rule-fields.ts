import { isList, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { stated } from '../../model/stated.js'
import { readField, readLine, readLines, readReferences } from '../reading/read-text.js'
import type { Rule, RuleSource } from './rule.js'

/** The fields of a rule's text, by what they are called in its dialect. */
interface FieldNames {
  readonly id: string
  readonly name: string
  /** Fields that become the comment of rows: "Level: high". */
  readonly facts?: readonly string[]
}

/** What a rule says of itself. Without an id, its name identifies it. */
export function readRuleText({ value, pointer, reader }: RuleSource, { id, name, facts = [] }: FieldNames): Omit<Rule, 'techniques'> {
  const title = readField(value, name, pointer, '', reader)
  const texts = facts.flatMap((field) => {
    const text = readField(value, field, pointer, '', reader)
    return text === undefined ? [] : [`${field[0]?.toUpperCase() ?? ''}${field.slice(1)}: ${text}`]
  })
  return {
    pointer,
    ...stated({
      id: readField(value, id, pointer, '', reader) ?? title,
      name: title,
      description: readLines(asText(value.description), 'description', `${pointer}/description`, reader),
      author: joinTexts(value, 'author', pointer, reader),
      comments: texts.length === 0 ? undefined : texts.join('\n'),
      references: readReferences(value.references, pointer, reader),
    }),
  }
}

function asText(value: TreeValue | undefined): TreeValue | undefined {
  return typeof value === 'object' ? undefined : value
}

/** A text, or the texts of a list with commas between them. */
function joinTexts(value: TreeObject, field: string, pointer: string, reader: RuleSource['reader']): string | undefined {
  const item = value[field]
  const items = isList(item) ? item : [asText(item)]
  const texts = items.flatMap((text) => readLine(text, field, pointer + pointerStep(field), reader) ?? [])
  return texts.length === 0 ? undefined : texts.join(', ')
}
