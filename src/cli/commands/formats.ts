import { Command, Option } from 'commander'
import type { Emitter } from '../../emitters/emitter.js'
import { emitters } from '../../emitters/registry.js'
import type { Parser } from '../../parsers/parser.js'
import { parsers } from '../../parsers/registry.js'
import { describeOption, listEmitterOptions } from '../writing.js'
import { renderTable } from '../terminal.js'
import { withExamples } from '../usage.js'

/** `crosswalk formats`: lists the parsers and emitters of the registries. */
export function formatsCommand(): Command {
  const command = new Command('formats')
    .description('Lists the input and output formats, and what each output format loses.')
    .addOption(new Option('--format <format>', 'output format of the list').choices(['table', 'json']).default('table'))
    .action(({ format }: { readonly format: 'table' | 'json' }) => {
      const formats = listFormats()
      process.stdout.write(format === 'json' ? `${JSON.stringify(formats, undefined, 2)}\n` : renderFormats(formats))
    })
  return withExamples(command, ['crosswalk formats', "crosswalk formats --format json | jq -r '.emitters[].id'"])
}

interface Formats {
  readonly parsers: readonly (Pick<Parser, 'id' | 'title' | 'extensions' | 'containers'>)[]
  readonly emitters: readonly (Pick<Emitter, 'id' | 'title' | 'extension' | 'schema' | 'loses' | 'options'>)[]
}

function listFormats(): Formats {
  return {
    parsers: parsers.map(({ id, title, extensions, containers }: Parser) => ({ id, title, extensions, containers })),
    emitters: emitters.map(({ id, title, extension, schema, loses, options }: Emitter) =>
      ({ id, title, extension, schema, loses, options })),
  }
}

function renderFormats(formats: Formats): string {
  const read = renderTable(formats.parsers.map(({ id, title, extensions }) =>
    [`  ${id}`, extensions.map((one) => `.${one}`).join(' '), title]))
  const written = renderTable(formats.emitters.map(({ id, title, extension }) => [`  ${id}`, extension, title]))
  const lost = renderTable(formats.emitters.map(({ id, loses }) => [`  ${id}`, loses]))
  const options = renderTable(listEmitterOptions().flatMap(({ flag, spec, emitters: ids }) =>
    ids.map((id) => [`  ${id}`, flag, describeOption(spec)])))
  return [
    `Input formats (--from; detected from the content by default):\n${read}`,
    `Output formats (--to):\n${written}`,
    `What each output format loses:\n${lost}`,
    ...(options === '' ? [] : [`Options of output formats:\n${options}`]),
  ].join('\n')
}
