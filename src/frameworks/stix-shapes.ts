import type { StixShape } from './framework.js'

/** Controls that keep a technique from working. Also what an unknown framework gets. */
export const mitigationShape: StixShape = {
  object: 'course-of-action',
  relationships: [{ type: 'mitigates' }],
}

/** Security products that are scored: protecting mitigates, detecting and responding does not. */
export const scoredShape: StixShape = {
  object: 'course-of-action',
  relationships: [{ categories: ['detect', 'respond'], type: 'related-to' }, { type: 'mitigates' }],
}

/** Vulnerabilities: a technique exploits them (STIX 2.1 has attack-pattern targets vulnerability), or they lead to one. */
export const vulnerabilityShape: StixShape = {
  object: 'vulnerability',
  relationships: [{ relations: ['exploitation_technique'], type: 'targets', reversed: true }, { type: 'related-to' }],
}

/** Another vocabulary for what adversaries do. */
export const attackPatternShape: StixShape = {
  object: 'attack-pattern',
  relationships: [{ type: 'related-to' }],
}
