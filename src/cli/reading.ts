import path from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AttackSources } from '../attack/load-attack.js'
import { catalogue, type Code } from '../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import { neutralise } from '../diagnostics/reporters/terminal-text.js'
import type { DocumentFile } from '../formats/decoded.js'
import { limitNames, type Limits, parseLimits } from '../formats/limits.js'
import { createDiskHost } from '../io/disk-host.js'
import type { Network } from '../io/network.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import type { Parser, Statements } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import { parseColumnsOption } from '../parsers/table/columns-option.js'
import type { Host } from '../pipeline/host.js'
import type { Understanding, UnderstandRequest } from '../pipeline/requests.js'
import { describeUnknown } from '../library/request-error.js'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage.js'

/** Values of the options added by `addReadingOptions` and `addMergingOption`. */
export interface ReadingOptions {
  readonly from?: string
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly columns?: Readonly<Record<string, readonly string[]>>
  readonly fillDown?: boolean
  readonly split?: Statements['split']
  readonly catalog?: readonly string[]
  readonly attack?: string
  readonly perDocument?: boolean
  readonly maxSize?: number
  readonly followLinks?: boolean
  readonly max?: Partial<Limits>
  readonly maxSeconds?: number
  readonly maxMemory?: number
  readonly ca?: string
  readonly timeout?: number
}

const heading = 'Reading:'

/** Adds the options for reading documents. */
export function addReadingOptions(command: Command): Command {
  command
    .addOption(createOption('--from <parser>', 'read all input with this parser instead of detecting the format')
      .argParser(parseParserId))
    .addOption(createOption('--framework <id>', 'framework id for documents that state none'))
    .addOption(createOption('--framework-version <version>', 'framework version for documents that state none'))
    .addOption(createOption('--attack-version <version>', 'ATT&CK version for documents that state none'))
    .addOption(createOption('--domain <domain>', 'ATT&CK domain for documents that state none')
      .choices(attackDomains))
    .addOption(createOption('--columns <list>', 'column titles of tables, by field, such as capability_id=Control,technique=ATT&CK; '
      + 'several for one field add up, titles with commas are put in double quotes')
      .argParser(parseColumns))
    .addOption(createOption('--fill-down', 'blank cells of tables mean "as above"'))
    .addOption(createOption('--split <field=separator>', 'what separates several capabilities in a cell of a table, such as capability=";"')
      .argParser(parseSplit))
    .addOption(createOption('--catalog <file...>', 'mapping files that add what pages leave out: scores, references, groups, versions'))
    .addOption(createOption('--attack <file>', 'ATT&CK STIX bundle to use for look-ups; STIX output copies its technique objects'))
    .addOption(createOption('--follow-links', 'also read links in folders that lead out of them'))
    .addOption(createOption('--ca <file>', 'certificates (PEM) of your own authority, for inputs that are https:// addresses'))
    .addOption(createOption('--timeout <seconds>', 'time without data after which the download of an input fails')
      .argParser(parseNumber('seconds', 30, 86_400)).default(30))
    .addOption(createOption('--max-seconds <seconds>', 'time after which reading a large document is stopped (default: 60, more for mapping files above 60 MB)')
      .argParser(parseNumber('seconds', 120, 86_400)))
    .addOption(createOption('--max-memory <megabytes>', 'memory at which reading a large document is stopped (default: 512, more for mapping files above 85 MB)')
      .argParser(parseNumber('megabytes', 1024, 100_000)))
  return addLimitOptions(command, heading)
}

/** Adds the options of what is read at most, in a group of the help. */
export function addLimitOptions(command: Command, group = 'Options:'): Command {
  return command
    .addOption(new Option('--max-size <megabytes>', 'largest input file to read').argParser(parseNumber('megabytes', 512, 100_000)).default(256).helpGroup(group))
    .addOption(new Option('--max <limit=number>', 'another limit of what a document contains, such as rows=200000; several are separated '
      + 'by commas, docs/limits.md lists them').argParser(parseLimitList).helpGroup(group))
}

