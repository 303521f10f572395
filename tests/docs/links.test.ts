import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inDocs = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
const pages = ['README.md', 'CHANGELOG.md', ...inDocs.filter((name) => name.endsWith('.md'))]
const pictures = inDocs.filter((name) => /^docs\/pictures\/./.test(name))

/** A page's prose: code shows links of other pages. */
function readProse(page: string): string {
  const text = readFileSync(root + page, 'utf8').replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
  return text.replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()]/g, ''))
}

/** What a page links to or shows, but for the web, as paths from the root, with the anchor if there is one. */
function listTargets(page: string): readonly string[] {
  const links = readProse(page).matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g)
  return Array.from(links, ([, link, source]) => link ?? source ?? '').filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => (target.startsWith('#') ? page + target : path.posix.join(path.posix.dirname(page), target)))
}

/** The anchors that GitHub gives to headings. */
function listAnchors(page: string): readonly string[] {
  return Array.from(readFileSync(root + page, 'utf8').matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) =>
    heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-'))
}

describe('the pages', () => {
  it.each(pages)('%s links to what is there', (page) => {
    const dead = listTargets(page).filter((target) => {
      const [file = '', anchor] = target.split('#')
      if (statSync(root + file, { throwIfNoEntry: false }) === undefined) return true
      return anchor !== undefined && file.endsWith('.md') && !listAnchors(file).includes(anchor)
    })
    expect(dead).toEqual([])
  })

  it('are all reached from README', () => {
    const linked = new Set(listTargets('README.md').map((target) => target.split('#')[0]))
    const pagesOfDocs = pages.filter((page) => /^docs\/[^/]+$/.test(page))
    expect(pagesOfDocs.length).toBeGreaterThan(20)
    expect(pagesOfDocs.filter((page) => !linked.has(page))).toEqual([])
    expect(linked).toContain('docs/decisions')
  })

  it('show every picture, with a text for those who do not see it', () => {
    const shown = new Set(pages.flatMap(listTargets))
    expect(pictures.length).toBeGreaterThan(3)
    expect(pictures.filter((picture) => !shown.has(picture))).toEqual([])
    for (const page of pages) {
      const shows = readProse(page).matchAll(/!\[([^\]]*)\]\(|<img(?: alt="([^"]*)")?/g)
      const texts = Array.from(shows, ([, alt, other = '']) => alt ?? other)
      expect([page, texts.filter((text) => text.trim().length < 10)]).toEqual([page, []])
    }
  })

  it('have pictures that are soon loaded', () => {
    expect(pictures.filter((picture) => statSync(root + picture).size > 200_000)).toEqual([])
  })
})
