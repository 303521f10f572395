import { csv } from './csv/csv.js'
import { navigator } from './navigator/navigator.js'

/** Every emitter. A new format is one folder and one line here. */
export const emitters = [navigator, csv] as const

export type EmitterId = string
