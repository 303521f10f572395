import { type Command, InvalidArgumentError, Option } from 'commander'
import type { DocumentFile } from '../formats/decoded.js'
import { createDiskHost } from '../io/disk-host.js'
import type { Domain } from '../model/mapping.js'
import type { Parser, Statements } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { Host } from '../pipeline/host.js'
import type { Understanding, UnderstandRequest } from '../pipeline/requests.js'
import { describeUnknown } from './find-nearest.js'
import { readAttackSources } from './read-given-files.js'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage.js'

/** The values of the options that say how documents are to be taken. */
export interface ReadingOptions {
  readonly from?: string
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly columns?: Readonly<Record<string, string>>
  readonly catalog?: readonly string[]
  readonly attack?: string
  readonly perDocument?: boolean
  readonly maxSize?: number
}

const heading = 'Reading:'

/** Adds the options that say how documents are to be taken. */
export function addReadingOptions(command: Command): Command {
  return command
    .addOption(createOption('--from <parser>', 'take every document for this format instead of telling it (needed with -)')
      .argParser(parseParserId))
    .addOption(createOption('--framework <id>', 'the framework, where documents state none'))
    .addOption(createOption('--framework-version <version>', "the framework's version, where documents state none"))
    .addOption(createOption('--attack-version <version>', 'the ATT&CK version, where documents state none'))
    .addOption(createOption('--domain <domain>', 'the ATT&CK domain, where documents state none')
      .choices(['enterprise', 'mobile', 'ics']))
    .addOption(createOption('--columns <list>', 'what the columns of a table hold: capability_id=Control,technique=ATT&CK').argParser(parseColumns))
    .addOption(createOption('--catalog <file...>', 'mapping files that complete rows of pages: scores, references, groups, versions'))
    .addOption(createOption('--attack <file>', 'an ATT&CK STIX bundle to look things up in; STIX bundles take its techniques'))
    .addOption(createOption('--max-size <megabytes>', 'the largest file to read').argParser(parseMegabytes).default(256))
}

/** Adds the option that keeps documents apart, for commands that treat sets one by one. */
export function addMergingOption(command: Command): Command {
  return command.addOption(createOption('--per-document', "don't merge: each input gets a folder of its own, named after it"))
}

/** What the user states of the documents. */
function toStatements({ framework, frameworkVersion, attackVersion, domain, columns }: ReadingOptions): Statements {
  return {
    ...(framework !== undefined && { framework }),
    ...(frameworkVersion !== undefined && { frameworkVersion }),
    ...(attackVersion !== undefined && { attackVersion }),
    ...(domain !== undefined && { domain }),
    ...(columns !== undefined && { columns }),
  }
}

function parseParserId(id: string): string {
  const ids = parsers.map((parser: Parser) => parser.id)
  if (!ids.includes(id)) throw new InvalidArgumentError(describeUnknown('parser', id, ids))
  return id
}

/** "field=Title,field=Title"; a title may hold an equals sign, but no comma. */
function parseColumns(list: string): Readonly<Record<string, string>> {
  return Object.fromEntries(list.split(',').map((entry) => {
    const at = entry.indexOf('=')
    const [field, title] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()]
    if (at < 1 || field === '' || title === '') {
      throw new InvalidArgumentError(`"${entry}" is not FIELD=TITLE, such as technique=ATT&CK.`)
    }
    return [field, title]
  }))
}

function parseMegabytes(text: string): number {
  const megabytes = Number(text)
  if (!(megabytes > 0) || megabytes > 100_000) throw new InvalidArgumentError('It is a number of megabytes, such as 512.')
  return megabytes
}

function createOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup(heading)
}

/** What to read and how to take it, from the command line. */
export async function toUnderstandRequest(inputs: readonly string[], options: ReadingOptions): Promise<UnderstandRequest> {
  const { from, attack, catalog, perDocument } = options
  if (inputs.includes('-') && from === undefined) {
    throw new UsageError('standard input (-) needs --from PARSER; `crosswalk formats` lists them')
  }
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

interface HostOptions {
  /** The parser that the user names. */
  readonly from?: string
  readonly output?: string
  /** In megabytes. */
  readonly maxSize?: number
  readonly dryRun?: boolean
}

/** The disk, as the options describe it. */
export function openHost(options: HostOptions, terminal: Terminal): Host {
  return createDiskHost({
    output: options.output ?? '',
    dryRun: options.dryRun ?? false,
    extensions: parsers
      .filter(({ id, onlyWhenNamed }: Parser) => onlyWhenNamed !== true || id === options.from)
      .flatMap(({ extensions }: Parser) => extensions),
    ...(options.maxSize !== undefined && { maxBytes: options.maxSize * megabyte }),
    ...(terminal.progress && { progress: terminal.progress.tell }),
  })
}

/** Every file that was read: documents, and the mapping files that completed them. */
export function listReadFiles({ documents, catalog }: Understanding): readonly DocumentFile[] {
  return [...documents, ...catalog].map(({ file }) => file)
}
