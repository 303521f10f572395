import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The text of a page of docs/. With UPDATE=1 the page is first written as `generated`: `npm run docs`. */
export async function committedPage(name: string, generated: string): Promise<string> {
  const file = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
  if (process.env['UPDATE'] === '1') await writeFile(file, generated)
  return readFile(file, 'utf8')
}
