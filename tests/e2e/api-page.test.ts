import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { committedPage } from '../docs/committed-page.js'
import { buildTypes } from '../support/build-types.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A declaration of a bundled file of declarations. */
interface Declaration {
  readonly name: string
  readonly kind: 'function' | 'class' | 'const' | 'type'
  /** Its doc comment, without stars. */
  readonly about: string
  readonly code: string
  readonly isExported: boolean
}

const start = /^(export )?(?:declare )?(function|class|const|interface|type) ([\w$]+)/

const begins = (line: string): boolean => line.startsWith('/**') || start.test(line) || /^export (?:type )?\{/.test(line)

/** Reads the declarations of a bundled file: comments and declarations begin in the first column, and nothing in them does. */
function readDeclarations(text: string): readonly Declaration[] {
  const lines = text.split('\n')
  // "diff$1 as diff": a name that something else in the file has, too.
  const listed = new Map((/^export (?:type )?\{ ([^}]*) \};$/m.exec(text)?.[1] ?? '').split(', ').map((item) => {
    const [name = '', exported = name] = item.replace(/^type /, '').split(' as ')
    return [name, exported] as const
  }))
  const declarations: Declaration[] = []
  let comment: readonly string[] = []
  for (let at = 0; at < lines.length;) {
    const first = lines[at] ?? ''
    const isComment = first.startsWith('/**')
    let end = at + 1
    if (isComment) while (end < lines.length && !lines[end - 1]?.endsWith('*/')) end += 1
    else while (end < lines.length && !begins(lines[end] ?? '')) end += 1
    const block = lines.slice(at, end)
    const [, keyword, kind = '', own = ''] = start.exec(first) ?? []
    const name = listed.get(own) ?? own
    if (name !== '') {
      declarations.push({
        name, isExported: keyword !== undefined || listed.has(own),
        kind: kind === 'function' || kind === 'class' || kind === 'const' ? kind : 'type',
        about: comment.map((line) => line.replace(/^ ?\/?\*+ ?/, '').replace(/ ?\*\/$/, '').replace(/^\/$/, '')).join('\n').trim(),
        code: block.join('\n').trim().replace(own, name),
      })
    }
    comment = isComment ? block : []
    at = end
  }
  return declarations
}

const kinds = [
  ['function', 'Functions'], ['class', 'Errors'], ['const', 'Values'], ['type', 'Types'],
] as const
/** Longer values are data: the comment is enough. */
const mostLines = 80

function renderEntry(name: string, declarations: readonly Declaration[], left: ReadonlySet<string>): readonly string[] {
  const own = declarations.filter((one) => one.isExported && !left.has(one.name))
  return [`## \`${name}\``, ...kinds.flatMap(([kind, title]) => {
    const chosen = own.filter((one) => one.kind === kind).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return chosen.length === 0 ? [] : [`### ${title}`, ...chosen.map(renderDeclaration)]
  })]
}

function renderDeclaration({ name, about, code, kind }: Declaration): string {
  const shown = code.replace(/^export /, '').replace(/^declare /, '')
  const isLong = kind === 'const' && (shown.split('\n').length > mostLines || shown.length > 400)
  return [`#### ${name}`, about, isLong ? '' : `\`\`\`ts\n${shown}\n\`\`\``].filter((part) => part !== '').join('\n\n')
}

const head = `# The functions and types of the library

Written from the declarations of the package (\`npm run docs\`). [The library](library.md) is the place to begin.`

beforeAll(buildTypes)

describe('docs/api.md', () => {
  it('has every export with its comment, and is up to date', async () => {
    const [index = [], node = []] = await Promise.all(['index', 'node'].map(async (entry) =>
      readDeclarations(await readFile(path.join(root, 'dist', `${entry}.d.ts`), 'utf8'))))
    const shown = new Set(index.filter(({ isExported }) => isExported).map(({ name }) => name))
    expect([...shown]).toEqual(expect.arrayContaining(['convert', 'inspect', 'validate', 'upgrade', 'diff', 'coverage', 'bridge', 'openAttack']))
    expect(node.filter(({ isExported }) => isExported).map(({ name }) => name)).toEqual(expect.arrayContaining(['createDiskHost', 'push', 'serve', 'fetchRelease']))
    expect([...index, ...node].filter(({ isExported, about }) => isExported && about === '').map(({ name }) => name)).toEqual([])
    const page = `${[head, ...renderEntry('attack-crosswalk', index, new Set()), ...renderEntry('attack-crosswalk/node', node, shown)].join('\n\n')}\n`
    expect(await committedPage('api.md', page)).toBe(page)
  })
})
