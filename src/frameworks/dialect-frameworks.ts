import { attackPatternShape, type Framework, type StixShape } from './framework.js'

/** Detections and tests: they find a technique or try it, and do not mitigate it. */
const relatedShape: StixShape = { object: 'course-of-action', relationships: [{ type: 'related-to' }] }

/**
 * Frameworks that a dialect states by itself: a Sigma rule is one of the Sigma rules. Their ids have no form of their own, so that no id
 * identifies them. `--framework` names another: a team's own rules, for instance.
 */
export const dialectFrameworks: readonly Framework[] = [
  { id: 'sigma', name: 'Sigma rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'elastic', name: 'Elastic detection rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'splunk', name: 'Splunk detections', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'sentinel', name: 'Microsoft Sentinel rules', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'atomic_red_team', name: 'Atomic Red Team', labels: [], relations: ['tests'], stix: relatedShape },
  { id: 'dettect', name: 'DeTT&CT', labels: [], relations: ['detects'], stix: relatedShape },
  { id: 'dettect_visibility', name: 'DeTT&CT visibility', labels: [], relations: ['sees'], stix: relatedShape },
  { id: 'dettect_groups', name: 'DeTT&CT groups', labels: [], relations: ['uses'], stix: attackPatternShape },
]
