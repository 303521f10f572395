import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fence, readCommands, readExamples, readFences, runScript } from './console-examples.js'
import { createPageFolder, type PageFolder, root } from './page-samples.js'

/** Commands of pages that are not run here, and why. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/^npm (?:un)?install --global |^npm pack/, 'changes this machine, and needs a network; package.test.ts does so in a folder of its own'],
  [/^make\b/, 'runs these tests themselves'],
  [/^npm run test:engines$/, 'downloads versions of Node.js'],
  [/^npm run (?:fuzz|mutants|kills|scale)\b/, 'runs for minutes, in the repository; tests/property/fuzzer.test.ts and disturbed-runs.test.ts do so in short'],
  [/^npm run bench\b/, 'measures for half an hour'],
  [/^(?:npx )?(?:attack-)?crosswalk attack (?:list --remote|fetch\b)/, "asks MITRE's server; attack-fetch.test.ts asks one on loopback"],
  [/^(?:NODE_EXTRA_CA_CERTS=\S+ )?(?:npx )?(?:attack-)?crosswalk push https:(?!.*--dry-run)/, 'sends to a server; push.test.ts and push-tls.test.ts send to ones on loopback'],
  [/^(?:npx )?(?:attack-)?crosswalk serve .*--host 0\.0\.0\.0/, 'opens a port to the network; serve-access.test.ts does so on loopback'],
  [/^curl .*(?:127\.0\.0\.1:6121|taxii\.example\.org)/, 'asks a server that is running; taxii-client.ts asks the same'],
  [/^cp .* \/var\/www\/MISP\//, 'installs into MISP'],
  [/^node --permission /, 'needs the package installed for all; package.test.ts runs the program with the same rights'],
  [/^parallel /, 'needs GNU parallel; shards.test.ts runs the same where it is installed'],
  [/^podman /, 'needs an image of Node.js from the network'],
  [/^crosswalk attack index \.\.\/shared\//, 'needs the data outside the repository'],
]

/** What pages assume that the reader has already. */
const before: Readonly<Record<string, string>> = {
  'docs/cli.md': 'crosswalk convert page.txt -q; crosswalk convert page.txt -q -o bundle.json; crosswalk convert aws.json -q -o aws.stix.json; '
    + 'crosswalk upgrade aws.json --to-attack 18.1 -q -o earlier; cp earlier/*.changes.csv decided.csv; crosswalk attack add mobile-attack-19.0.json; crosswalk attack export attack.pack.json',
  'docs/limits.md': 'crosswalk convert aws.json -q -o large.xlsx; mkdir inbox; cp page.txt inbox',
  'docs/spreadsheets.md': 'crosswalk convert aws.json -q -o aws.xlsx; cp aws.xlsx reviewed.xlsx; mkdir pages; cp page.txt pages',
  'docs/validating.md': 'crosswalk convert page.txt -q',
}

/** Languages of blocks without commands. */
const inert: ReadonlySet<string> = new Set(['csv', 'js', 'nginx', 'json', 'sql', 'text', 'ts', 'yaml'])
/** Pages whose blocks without a language are help texts with examples. */
const helps: ReadonlySet<string> = new Set(['docs/cli.md'])

const pages: readonly { readonly page: string, readonly fences: readonly Fence[] }[] = await Promise.all(
  (await listPages()).map(async (page) => ({ page, fences: await readFences(page) })))

async function listPages(): Promise<readonly string[]> {
  return [...await listFolder('.', false), ...await listFolder('docs', true)].toSorted()
}

async function listFolder(folder: string, recursive: boolean): Promise<readonly string[]> {
  const names = await readdir(path.join(root, folder), { recursive })
  return names.filter((name) => name.endsWith('.md')).map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
}

function isRun(command: string): boolean {
  return !notRun.some(([pattern]) => pattern.test(command))
}

const hasCommands = ({ language }: Fence, page: string): boolean => language === 'sh' || (language === '' && helps.has(page))

