import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
})

describe('help', () => {
  it.each(['', 'convert', 'validate', 'inspect', 'formats', 'attack', 'attack list', 'attack show', 'attack index', 'diff', 'bridge', 'completion', 'man'])(
    'of "%s" ends with examples and has exit code 0', async (name) => {
      const { code, stdout, stderr } = await runCrosswalk([...name.split(' ').filter((word) => word !== ''), '--help'], { cwd })
      expect(code).toBe(0)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/\nExamples:\n(?: {2}\$ crosswalk .+\n){1,3}$/)
    })

  it('is what `help COMMAND` prints too', async () => {
    const long = await runCrosswalk(['help', 'inspect'], { cwd })
    const short = await runCrosswalk(['inspect', '-h'], { cwd })
    expect(long.stdout).toBe(short.stdout)
  })

  it('is short, with three examples and exit code 2, when no command is given', async () => {
    const { code, stdout, stderr } = await runCrosswalk([], { cwd })
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Usage: crosswalk')
    expect(stderr.match(/^ {2}\$ crosswalk /gm)).toHaveLength(3)
    expect(stderr).toMatch(/^(?:.{0,80}\n)+$/)
  })

  it('names every format option', async () => {
    const { stdout } = await runCrosswalk(['convert', '--help'], { cwd })
    for (const flag of ['--stix-profile', '--layer-by', '--csv-raw']) expect(stdout).toContain(flag)
  })
})