/** The limits of `addReadingOptions` and `addLimitOptions` as options of a host. */
export function toHostLimits({ maxSize, max, maxSeconds, maxMemory }: Pick<ReadingOptions, 'maxSize' | 'max' | 'maxSeconds' | 'maxMemory'>) {
  return {
    ...(maxSize !== undefined && { maxBytes: maxSize * megabyte }),
    ...(max && { limits: max }),
    stop: { ...(maxSeconds !== undefined && { seconds: maxSeconds }), ...(maxMemory !== undefined && { megabytes: maxMemory }) },
  }
}

/** Adds the option that keeps the mapping sets of different documents separate. */
export function addMergingOption(command: Command): Command {
  return command.addOption(createOption('--per-document', 'do not merge documents: each gets its own output folder, named after it'))
}

/** Facts about the documents that the user states with options. */
function toStatements({ framework, frameworkVersion, attackVersion, domain, columns, fillDown, split }: ReadingOptions): Statements {
  return {
    ...(framework !== undefined && { framework }),
    ...(frameworkVersion !== undefined && { frameworkVersion }),
    ...(attackVersion !== undefined && { attackVersion }),
    ...(domain !== undefined && { domain }),
    ...(columns !== undefined && { columns }),
    ...(fillDown === true && { fillDown }),
    ...(split !== undefined && { split }),
  }
}

function parseParserId(id: string): string {
  const ids = parsers.map((parser: Parser) => parser.id)
  if (!ids.includes(id)) throw new InvalidArgumentError(describeUnknown('parser', id, ids))
  return id
}

/** Parses "field=Title,field=Title"; given again, the option adds to its columns. */
function parseColumns(list: string, before: Readonly<Record<string, readonly string[]>> = {}): Readonly<Record<string, readonly string[]>> {
  const parsed = parseColumnsOption(list)
  if ('columns' in parsed) {
    const fields = new Set([...Object.keys(before), ...Object.keys(parsed.columns)])
    return Object.fromEntries(Array.from(fields, (field) => [field, [...(before[field] ?? []), ...(parsed.columns[field] ?? [])]]))
  }
  throw new InvalidArgumentError(`Expected FIELD=TITLE, such as technique=ATT&CK, not "${parsed.invalid}". `
    + 'A title that contains a comma is put in double quotes, inside those of the shell: \'capability_id="Control, if any"\'.')
}

