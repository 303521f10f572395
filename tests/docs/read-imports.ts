import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A source file: its path below src/, what it imports (packages by name, files by their path below src/), its code. */
export interface SourceFile {
  readonly name: string
  readonly imports: readonly string[]
  /** The imports that are there as soon as the file is loaded, types included: all but `import()`. */
  readonly eager: readonly string[]
  /** Without comments. */
  readonly code: string
  readonly lines: number
}

const root = fileURLToPath(new URL('../../src', import.meta.url))
const importPattern = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g

/** Every file of src/. */
export function readSources(): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted()
    .map(readSource)
}

function readSource(name: string): SourceFile {
  const text = readFileSync(path.join(root, name), 'utf8')
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
  const found = Array.from(code.matchAll(importPattern), ([, how = '', target = '']) => ({
    isLazy: how.includes('('),
    target: target.startsWith('.') ? path.posix.join(path.posix.dirname(name), target).replace(/\.js$/, '.ts') : target,
  }))
  return {
    name, code,
    imports: found.map(({ target }) => target),
    eager: found.filter(({ isLazy }) => !isLazy).map(({ target }) => target),
    lines: text.split('\n').length - 1,
  }
}