describe('mistakes in the command line', () => {
  it.each([
    [['convert', '--outptu', 'x'], '--output'],
    [['convrt'], 'convert'],
    [['convert', 'page.txt', '--to', 'stixx'], '"stix"'],
    [['convert', 'page.txt', '--to', 'sitx,csv'], '"stix"'],
    [['convert', 'page.txt', '--from', 'txt-page'], '"text-page"'],
    [['convert', 'page.txt', '--domain', 'enterprize'], 'enterprise'],
    [['convert', 'page.txt', '--stix-profile', 'tipp'], 'tip'],
    [['convert', 'page.txt', '--fail-on', 'never'], 'loss'],
    [['convert', 'page.txt', '--created', '2023-02-29'], '2024-12-31'],
    [['convert', 'page.txt', '--layer-metadata-limit', 'many'], 'number'],
    [['convert', 'page.txt', '--max-size', '-1'], 'megabytes'],
    [['page.txt', '--to', 'csv'], 'crosswalk convert page.txt --to csv'],
    [['-'], 'crosswalk convert -'],
    [['missing.html'], 'crosswalk convert missing.html'],
    [['help', 'nope'], 'Available: convert'],
    [['help', 'convrt'], '"convert"'],
    [['help', 'attack', 'shwo'], '"show"'],
    [['inspect'], '\nUsage: crosswalk inspect [options] <INPUT...>\n'],
    [['attack', 'show'], '\nUsage: crosswalk attack show [options] <ID...>\n'],
    [['completion', 'tcsh'], 'powershell'],
    [['convert', 'page.txt', '--output', 'x.pdf'], '.html'],
    [['convert', 'page.txt', '--output', 'x.csv', '--to', 'html'], 'csv'],
    [['convert', 'page.txt', '--output', '-'], '--to csv'],
    [['upgrade', 'page.txt', '--to-attack', '18.1', '--output', '-'], 'a folder'],
    [['convert', 'page.txt', '--attack', 'missing.json'], 'missing.json'],
    [['convert', 'page.txt', '--config', 'missing.yaml'], 'missing.yaml: no such file'],
    [['inspect'], 'INPUT'],
    [['validate'], 'FILE'],
    [['diff', 'page.txt'], 'NEW'],
    [['diff', 'page.txt', 'page.txt', '--format', 'yaml'], 'layer'],
    [['bridge', 'page.txt'], 'RIGHT'],
    [['formats', 'extra'], 'argument'],
    [['convert', 'page.txt', '--quiet', '--verbose'], '--verbose'],
  ])('%j: exit code 2, and a way out', async (args, way) => {
    const { code, stdout, stderr } = await runCrosswalk(args, { cwd })
    expect(stderr).toContain(way)
    expect(stderr).toMatch(/^error: /)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('of %s offers formats where formats are expected, and not where the same option is a release or an address', async (shell) => {
    const { stdout } = await runCrosswalk(['completion', shell], { cwd })
    const lines = stdout.split('\n')
    const ofSuccessors = shell === 'zsh' ? sectionOf(lines, '_crosswalk_attack_successors()') : lines.filter((line) => line.includes('successors'))
    const ofConvert = shell === 'zsh' ? sectionOf(lines, '_crosswalk_convert()') : lines.filter((line) => line.includes('convert'))
    expect(ofConvert.join('\n')).toContain('navigator')
    expect(ofConvert.join('\n')).toContain('security-stack')
    expect(ofSuccessors.length).toBeGreaterThan(0)
    expect(ofSuccessors.join('\n')).not.toMatch(/navigator|security-stack/)
  })
})

function sectionOf(lines: readonly string[], start: string): readonly string[] {
  const from = lines.findIndex((line) => line.startsWith(start))
  return lines.slice(from, lines.indexOf('}', from))
}

describe('colours', () => {
  it.each([
    [{}, [], false],
    [{ FORCE_COLOR: '1' }, [], true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    [{ FORCE_COLOR: '1' }, ['--no-color'], false],
  ])('with %j and %j: %s', async (env, args, coloured) => {
    const { stderr } = await runCrosswalk(['convert', 'missing.txt', ...args], { cwd, env })
    expect(stderr.includes('\u001b[')).toBe(coloured)
  })
})

describe('settings', () => {
  it('come from crosswalk.config.yaml, and the command line wins', async () => {
    await writeFile(join(cwd, 'crosswalk.config.yaml'),
      "input: page.txt\noutput: from-settings\nto: [csv]\nattack-version: '16.1'\ncsv-raw: true\n")
    const settings = await runCrosswalk(['convert'], { cwd })
    expect(settings.code).toBe(0)
    expect(settings.stdout).toContain('Open from-settings/aws_attack-16.1-enterprise.csv\n')
    const typed = await runCrosswalk(['convert', '--attack-version', '15.1', '-o', 'typed'], { cwd })
    expect(typed.stdout).toContain('Open typed/aws_attack-15.1-enterprise.csv\n')
  })

  it.each([
    ['from the settings', "framework: nist_800_53\nto: csv\noutput: out\ncolumns:\n  comments: Why\n", []],
    ['typed', 'to: csv\noutput: out\n', ['--framework', 'nist_800_53', '--columns', 'comments=Why']],
  ])('name the columns of a table: %s', async (_where, text, typed) => {
    await writeFile(join(cwd, 'crosswalk.config.yaml'), text)
    await writeFile(join(cwd, 'mine.csv'), 'Control,Technique,Why\nAC-2,T1078,because\n')
    const { code } = await runCrosswalk(['convert', 'mine.csv', ...typed], { cwd })
    expect(code).toBe(0)
    expect(await readFile(join(cwd, 'out/nist_800_53_attack-enterprise.csv'), 'utf8')).toContain(',because,')
  })

  it.each([
    ['outptu: x\n', ':1: unknown setting "outptu". Did you mean "output"?'],
    ['output: x\nattack-version: 16.1\n', ':2: attack-version must be string; put the value in quotes'],
    ['fail-on: never\n', 'error, warning, loss'],
    ['to: [stixx]\n', 'Did you mean "stix"?'],
    ['created: 2023-02-29\n', 'Expected a date'],
    ['output: [\n', 'crosswalk.config.yaml'],
    ['- a list\n', 'must be object'],
    ['output: a\noutput: b\n', 'unique'],
  ])('that are invalid (%j) have exit code 2', async (text, message) => {
    await writeFile(join(cwd, 'crosswalk.config.yaml'), text)
    const { code, stderr } = await runCrosswalk(['convert', 'page.txt'], { cwd })
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})
