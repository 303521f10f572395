/** How a mapping row of a framework becomes STIX. See docs/stix.md and STIX 2.1, sections 4.3, 4.18 and 5.1. */
export interface StixShape {
  readonly object: 'course-of-action' | 'attack-pattern' | 'vulnerability'
  /** Which relationship a row makes; the first rule whose conditions all hold wins. */
  readonly relationships: readonly RelationshipRule[]
}

export interface RelationshipRule {
  /** Mapping types (compared without case and punctuation) that the rule is for; any when absent. */
  readonly relations?: readonly string[]
  /** Score categories that the rule is for; any when absent. */
  readonly categories?: readonly string[]
  readonly type: 'mitigates' | 'related-to' | 'targets'
  /** The technique is the source and the capability the target. */
  readonly reversed?: boolean
}

/** What is known of a framework. An unknown one is made up from its id by `describeFramework`. */
export interface Framework {
  readonly id: string
  readonly name: string
  /** Headings and labels that pages print: "AWS", "Known Exploited Vulnerabilities". */
  readonly labels: readonly string[]
  /** What a capability id looks like, anchored at the start; linear (no nested repetition). */
  readonly capabilityId?: RegExp
  /** Ids that this framework has and no other: they tell it where no heading does. Absent where `capabilityId` does so. */
  readonly tellingId?: RegExp
  /** Ids hold spaces (VERIS), so that the pattern tells whose an id is, but not where it ends. */
  readonly idsHoldSpaces?: true
  /** Mapping types as pages print them, for splitting rows. */
  readonly relations: readonly string[]
  readonly stix: StixShape
}

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
