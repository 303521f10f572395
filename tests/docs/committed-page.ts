import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The text of a page of docs/. With UPDATE=1 the page is first written as `generated`: `npm run docs`. */
export async function committedPage(name: string, generated: string): Promise<string> {
  const file = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
  if (process.env['UPDATE'] === '1') await writeFile(file, generated)
  return readFile(file, 'utf8')
}

/**
 * The generated part of a page of docs/: the lines between `<!-- NAME: generated -->` and `<!-- /NAME -->`. With UPDATE=1 it is first
 * written as `generated`.
 */
export async function committedSection(page: string, name: string, generated: string): Promise<string | undefined> {
  const file = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url))
  const text = await readFile(file, 'utf8')
  const [start, end] = [`<!-- ${name}: generated -->\n`, `\n<!-- /${name} -->`]
  const [before, rest = ''] = text.split(start, 2)
  const [committed, after] = rest.split(end, 2)
  if (before === undefined || after === undefined) return undefined
  if (process.env['UPDATE'] !== '1') return committed
  await writeFile(file, `${before}${start}${generated}${end}${after}`)
  return generated
}