/** Parses "capability=;". The separator may be in double quotes; \n is a line end and \t a tab. */
function parseSplit(text: string): Statements['split'] {
  const [, field = '', given = ''] = /^\s*([^=]*?)\s*=([^]*)$/.exec(text) ?? []
  const inner = given.length > 2 && given.startsWith('"') && given.endsWith('"') ? given.slice(1, -1).replaceAll('""', '"') : given
  const separator = inner.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\t`, '\t')
  if (separator === '' || !/^(?:capability(?:_id)?|capabilities)$/i.test(field)) {
    throw new InvalidArgumentError(`Expected capability=SEPARATOR, such as capability=";" or capability="\\n", not "${text}".`)
  }
  return { capability: separator }
}

function parseNumber(unit: string, example: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (!(number > 0) || number > most) throw new InvalidArgumentError(`Expected a number of ${unit}, such as ${example}.`)
    return number
  }
}

function parseLimitList(list: string, before: Partial<Limits> = {}): Partial<Limits> {
  const parsed = parseLimits(list)
  if ('unknown' in parsed) throw new InvalidArgumentError(describeUnknown('limit', parsed.unknown, limitNames))
  if ('expected' in parsed) throw new InvalidArgumentError(`Expected ${parsed.expected}, not "${list}".`)
  return { ...before, ...parsed.limits }
}

function createOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup(heading)
}

/** Creates the request for reading documents from the command line. Throws UsageError. */
export async function toUnderstandRequest(inputs: readonly string[], options: ReadingOptions): Promise<UnderstandRequest> {
  const { from, attack, catalog, perDocument } = options
  return {
    inputs,
    statements: toStatements(options),
    ...(from !== undefined && { from }),
    ...(catalog !== undefined && { catalog }),
    ...(perDocument === true && { perDocument }),
    ...await readAttackSources(attack),
  }
}

const megabyte = 1_000_000

interface HostOptions extends Pick<ReadingOptions, 'from' | 'maxSize' | 'followLinks' | 'max' | 'maxSeconds' | 'maxMemory' | 'ca' | 'timeout'> {
  readonly output?: string
  readonly dryRun?: boolean
  readonly overwrite?: boolean | readonly string[]
}

/** Creates the disk host for the options of a command. Throws UsageError if the file of `--ca` is unusable. */
export async function openHost(options: HostOptions, terminal: Terminal): Promise<Host> {
  return createDiskHost({
    network: await openNetwork(options.ca),
    retrying: (problem) => terminal.printMessage(`${neutralise(problem)}\n`),
    ...(options.timeout !== undefined && { timeout: options.timeout }),
    output: options.output ?? '',
    dryRun: options.dryRun ?? false,
    overwrite: options.overwrite ?? false,
    extensions: parsers
      .filter(({ id, onlyWhenNamed }: Parser) => onlyWhenNamed !== true || id === options.from)
      .flatMap(({ extensions }: Parser) => extensions),
    ...(options.followLinks === true && { followLinks: true }),
    ...toHostLimits(options),
    ...(terminal.progress && { progress: terminal.progress.show }),
  })
}

/** All files that were read: documents and catalog files. */
export function listReadFiles({ documents, catalog }: Understanding): readonly DocumentFile[] {
  return [...documents, ...catalog].map(({ file }) => file)
}

/** Reads a file given as the value of an option. Throws UsageError if it cannot be read. */
export async function readGivenFile(flag: string, file: string, maxBytes: number): Promise<DocumentFile> {
  const { readDocument } = await import('../io/files.js')
  let reason = ''
  const report = (code: Code, { message, found }: DiagnosticDetails = {}): void => {
    reason = message ?? [file, catalogue[code].title, found].filter((part) => part !== undefined).join(': ')
  }
  const document = await readDocument({ file, path: file, name: baseName(file) }, maxBytes, report)
  if (!document) throw new UsageError(`${flag} ${reason}`)
  return document
}

/** Largest file of certificates, in bytes; all public authorities together have 250 kB. */
const maxAuthorityBytes = 10_000_000

/** The proxies of the environment, and the authorities of `--ca`. Throws UsageError if the file has no certificates. */
export async function openNetwork(ca: string | undefined): Promise<Network> {
  if (ca === undefined) return { env: process.env }
  const { parseAuthorities } = await import('../io/network.js')
  const { bytes } = await readGivenFile('--ca', ca, maxAuthorityBytes)
  const authorities = parseAuthorities(new TextDecoder().decode(bytes))
  if (!authorities) throw new UsageError(`--ca ${ca}: expected certificates as PEM ("-----BEGIN CERTIFICATE-----")`)
  return { env: process.env, authorities }
}

function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}

/** Largest ATT&CK bundle to read, in bytes; a release has about 50 MB. */
const maxBundleBytes = 1_000_000_000

/** Reads the releases that the user added, and the bundle of `--attack`. */
export async function readAttackSources(attack: string | undefined): Promise<AttackSources> {
  const { readStoredReleases, userDataFolder } = await import('../io/release-store.js')
  const attackReleases = await readStoredReleases(userDataFolder())
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(attack !== undefined && { attackBundle: await readBundle(attack) }),
  }
}

/** Reads a bundle, reduced to what is needed; the whole file if it is not a bundle, so that the problem can be reported. */
async function readBundle(file: string): Promise<DocumentFile> {
  const { readAttackFile } = await import('../io/read-bundle.js')
  const read = await readAttackFile(file, maxBundleBytes)
  return read ? { name: path.basename(file), path: file, ...read } : readGivenFile('--attack', file, maxBundleBytes)
}
