import { expect, it } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.js'
import { committedPage } from './committed-page.js'
import { describedStages, renderCataloguePage } from './render-catalogue-page.js'

it('docs/diagnostics.md is what the catalogue says', async () => {
  const page = renderCataloguePage()
  expect(await committedPage('diagnostics.md', page)).toBe(page)
})

it('every stage of the catalogue is introduced', () => {
  expect(describedStages).toEqual(expect.arrayContaining(Object.keys(catalogue).map((code) => code.split('/', 1)[0])))
})

it('titles are sentences without a full stop, helps are sentences with one', () => {
  for (const [code, { title, help }] of Object.entries(catalogue)) {
    expect(title, code).toMatch(/^[A-Z].*[^.]$/)
    expect(help, code).toMatch(/[.!?]$/)
  }
})
