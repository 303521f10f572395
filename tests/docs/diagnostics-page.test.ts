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

it.each(Object.entries(catalogue))('%s has a title without a full stop and a help with one', (_code, { title, help }) => {
  expect(title).toMatch(/^[A-Z].*[^.]$/)
  expect(help).toMatch(/[.!?]$/)
})
