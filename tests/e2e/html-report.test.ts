import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadReportAssets } from '../../src/emitters/html/report-assets.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

it('the built program writes the report with the script and the style that stand in the source', async () => {
  const cwd = await createFolder()
  const input = new URL('../../input/T1078.004-cloud-accounts.txt', import.meta.url).pathname
  const { code, stderr } = await runCrosswalk(['convert', input, '--to', 'html', '--combine', '--output', 'out'], { cwd })
  expect([code, stderr.includes('error')]).toEqual([0, false])
  const page = await readFile(join(cwd, 'out', 'all.html'), 'utf8')
  const { script, style } = await loadReportAssets()
  expect(page.includes(`<script>${script}</script>`)).toBe(true)
  expect(page.includes(`<style>${style}`)).toBe(true)
  const { code: verdict, stdout } = await runCrosswalk(['validate', join('out', 'all.html')], { cwd })
  expect(verdict).toBe(0)
  expect(stdout).toContain('Crosswalk report')
})
