import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rawBundle, rawMatrix, rawTactic, rawTechnique } from '../support/attack-bundles.js'
import { page } from './pages.js'

/** Where the repository stands. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder in which the commands of a page run, and their environment. */
export interface PageFolder {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly remove: () => Promise<void>
}

/**
 * Creates a folder with input/, the files that pages name, all our own and small, and programs that take the place of those that this
 * machine may not have or that need a network: `npx` knows this package alone, `curl` prints the file that its address ends in, and
 * `crosswalk serve` is stopped with SIGINT as soon as it serves.
 */
export async function createPageFolder(): Promise<PageFolder> {
  const home = await mkdtemp(path.join(tmpdir(), 'crosswalk-page-'))
  const [folder, bin] = [path.join(home, 'work'), path.join(home, 'bin')]
  await mkdir(folder)
  await mkdir(bin)
  await cp(path.join(root, 'input'), path.join(folder, 'input'), { recursive: true })
  for (const [name, content] of Object.entries(samples())) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
  }
  for (const name of ['.local/share/bash-completion/completions', '.config/fish/completions']) await mkdir(path.join(home, name), { recursive: true })
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(path.join(bin, name), script)
    await chmod(path.join(bin, name), 0o755)
  }
  const env = {
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, HOME: home, CROSSWALK_DATA: path.join(home, 'data'),
    NO_COLOR: '1', COLUMNS: '100', LC_ALL: 'C.UTF-8',
  }
  return { folder, env, remove: () => rm(home, { recursive: true, force: true }) }
}

const program = path.join(root, 'dist/crosswalk.cjs')
const crosswalk = `#!${process.execPath}
import { spawn } from 'node:child_process'
const args = process.argv.slice(2)
const serves = args[0] === 'serve' && !args.includes('--help')
const child = spawn(process.execPath, [${JSON.stringify(program)}, ...args, ...(serves ? ['--port', '0'] : [])],
  { stdio: ['inherit', 'inherit', serves ? 'pipe' : 'inherit'] })
child.stderr?.setEncoding('utf8').on('data', (text) => {
  process.stderr.write(text)
  if (text.includes('Ctrl-C')) child.kill('SIGINT')
})
child.on('close', (code) => { process.exitCode = code ?? 1 })
`
const programs: Readonly<Record<string, string>> = {
  'crosswalk': crosswalk,
  'attack-crosswalk': crosswalk,
  'npx': '#!/bin/sh\n[ "$1" = attack-crosswalk ] || { echo "npx: no package $1" >&2; exit 1; }\nshift\nexec crosswalk "$@"\n',
  'curl': '#!/bin/sh\nfor last; do :; done\ncat "$(basename "$last")"\n',
  'pbpaste': '#!/bin/sh\ncat notes.md\n',
  'man': '#!/bin/sh\ngrep -q "^.TH CROSSWALK"\n',
  // Without jq's language: a test that it gets one JSON document.
  'jq': `#!${process.execPath}\nlet text = ''\nfor await (const part of process.stdin) text += part\nJSON.parse(text)\n`,
}

const rows: readonly (readonly [string, string, string])[] = [
  ['AC-02', 'T1078.004', 'Accounts are reviewed.'], ['AC-02', 'T1136', 'New accounts are approved.'], ['SC-28', 'T1552.004', 'Keys are encrypted.'],
]

/** A mapping file of CTID's form. */
function mappingFile(framework: string, version: string, attack: string, some = rows): object {
  return {
    metadata: {
      mapping_version: '1', technology_domain: 'enterprise', attack_version: attack, mapping_framework: framework,
      mapping_framework_version: version, author: 'A. Tester', contact: 'tester@example.org', organization: 'Example',
      creation_date: '02/29/2024', last_update: '12/11/2024', mapping_types: { mitigates: { name: 'mitigates', description: '' } },
      capability_groups: {},
    },
    mapping_objects: some.map(([id, technique, comments]) => ({
      capability_id: id, capability_description: `Name of ${id}`, mapping_type: 'mitigates', attack_object_id: technique, comments, references: [],
    })),
  }
}

