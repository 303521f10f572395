import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildTypes } from '../support/build-types.js'
import { page } from './pages.js'
import { createFolder } from './run-crosswalk.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** The examples of a page that use the library, each with the output that its last comments state, if any. */
async function readExamples(name: string): Promise<readonly { readonly code: string, readonly prints: string | undefined }[]> {
  const text = await readFile(path.join(root, name), 'utf8')
  return Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, code = '']) => code)
    .filter((code) => code.includes("from 'attack-crosswalk"))
    .map((code) => {
      const prints = Array.from(code.matchAll(/^\/\/ prints (.*)$/gm), ([, line]) => line)
      return { code, prints: prints.length > 0 ? prints.join('\n') : undefined }
    })
}

const tsconfig = {
  compilerOptions: {
    target: 'es2023', module: 'nodenext', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
    skipLibCheck: false, types: [], lib: ['es2023', 'dom'], outDir: 'built', rootDir: '.',
  },
  include: ['example-*.ts'],
}

const pages = [['README.md', 1], ['docs/library.md', 4], ['docs/api.md', 9]] as const

beforeAll(buildTypes)

describe.each(pages)('the examples of %s', (name, least) => {
  it('compile by the declarations of the package alone, run, and print what they say', async () => {
    const examples = await readExamples(name)
    expect(examples.length).toBeGreaterThanOrEqual(least)
    const folder = await createFolder()
    await mkdir(path.join(folder, 'node_modules'))
    await symlink(root, path.join(folder, 'node_modules/attack-crosswalk'), 'dir')
    await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(path.join(folder, 'page.txt'), page)
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
    for (const [index, { code }] of examples.entries()) await writeFile(path.join(folder, `example-${index}.ts`), code)
    const compiled = await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder })
      .catch((error: { readonly stdout: string }) => error)
    expect(compiled.stdout).toBe('')
    for (const [index, { prints }] of examples.entries()) {
      const env = { PATH: process.env['PATH'], NO_COLOR: '1', CROSSWALK_DATA: path.join(folder, 'data') }
      const { stdout } = await run(process.execPath, [`built/example-${index}.js`], { cwd: folder, env })
      expect(stdout.trimEnd()).not.toBe('')
      expect(stdout.trimEnd()).toBe(prints ?? stdout.trimEnd())
    }
  })
})
