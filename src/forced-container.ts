import type { Parser } from './parsers/parser.js'
import { parsers } from './parsers/registry.js'

/**
 * The container that a document is taken for because the user names its parser: notes may begin with a tag or a brace, or have
 * a comma in every line. Holds for files whose names end as the parser's do, or in nothing that tells; elsewhere the content
 * decides.
 */
export function forcedContainer(name: string, from: string | undefined): 'text' | undefined {
  const parser = parsers.find(({ id, onlyWhenNamed }: Parser) => id === from && onlyWhenNamed === true)
  if (!parser?.containers.some((container) => container === 'text')) return undefined
  const extension = /\.([a-z0-9]{1,10})(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase()
  return extension === undefined || parser.extensions.some((own) => own === extension) ? 'text' : undefined
}
