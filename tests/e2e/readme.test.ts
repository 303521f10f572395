import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleFolder, readExamples, removeFolder, root, runExample } from './console-examples.js'

/** Pages whose commands need nothing but input/. */
const pages = [
  { page: 'README.md', examples: await readExamples('README.md'), least: 4 },
  { page: 'docs/attack.md', examples: await readExamples('docs/attack.md'), least: 3 },
  { page: 'docs/coverage.md', examples: await readExamples('docs/coverage.md'), least: 2 },
  { page: 'docs/pushing.md', examples: await readExamples('docs/pushing.md'), least: 2 },
]

describe.each(pages)('$page', ({ page, examples, least }) => {
  let folder: string
  beforeAll(async () => {
    folder = await createSampleFolder()
  })
  afterAll(() => removeFolder(folder))

  it('shows commands', () => {
    expect(examples.length).toBeGreaterThanOrEqual(least)
  })

  // In order, in one folder: later commands use what earlier ones wrote.
  it.each(examples)('$line prints what stands below it', async (example) => {
    expect(await runExample(example, folder)).toBe(example.output)
  })

  it('links to files that are there', async () => {
    const text = await readFile(path.join(root, page), 'utf8')
    const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, link = '']) => path.join(path.dirname(page), link))
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) await expect(stat(path.join(root, link)), link).resolves.toBeDefined()
  })
})
