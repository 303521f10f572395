import type { Framework } from '../../frameworks/framework.js'
import { describeFramework } from '../../frameworks/describe-framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { TreeObject } from '../../formats/tree-value.js'

/** The framework that a control's platform names or, failing that, the only one whose ids look like the control's. */
export function tellFramework({ platform, id }: TreeObject): Framework | undefined {
  if (typeof platform === 'string' && platform.trim() !== '') return describeFramework(platform)
  if (typeof id !== 'string') return undefined
  const [only, ...others] = frameworks.filter(({ tellingId, capabilityId }) => (tellingId ?? capabilityId)?.test(id))
  return others.length === 0 ? only : undefined
}
