import type { Domain } from '../model/mapping.js'

/** Every domain, in the order in which ATT&CK lists them; ties between domains are settled by it. */
export const attackDomains = ['enterprise', 'mobile', 'ics'] as const satisfies readonly Domain[]
