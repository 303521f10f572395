import type { MappingSet } from '../../src/model/mapping-set.js'

/** All that a set says, but not where it was read: for comparing what was written with what is read back. */
export function describeSet(set: MappingSet) {
  return {
    framework: set.framework,
    attack: set.attack,
    about: set.about,
    relations: [...set.relations.values()],
    groups: [...set.groups.values()],
    capabilities: [...set.capabilities.values()],
    mappings: set.mappings.map(({ origins: _origins, completed: _completed, ...mapping }) => mapping),
  }
}
