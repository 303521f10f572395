import type { Against, AgainstCoverage } from '../../coverage/cover-against.js'

/** For the JSON of coverage: schemas/coverage.schema.json. */
export function againstDocument(against: readonly AgainstCoverage[], { release }: Against): readonly object[] {
  return against.map(({ adversary: { id, name, kind }, techniques }) => ({
    id, name, kind,
    from: { domain: release.domain, version: release.version },
    techniques: techniques.map((one) => ({
      id: one.id, ...(one.technique && { state: one.technique.state }),
      itself: one.use.itself,
      ...(one.use.campaigns.length > 0 && { campaigns: one.use.campaigns }), ...(one.use.software.length > 0 && { software: one.use.software }),
      ...(one.technique && one.technique.capabilities.length > 0 && { capabilities: one.technique.capabilities }),
    })),
  }))
}
