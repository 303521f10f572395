import { navigatorLayer } from '../../src/parsers/navigator-layer/navigator-layer.js'
import { readDocument } from './read-document.js'

export type Raw = Record<string, unknown>

/** A layer in format 4.5 of someone's own. */
export function layer(techniques: readonly unknown[], more: Raw = {}): Raw {
  return {
    name: 'Red Team 2024',
    versions: { attack: '16', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    techniques,
    ...more,
  }
}

/** Reads a value as layers. */
export async function read(value: unknown, framework?: string) {
  return readDocument(navigatorLayer, value, framework === undefined ? {} : { statements: { framework } })
}