describe.each(pages.filter(({ page, fences }) => fences.some((fence) => fence.language === 'console' || hasCommands(fence, page))))(
  '$page', ({ page, fences }) => {
    let place: PageFolder
    beforeAll(async () => {
      place = await createPageFolder()
      for (const { file, text } of fences) if (file !== undefined) await writeFile(path.join(place.folder, file), `${text}\n`)
      const prepared = await runScript(before[page] ?? 'true', place, true)
      if (prepared.code !== 0) throw new Error(prepared.stderr)
    })
    afterAll(() => place.remove())

    // In order, in one folder: later commands use what earlier ones wrote.
    it.each(fences.filter((fence) => fence.language === 'console' || hasCommands(fence, page)))('line $line', async (fence) => {
      const [wanted, got] = await (fence.language === 'console' ? runConsole(page, fence, place) : runShell(fence, place))
      expect(got).toBe(wanted)
    })

    it('links to files that exist', async () => {
      const text = await readFile(path.join(root, page), 'utf8')
      const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#\s]+)\)/g), ([, link = '']) => path.join(path.dirname(page), link))
      for (const link of links) await expect(stat(path.join(root, link)), link).resolves.toBeDefined()
    })
  })

/** A console block as it is and as it would be if its commands ran now; with UPDATE=1, the page gets the latter. */
async function runConsole(page: string, fence: Fence, place: PageFolder): Promise<readonly [wanted: string, got: string]> {
  const printed: string[] = []
  for (const { line, output } of readExamples(fence)) {
    printed.push(`$ ${line}`, isRun(line) ? (await runScript(line, place, false)).stdout.trimEnd() : output)
  }
  const got = printed.filter((text) => text !== '').join('\n')
  if (process.env['UPDATE'] !== '1') return [fence.text, got]
  const file = path.join(root, page)
  await writeFile(file, (await readFile(file, 'utf8')).replace(`\n\`\`\`console\n${fence.text}\n`, () => `\n\`\`\`console\n${got}\n`))
  return [got, got]
}

/** Runs the commands of a block in one shell: it may go to a folder and set variables. What the first that fails says, if any does. */
async function runShell(fence: Fence, place: PageFolder): Promise<readonly [wanted: string, got: string]> {
  const commands = readCommands(fence).filter(isRun)
  const { code, stderr } = await runScript(commands.map((line) => `echo '$' ${quote(line)} >&2\n${line}`).join('\n'), place, true)
  return ['', code === 0 ? '' : `exit code ${code}\n${stderr}`]
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

describe('the pages', () => {
  it('have no block that is neither run nor known to be no command', () => {
    const unknown = pages.flatMap(({ page, fences }) => fences.flatMap((fence) => {
      if (fence.language === 'console') return readExamples(fence).length > 0 ? [] : [`${page}:${fence.line}: no command`]
      if (hasCommands(fence, page)) return []
      if (!inert.has(fence.language)) return [`${page}:${fence.line}: language "${fence.language}"`]
      return /^(?:\$ |(?:npx |attack-)?crosswalk |npm |npx |make |curl |node |docker |sudo )/m.test(fence.text) ? [`${page}:${fence.line}: a command`] : []
    }))
    expect(unknown).toEqual([])
  })

  it('have the commands that are listed as not run', () => {
    const commands = pages.flatMap(({ page, fences }) => fences.flatMap((fence) =>
      (fence.language === 'console' ? readExamples(fence).map(({ line }) => line) : hasCommands(fence, page) ? readCommands(fence) : [])))
    expect(notRun.filter(([pattern]) => !commands.some((command) => pattern.test(command)))).toEqual([])
  })

  it('use the library only where library-examples.test.ts runs it', () => {
    const using = pages.filter(({ fences }) => fences.some(({ language, text }) => language === 'ts' && text.includes("from 'attack-crosswalk")))
    expect(using.map(({ page }) => page)).toEqual(['README.md', 'docs/api.md', 'docs/library.md'])
  })
})
