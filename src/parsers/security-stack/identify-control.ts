import type { TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'

/** The framework that a control's platform names, or else the only one whose id pattern matches the control's id. */
export function detectFramework({ platform, id }: TreeObject): Framework | undefined {
  if (typeof platform === 'string' && platform.trim() !== '') return describeFramework(platform)
  if (typeof id !== 'string') return undefined
  const [only, ...others] = frameworks.filter(({ distinctiveId }) => distinctiveId?.test(id))
  return others.length === 0 ? only : undefined
}

/**
 * The capability id that CTID's unified files derive from a control's name: lower-case, spaces as underscores. "Cloud Hardware
 * Security Module (HSM)" is cloud_hardware_security_module_(hsm). All 125 ids of the files for AWS, Azure and GCP follow this rule.
 */
export function nameCapability(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}