const table = 'capability_id,technique,comments\nAC-2,T1078.004,Accounts are reviewed.\nSC-28,T1552.004,Keys are encrypted.\n'
const rule = 'title: A rule of ours\nid: 11111111-2222-4333-8444-555555555555\nlogsource:\n  product: windows\ndetection:\n  sel:\n    a: b\n'
  + '  condition: sel\ntags:\n  - attack.defense_evasion\n  - attack.t1562.001\n'

function attackBundle(version: string, domain = 'Enterprise'): object {
  const more = { x_mitre_domains: [`${domain.toLowerCase()}-attack`] }
  return rawBundle(version, [
    rawTactic('TA0006', 'credential-access', more), rawMatrix(`${domain} ATT&CK`, ['TA0006']),
    rawTechnique({ id: 'T1110', name: 'Brute Force', tactics: ['credential-access'], more }),
    ...[['APT29', 'G0016'], ['APT28', 'G0007']].map(([name, id]) =>
      ({ type: 'intrusion-set', id: `intrusion-set--${id}`, name, external_references: [{ source_name: 'mitre-attack', external_id: id }] })),
  ], domain)
}

function samples(): Readonly<Record<string, string | object>> {
  const newer = rows.slice(1)
  return {
    'page.txt': page,
    'downloads/page.txt': page,
    'aws.json': mappingFile('aws', '12.12.2024', '16.1'),
    'aws-12.12.2024_attack-16.1-enterprise.json': mappingFile('aws', '12.12.2024', '16.1'),
    'azure.json': mappingFile('azure', '06/29/2021', '16.1'),
    'gcp.json': mappingFile('gcp', '06/28/2022', '16.1'),
    'nist.json': mappingFile('nist_800_53', 'rev5', '16.1'),
    'aws-2021.json': mappingFile('aws', '09/21/2021', '9.0'),
    'aws-2024.json': mappingFile('aws', '12/12/2024', '16.1', newer),
    'old.json': mappingFile('aws', '09/21/2021', '9.0'),
    'new.json': mappingFile('aws', '12/12/2024', '16.1', newer),
    'old/aws.json': mappingFile('aws', '09/21/2021', '9.0'),
    'new/aws.json': mappingFile('aws', '12/12/2024', '16.1', newer),
    'mappings/aws.json': mappingFile('aws', '12.12.2024', '16.1'),
    'mappings.csv': table,
    'table.csv': 'Our rule,Angriff 1,Angriff 2\nR-1,T1078,T1136\n',
    'untitled.csv': 'Nr,"Control, if any",C\n1,AC-2,T1078\n',
    'rules/rule.yml': rule,
    'layer.json': {
      name: 'Ours', versions: { attack: '16', navigator: '5.1.0', layer: '4.5' }, domain: 'enterprise-attack',
      techniques: [{ techniqueID: 'T1562.001', tactic: 'defense-evasion', score: 1 }],
    },
    'techniques-administration.yaml': 'version: 1.2\nfile_type: technique-administration\nname: Ours\ndomain: enterprise-attack\nplatform: [Windows]\n'
      + 'techniques:\n  - technique_id: T1078\n    technique_name: Valid Accounts\n    detection:\n      applicable_to: [all]\n      location: [EDR]\n'
      + "      comment: ''\n      score_logbook:\n        - date: 2024-01-01\n          score: 3\n          comment: Tried\n",
    'notes.md': '# AC-2\n\nReviews of accounts notice T1078.004, and T1136 too.\n',
    'docs/notes.md': '# Backups\n\nBackups help after T1486.\n',
    'token.txt': 'a-token\n',
    'password.txt': 'a password of tests\n',
    'enterprise-attack-19.0.json': attackBundle('19.0'),
    'mobile-attack-19.0.json': attackBundle('19.0', 'Mobile'),
    'ics-attack-19.0.json': attackBundle('19.0', 'ICS'),
    'enterprise-attack.json': attackBundle('6.3'),
  }
}
