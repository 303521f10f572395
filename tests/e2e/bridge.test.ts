import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readCsv } from '../support/read-csv.js'
import { readWorkbook } from '../support/read-workbook.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''

const azurePage = page
  .replace('AWS Mappings', 'Azure Mappings')
  .replaceAll('amazon_guardduty Amazon GuardDuty', 'azure_sentinel Azure Sentinel')
  .replaceAll('aws_config AWS Config', 'azure_policy Azure Policy')

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'aws.txt'), page)
  await writeFile(join(cwd, 'azure.txt'), azurePage)
})

function bridge(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['bridge', ...args], { cwd, env: { COLUMNS: '80' } })
}

async function pairsIn(...args: readonly string[]): Promise<number> {
  const { stdout } = await bridge('aws.txt', 'azure.txt', '--format', 'json', ...args)
  const { pairs }: { pairs: readonly unknown[] } = JSON.parse(stdout)
  return pairs.length
}

describe('crosswalk bridge', () => {
  it('prints the pairs, and that they are derived', async () => {
    const { code, stdout } = await bridge('aws.txt', 'azure.txt')
    expect(code).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Neither CTID nor the owners of the frameworks state these relations.')
    expect(stdout).toMatch(/\n {2}Pairs found +4\n/)
    expect(stdout).toMatch(/ 1\.000 {2}amazon_guardduty {2}azure_\w+ +1 {2}T1078\.004\n/)
  })

  it('keeps the pairs of one capability, those that are strong, or the strongest', async () => {
    expect(await pairsIn('--capability', 'aws_config')).toBe(2)
    expect(await pairsIn('--min-strength', '1')).toBe(4)
    expect(await pairsIn('--limit', '3')).toBe(3)
  })

  it('marks every row of every file as derived', async () => {
    await bridge('aws.txt', 'azure.txt', '--format', 'csv', '-o', 'made.csv')
    await bridge('aws.txt', 'azure.txt', '--format', 'xlsx', '-o', 'made.xlsx')
    const sheets = readWorkbook(await readFile(join(cwd, 'made.xlsx')))
    for (const [file, sheet] of [['made.pairs.csv', 'Pairs'], ['made.techniques.csv', 'Techniques']] as const) {
      const [header = [], ...rows] = readCsv(await readFile(join(cwd, file), 'utf8'))
      expect(rows.map((row) => row[header.indexOf('derivation')])).toEqual(rows.map(() => 'derived by Crosswalk'))
      expect(rows).toHaveLength(4)
      expect(sheets.get(sheet)?.slice(1).map((row) => row.at(-1)?.value)).toEqual(rows.map(() => 'derived by Crosswalk'))
    }
  })
})

describe('mistakes', () => {
  it.each([
    [['aws.txt', 'azure.txt', '--capability', 'aws_confg'], 'Did you mean "aws_config"?'],
    [['aws.txt', 'azure.txt', '--min-strength', '2'], 'from 0 to 1'],
    [['aws.txt', 'azure.txt', '--limit', '0'], 'whole number'],
    [['aws.txt', '.'], 'one mapping set on each side'],
  ])('%j: exit code 2, and a way out', async (args, way) => {
    const { code, stderr, stdout } = await bridge(...args)
    expect(stderr).toContain(way)
    expect([code, stdout]).toEqual([2, ''])
  })
})
