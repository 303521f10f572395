import type { AttackIndex, AttackReleaseView, AttackTechnique } from '../../src/attack/attack-index.js'

/** Techniques of a made-up ATT&CK that the sample sets name, one withdrawn in either way, at every version asked for. */
const techniques: readonly AttackTechnique[] = [
  fakeTechnique('T1190', 'Exploit Public-Facing Application', ['initial-access']),
  fakeTechnique('T1553', 'Subvert Trust Controls', ['defense-evasion']),
  fakeTechnique('T1553.002', 'Code Signing', ['defense-evasion']),
  fakeTechnique('T1583', 'Acquire Infrastructure', ['resource-development']),
  fakeTechnique('T1583.001', 'Domains', ['resource-development']),
  { ...fakeTechnique('T1066', 'Indicator Removal from Tools', ['defense-evasion']), status: 'revoked', successor: 'T1027.005' },
  { ...fakeTechnique('T1108', 'Redundant Access', ['persistence']), status: 'deprecated' },
]

/** An index that knows the techniques above in enterprise, release 16.1, and says which release was asked for. */
export function fakeAttackIndex(version = '16.1'): AttackIndex {
  const byId = new Map(techniques.map((technique) => [technique.id, technique]))
  return {
    versions: () => [version],
    release: (domain, asked): AttackReleaseView => ({
      domain,
      version,
      match: asked === version ? 'exact' : asked?.split('.')[0] === version.split('.')[0] ? 'major' : 'newest',
      tactics: [],
      technique: (id) => (domain === 'enterprise' ? byId.get(id) : undefined),
      techniques: () => techniques,
    }),
    domainsOf: (id) => (byId.has(id) ? ['enterprise'] : []),
    history: (id) => {
      const technique = byId.get(id)
      return technique ? [{ domain: 'enterprise', version, technique }] : []
    },
    techniqueIdOf: (stixId) => techniques.find((technique) => technique.stixId === stixId)?.id,
  }
}

function fakeTechnique(id: string, name: string, tactics: readonly string[]): AttackTechnique {
  return {
    id,
    name,
    tactics,
    stixId: `attack-pattern--00000000-0000-4000-8000-${id.replaceAll(/\D/g, '').padStart(12, '0')}`,
    status: 'active',
    created: '2020-01-01T00:00:00.000Z',
    modified: '2020-01-01T00:00:00.000Z',
  }
}
