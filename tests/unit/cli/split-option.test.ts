import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addReadingOptions, toUnderstandRequest } from '../../../src/cli/reading.js'

async function parse(...values: readonly string[]) {
  const command = addReadingOptions(new Command()).exitOverride().configureOutput({ writeErr: () => undefined })
  command.parse(values.flatMap((value) => ['--split', value]), { from: 'user' })
  return (await toUnderstandRequest([], command.opts())).statements?.split
}

describe('--split', () => {
  it.each([
    ['capability=,', ','],
    ['capability=|', '|'],
    ['capability= and ', ' and '],
    ['capability_id==', '='],
    ['Capabilities=";"', ';'],
    ['capability=""""', '"'],
    ['capability="', '"'],
    [String.raw`capability=\n`, '\n'],
    [String.raw`capability=\t`, '\t'],
  ])('%j separates at %j', async (value, separator) => {
    expect(await parse(value)).toEqual({ capability: separator })
  })

  it.each(['capability', 'capability=', ';', 'technique=;', ''])('%j is refused', async (value) => {
    await expect(parse(value)).rejects.toThrow('Expected capability=SEPARATOR')
  })
})
