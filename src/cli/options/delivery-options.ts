import { Option, type Command } from 'commander'
import type { reportFormats } from '../../reports/report-artifacts.js'

/** The forms of an analysis: a report's, and for some a Navigator layer. */
export type DeliveryFormat = (typeof reportFormats)[number] | 'layer'

/** The values of the options that say where the results of an analysis go. */
export interface DeliveryOptions {
  readonly format: DeliveryFormat
  readonly output?: string
}

/** Adds the options that say which form the results of an analysis take, and where they go. */
export function addDeliveryOptions(command: Command, formats: readonly DeliveryFormat[]): Command {
  return command
    .addOption(new Option('--format <form>', 'the form of the results: text and json are printed, the others are files')
      .choices(formats).default('text'))
    .option('-o, --output <path>', 'a folder for files with names of ours, or the file to write (default: print, or output/)')
}
